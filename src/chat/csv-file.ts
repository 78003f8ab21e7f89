// A CSV file that we write: UTF-8 with a byte order mark, by which Excel knows it, cells separated by commas, lines ended as RFC 4180 has it.

import { stringify } from 'csv-stringify/sync';
import type { MessageFile } from '../webex/messages.ts';
import { defuse } from './formulas.ts';

export type CsvCells = Readonly<Record<string, string | number | boolean | null>>;

/** Writes what comes, batch by batch; formulas are defused. The bytes are held once. */
export async function csvFile(
  name: string,
  columns: readonly string[],
  batches: AsyncIterable<readonly CsvCells[]> | Iterable<readonly CsvCells[]>,
): Promise<MessageFile> {
  const options = { columns: [...columns], record_delimiter: 'windows' as const, quoted_match: /[\r\n;\t]/ };
  const chunks = [Buffer.from(`\uFEFF${stringify([], { ...options, header: true })}`)];
  for await (const rows of batches) {
    const cells = rows.map((row) => columns.map((column) => defuse(String(row[column] ?? ''))));
    chunks.push(Buffer.from(stringify(cells, options)));
  }
  return { name, contentType: 'text/csv; charset=utf-8', bytes: Buffer.concat(chunks) };
}

/** A part of a list: so many rows behind this one. */
export interface PartBehind<Row> {
  readonly after: Row | undefined;
  readonly limit: number;
}

/** The pages of a list, each read behind the last row of the one before; at least one, which may be empty. */
export async function* pagesBehind<Row>(
  limit: number,
  read: (part: PartBehind<Row>) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  for (let after: Row | undefined; ; ) {
    const page = await read({ after, limit });
    yield page;
    after = page.at(-1);
    if (page.length < limit) return;
  }
}
