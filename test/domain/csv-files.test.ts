// Reading and writing CSV: encodings, separators, broken files, columns and formulas.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvFile } from '../../src/chat/csv-file.ts';
import { defuse, unDefused } from '../../src/chat/formulas.ts';
import { readColumns, TEMPLATE_COLUMNS } from '../../src/transfer/columns.ts';
import { BrokenCsv, csvRows } from '../../src/transfer/csv-rows.ts';
import { type CsvText, readCsvText } from '../../src/transfer/csv-text.ts';
import { readCells } from '../../src/transfer/read-cells.ts';

function textOf(bytes: Buffer | string): CsvText {
  const read = readCsvText(Buffer.from(bytes as string));
  if ('problem' in read) throw new Error(read.problem.what);
  return read;
}

async function rowsOf(bytes: Buffer | string): Promise<[number, ...string[]][]> {
  const rows: [number, ...string[]][] = [];
  for await (const { number, cells } of csvRows(textOf(bytes))) rows.push([number, ...cells]);
  return rows;
}

const umlauts = 'name,notes\nMüller 日本,"a\nb"\n';
const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('the bytes of a file', () => {
  it.each<[string, Buffer]>([
    ['UTF-8', Buffer.from(umlauts)],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${umlauts}`)],
    ['UTF-16, little end first', Buffer.from(`\uFEFF${umlauts}`, 'utf16le')],
    ['UTF-16, big end first', swapped(`\uFEFF${umlauts}`)],
    ['UTF-16 without a mark', Buffer.from(umlauts, 'utf16le')],
  ])('are read as %s', async (_encoding, bytes) => {
    await expect(rowsOf(bytes)).resolves.toEqual([
      [1, 'name', 'notes'],
      [2, 'Müller 日本', 'a\nb'],
    ]);
  });

  it.each([
    ['commas', 'name,notes\nx,y;z\n'],
    ['semicolons', 'name;notes\nx;"y;z"\n'],
    ['tabs', 'name\tnotes\nx\ty;z\n'],
    ['what its first line says', 'sep=;\nname;notes\nx;"y;z"\n'],
    ['line ends of every kind', 'name,notes\r\nx,y;z\r'],
  ])('are separated by %s', async (_what, text) => {
    const rows = await rowsOf(text);
    expect(rows.map(([, ...cells]) => cells)).toEqual([
      ['name', 'notes'],
      ['x', 'y;z'],
    ]);
  });

  it('keep the numbers that a spreadsheet shows, empty rows and line breaks in cells included', async () => {
    const rows = await rowsOf('name\n"a\n\nb"\n\n , \nc\n');
    expect(rows.map(([number]) => number)).toEqual([1, 2, 5]);
  });

  it.each([
    ['', /empty/],
    ['PK\u0003\u0004rest', /workbook/],
  ])('are refused: %j', (text, words) => {
    const read = readCsvText(Buffer.from(text));
    expect('problem' in read && read.problem.what).toMatch(words);
  });

  it('are known as damaged where they are in an older encoding', () => {
    expect(textOf(Buffer.from('name\nM\u00fcller\n', 'latin1')).isDamaged).toBe(true);
  });

  it('are the same text whatever pieces they are cut into', async () => {
    const cell = 'ü日\u{1F4A1}'.repeat(40_000);
    const rows = await rowsOf(`name\n${cell.slice(0, 40_000)}\n`);
    expect(rows[1]).toEqual([2, cell.slice(0, 40_000)]);
  });
});

describe('a file that is no CSV any more', () => {
  it.each([
    ['name,notes\na,"open\nb,c\n', /Row 2 .*none that closes/],
    ['name,notes\na,b\n"x"y,c\n', /Row 3, column 1 .*goes on/],
    ['name,notes\na,12" screen\n', /Row 2, column 2 .*middle/],
    [`name\na\n"${'x'.repeat(250_000)}"\n`, /Row 3 .*longer/],
  ])('says where and why: %#', async (text, words) => {
    await expect(rowsOf(text)).rejects.toThrow(BrokenCsv);
    await expect(rowsOf(text)).rejects.toThrow(words);
  });
});

describe('the first row', () => {
  it.each<[string[], string[]]>([
    [['name', 'account_number_external'], []],
    [['Customer Name *', ' ORGANIZATION ACCOUNT NUMBER '], []],
    [['name', 'account_number', ''], []],
    [
      [
        'name',
        'account_number_external',
        'refresh_token',
        'wholesalecustomer.[0].address.city',
        'packages.[n]',
        'pkid',
      ],
      ['refresh_token', 'wholesalecustomer.[0].address.city', 'packages.[n]', 'pkid'],
    ],
  ])('is understood: %j', (header, passedOver) => {
    expect(readColumns(header)).toMatchObject({ passedOver });
  });

  it.each<[string[], RegExp[]]>([
    [['Firma', 'Nummer'], [/names no column/]],
    [['name'], [/account_number_external is missing/]],
    [['account_number_external'], [/column name is missing/]],
    [
      ['name', 'account_number_external', 'acount_email', 'colour'],
      [/Column 3, “acount_email”.*account_email/, /Column 4, “colour”/],
    ],
    [['name', 'Customer Name', 'account_number'], [/Columns 1 and 2 are both name/]],
  ])('is refused with everything that is wrong: %j', (header, words) => {
    const read = readColumns(header);
    const problems = 'problems' in read ? read.problems.map(({ what, hint }) => `${what} ${hint}`) : [];
    expect(problems).toEqual(words.map((one) => expect.stringMatching(one)));
  });

  it('of a template is understood', () => {
    expect(readColumns(TEMPLATE_COLUMNS)).toMatchObject({ passedOver: [], width: TEMPLATE_COLUMNS.length });
  });
});

describe('the cells of a row', () => {
  const columns = readColumns([
    'name',
    'account_number',
    'sync',
    'base_url_setting',
    'http_proxy',
    'https_proxy',
    'notes',
  ]);
  if ('problems' in columns) throw new Error('the columns are wrong');

  it.each<[string[], object]>([
    [['Acme', 'x', 'WAHR', 'US1', '', ' Kept '], { given: { sync: 'true' }, kept: ['https_proxy'] }],
    [['Acme', 'x', 'Falsch', '', 'none', ''], { given: { sync: 'false', http_proxy: 'none' }, kept: [] }],
    [['Acme', 'x', 'perhaps'], { given: { sync: 'perhaps' } }],
    [["'=1+1", 'x'], { given: { name: '=1+1' } }],
    [['Acme', 'x', '', '', '', '', '', '', ''], { problems: [] }],
    [
      ['Acme', 'x', '', '', '', '', '', 'more'],
      { problems: [{ field: 'row', message: expect.stringContaining('8 cells') }] },
    ],
  ])('are read: %j', (cells, read) => {
    expect(readCells(columns, cells)).toMatchObject(read);
  });

  it('that are missing at the end of the row are not given', () => {
    expect(Object.keys(readCells(columns, ['Acme', 'x']).given)).toEqual(['name']);
  });
});

describe('formulas', () => {
  it.each(['=1+1', '+49 30', '-', '@SUM(A1)', '\t=1', '＝1', "'=1"])('are defused: %j', (cell) => {
    expect(defuse(cell)).toBe(`'${cell}`);
  });

  it('are read back as they were, and so is every other text', () => {
    const odd = fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', 'a', '\t', '＝') });
    fc.assert(fc.property(fc.oneof(odd, fc.string()), (cell) => unDefused(defuse(cell)) === cell));
  });

  it('stay text through a whole file, and so do quotation marks and line breaks', async () => {
    const cell = fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '=', "'", 'a', 'ü', '\u{1F4A1}') });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ a: cell, b: cell }), { maxLength: 8 }), async (records) => {
        const { bytes } = await csvFile(
          'x.csv',
          ['a', 'b', 'end'],
          [records.map((record) => ({ ...record, end: 'x' }))],
        );
        const [, ...rows] = await rowsOf(bytes);
        expect(rows.map(([, a = '', b = '']) => ({ a: unDefused(a), b: unDefused(b) }))).toEqual(records);
      }),
    );
  });
});
