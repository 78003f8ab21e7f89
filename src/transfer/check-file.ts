// Reads an import's file and saves a verdict for each row: the dry run. Run again after a crash, it begins anew.

import { readColumns } from './columns.ts';
import { BrokenCsv, type CsvRow, csvRows } from './csv-rows.ts';
import { type CsvText, type FileProblem, readCsvText } from './csv-text.ts';
import { addRows, deleteRows } from './import.store.ts';
import { rowsAtOnce } from './import-rules.ts';
import { type JudgeDeps, type Judging, judgeRows } from './judge-rows.ts';

export interface CheckedFile {
  passedOver: readonly string[];
}

/** What is wrong with the file as a whole, or that all its rows have a verdict now. The rows are read and saved some hundreds at a time. */
export async function checkFile(
  deps: JudgeDeps,
  { bytes, ...judging }: Omit<Judging, 'columns'> & { bytes: Buffer },
): Promise<CheckedFile | { problems: readonly FileProblem[] }> {
  const text = readCsvText(bytes);
  if ('problem' in text) return { problems: [text.problem] };
  if (text.isDamaged) return { problems: [await damagedCell(text)] };
  const { importId } = judging;
  await deleteRows(deps.db, importId);
  try {
    const rows = csvRows(text);
    const header = await rows.next();
    if (header.done) return { problems: [noRows] };
    const columns = readColumns(header.value.cells);
    if ('problems' in columns) return columns;
    let isEmpty = true;
    for await (const some of batches(rows)) {
      await addRows(deps.db, await judgeRows(deps, { ...judging, columns }, some));
      isEmpty = false;
    }
    return isEmpty ? { problems: [noRows] } : { passedOver: columns.passedOver };
  } catch (error) {
    if (!(error instanceof BrokenCsv)) throw error;
    return { problems: [{ what: error.what, hint: error.hint }] };
  }
}

async function* batches(rows: AsyncIterable<CsvRow>): AsyncGenerator<CsvRow[]> {
  let some: CsvRow[] = [];
  for await (const row of rows) {
    some.push(row);
    if (some.length < rowsAtOnce) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

const noRows: FileProblem = {
  what: 'The file has no row beside the names of the columns.',
  hint: 'Write a row for each organization, and send it again.',
};

const replaced = '\uFFFD';

/** The first cell with bytes that are not UTF-8. */
async function damagedCell(text: CsvText): Promise<FileProblem> {
  const hint =
    'It was saved in an older encoding. In Excel choose Save As and the type “CSV UTF-8 (Comma delimited)”, then send that file.';
  try {
    let header: readonly string[] = [];
    for await (const { number, cells } of csvRows(text)) {
      if (header.length === 0) header = cells;
      const at = cells.findIndex((cell) => cell.includes(replaced));
      if (at < 0) continue;
      return { what: `Row ${number}, column ${header[at] || at + 1} is not written in UTF-8.`, hint };
    }
  } catch (error) {
    if (!(error instanceof BrokenCsv)) throw error;
  }
  return { what: 'The file is not written in UTF-8.', hint };
}
