// The bytes of a CSV file as text: which encoding they have, and which character separates the cells.

import { isUtf8 } from 'node:buffer';

/** A file that cannot be read at all, in words: what is wrong, and what to do. */
export interface FileProblem {
  readonly what: string;
  readonly hint: string;
}

export interface CsvText {
  /** The text in pieces, the byte order mark left out. */
  readonly pieces: () => Generator<string>;
  readonly delimiter: Delimiter;
  /** Some bytes are not of the encoding; they are U+FFFD in the text. */
  readonly isDamaged: boolean;
}

export const DELIMITERS = [',', ';', '\t'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

export const saveAsCsv = 'In Excel choose Save As and the type “CSV UTF-8 (Comma delimited)”, then send that file.';

const pieceBytes = 64 * 1024;
/** The first row stands within these characters: names of columns. */
const firstRowMaxCharacters = 20_000;

/** The text of a file. Reads UTF-8, with or without a byte order mark, and UTF-16 in either order, as Excel's “Unicode Text” has it. */
export function readCsvText(bytes: Buffer): CsvText | { readonly problem: FileProblem } {
  if (bytes.length === 0)
    return { problem: { what: 'The file is empty.', hint: 'Type import template for one to fill in.' } };
  if (isWorkbook(bytes)) {
    return { problem: { what: 'The file is a workbook of a spreadsheet program, not a CSV file.', hint: saveAsCsv } };
  }
  const { encoding, from } = encodingOf(bytes);
  const text = bytes.subarray(from);
  const isDamaged = encoding === 'utf-8' && !isUtf8(text);
  const [first = ''] = decoded(text.subarray(0, firstRowMaxCharacters * 2), encoding);
  const { named, body } = separatorLine(first);
  return {
    *pieces() {
      let skip = body;
      for (const piece of decoded(text, encoding)) {
        yield piece.slice(skip);
        skip = Math.max(0, skip - piece.length);
      }
    },
    delimiter: named ?? likeliestDelimiter(first.slice(body)),
    isDamaged,
  };
}

function* decoded(bytes: Buffer, encoding: Encoding): Generator<string> {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    const piece = bytes.subarray(from, from + pieceBytes);
    yield decoder.decode(piece, { stream: from + pieceBytes < bytes.length });
  }
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

function encodingOf(bytes: Buffer): { encoding: Encoding; from: number } {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return { encoding: 'utf-8', from: 3 };
  if (startsWith(bytes, 0xff, 0xfe)) return { encoding: 'utf-16le', from: 2 };
  if (startsWith(bytes, 0xfe, 0xff)) return { encoding: 'utf-16be', from: 2 };
  // Without a mark: the names of columns are ASCII, and every other byte of them is zero.
  if (bytes[0] !== 0 && bytes[1] === 0) return { encoding: 'utf-16le', from: 0 };
  if (bytes[0] === 0 && bytes[1] !== 0) return { encoding: 'utf-16be', from: 0 };
  return { encoding: 'utf-8', from: 0 };
}

const startsWith = (bytes: Buffer, ...start: number[]): boolean => start.every((byte, at) => bytes[at] === byte);

/** A ZIP archive (xlsx, ods, numbers), or the older xls. */
const isWorkbook = (bytes: Buffer): boolean =>
  startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0);

/** `sep=;`: a first line by which Excel is told the separator. */
function separatorLine(text: string): { named: Delimiter | undefined; body: number } {
  const [line = '', typed] = /^"?sep=([,;\t])"?(?:\r\n|\n|\r)/i.exec(text) ?? [];
  return { named: DELIMITERS.find((delimiter) => delimiter === typed), body: line.length };
}

/** The separator that the first row has most of, outside of quotation marks. European Excel separates by semicolons, "Unicode Text" by tabs. */
function likeliestDelimiter(text: string): Delimiter {
  const [firstRow = ''] = text.replaceAll(/"[^"]*"/g, '').split(/[\r\n]/, 1);
  const countOf = (delimiter: Delimiter) => firstRow.split(delimiter).length;
  return [...DELIMITERS].sort((one, other) => countOf(other) - countOf(one))[0] ?? ',';
}
