// The rows of a CSV file, one by one, numbered as a spreadsheet numbers them.

import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { CsvText, FileProblem } from './csv-text.ts';

export interface CsvRow {
  /** From 1 on; empty rows count. */
  readonly number: number;
  readonly cells: readonly string[];
}

/** The file breaks off being CSV: nothing behind that can be believed. */
export class BrokenCsv extends Error implements FileProblem {
  override readonly name = 'BrokenCsv';
  readonly what: string;
  readonly hint: string;

  constructor({ what, hint }: FileProblem, cause: unknown) {
    super(what, { cause });
    this.what = what;
    this.hint = hint;
  }
}

/** No row of ours is as long: all fields together have about 10,000 characters. */
const rowMaxBytes = 200_000;

/**
 * The rows that hold something. Line ends may be of any system, also mixed.
 * @throws BrokenCsv
 */
export async function* csvRows({ pieces, delimiter }: CsvText): AsyncGenerator<CsvRow> {
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: rowMaxBytes,
  });
  let number = 0;
  try {
    for await (const cells of Readable.from(pieces()).pipe(parser) as AsyncIterable<string[]>) {
      number += 1;
      if (cells.some((cell) => cell.trim() !== '')) yield { number, cells };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const records = Number(error['records'] ?? number);
    const column = Number(error['column'] ?? 0);
    throw new BrokenCsv(problemOf(error.code, { row: records + 1, column: column + 1 }), error);
  }
}

function problemOf(code: CsvError['code'], { row, column }: { row: number; column: number }): FileProblem {
  const where = `Row ${row}`;
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return {
        what: `${where} has a quotation mark that opens a cell and none that closes it.`,
        hint: 'Close it. A quotation mark inside a cell is written twice.',
      };
    case 'CSV_INVALID_CLOSING_QUOTE':
      return {
        what: `${where}, column ${column} goes on behind the quotation mark that closes the cell.`,
        hint: 'Write a quotation mark inside a cell twice.',
      };
    case 'INVALID_OPENING_QUOTE':
      return {
        what: `${where}, column ${column} has a quotation mark in the middle of a cell.`,
        hint: 'Put the whole cell in quotation marks, and write those inside it twice.',
      };
    case 'CSV_MAX_RECORD_SIZE':
      return {
        what: `${where} is longer than a row can be.`,
        hint: 'Look for a quotation mark that opens a cell there and is not closed.',
      };
    default:
      return { what: `${where} cannot be read as CSV.`, hint: 'Save the file anew as CSV UTF-8.' };
  }
}
