// Files about the rows of an import: the verdict of each, and those that were confirmed and not written.

import { type CsvCells, csvFile } from '../chat/csv-file.ts';
import type { Db } from '../db/database.ts';
import type { MessageFile } from '../webex/messages.ts';
import { type RowQuery, readRows } from './import.store.ts';
import { type RowOutcome, rowsAtOnce } from './import-rules.ts';
import type { RowProblem } from './read-cells.ts';

interface RowFile {
  file: MessageFile;
  rows: number;
}

type ReadRow = Awaited<ReturnType<typeof readRows>>[number];

const rowCells = ({ number, name, accountNumber }: ReadRow): CsvCells => ({
  row: number,
  name,
  account_number_external: accountNumber,
});

/** All rows with what each would do: what changes, or everything that is wrong. */
export const verdictsFile = (db: Db, importId: string): Promise<RowFile> =>
  rowFile(
    db,
    { importId },
    'import-verdicts.csv',
    ['row', 'verdict', 'name', 'account_number_external', 'details'],
    (row) => ({
      ...rowCells(row),
      verdict: row.verdict,
      details:
        row.verdict === 'wrong' ? row.problems.map(wordsOf).join(' | ') : row.changes.map(changeWords).join(' | '),
    }),
  );

const wordsOf = ({ field, message }: RowProblem): string => (field === 'row' ? message : `${field}: ${message}`);

const changeWords = ({ field, from, to }: ReadRow['changes'][number]): string => `${field}: ${from} → ${to}`;

/** Why a confirmed row was not written, and what to do. */
const outcomeWords: Readonly<Record<RowOutcome, string>> = {
  created: 'Added.',
  updated: 'Updated.',
  conflict: 'Somebody changed the record after the check: send the row again.',
  taken: 'The number has got a record after the check: send the row again to change that.',
  gone: 'The record was deleted after the check: send the row again to add it.',
  not_allowed: 'You may not change this any more: ask an administrator of your provider.',
  not_written: 'The import ended before this row: send the row again.',
};

/** The rows that were confirmed and not written, with the reason. */
export const leftOutFile = (db: Db, importId: string): Promise<RowFile> =>
  rowFile(
    db,
    { importId, outcomes: ['conflict', 'taken', 'gone', 'not_allowed', 'not_written'] },
    'import-not-written.csv',
    ['row', 'name', 'account_number_external', 'reason'],
    (row) => ({ ...rowCells(row), reason: row.outcome === null ? '' : outcomeWords[row.outcome] }),
  );

async function rowFile(
  db: Db,
  query: Omit<RowQuery, 'after' | 'limit'>,
  name: string,
  columns: readonly string[],
  cells: (row: ReadRow) => CsvCells,
): Promise<RowFile> {
  let count = 0;
  async function* batches(): AsyncGenerator<CsvCells[]> {
    for (let after = 0; ; ) {
      const rows = await readRows(db, { ...query, after, limit: rowsAtOnce });
      count += rows.length;
      yield rows.map(cells);
      if (rows.length < rowsAtOnce) return;
      after = rows.at(-1)?.number ?? after;
    }
  }
  const file = await csvFile(name, columns, batches());
  return { file, rows: count };
}
