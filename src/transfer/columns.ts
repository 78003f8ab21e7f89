// The columns of an import: which of them are fields of a record, which are read and passed over, and which nobody knows.

import { closestMatches } from '../lib/closest-match.ts';
import { trimmed } from '../lib/search-key.ts';
import { shorten } from '../lib/text.ts';
import { type FieldName, ORGANIZATION_FIELDS } from '../organizations/organization-fields.ts';
import type { FileProblem } from './csv-text.ts';

/** A field that a person fills in, the number by which older records are known, the place in the hierarchy, and the labels. */
export type ImportColumn = FieldName | 'account_number' | 'customer' | 'labels';

export interface Columns {
  /** Where each known column stands, from 0 on. */
  readonly positions: ReadonlyMap<ImportColumn, number>;
  /** Columns that only an export fills. */
  readonly passedOver: readonly string[];
  /** How many columns the file has. */
  readonly width: number;
}

/** The columns of a template, in order: what an import writes. */
export const TEMPLATE_COLUMNS: readonly ImportColumn[] = [
  ...ORGANIZATION_FIELDS.slice(0, 1).map(({ name }) => name),
  'customer',
  ...ORGANIZATION_FIELDS.slice(1).map(({ name }) => name),
  'labels',
];

const importColumns: readonly ImportColumn[] = [...TEMPLATE_COLUMNS, 'account_number'];

/** What a record has that nobody types: tokens and their times, what Webex says of a wholesale customer, the place of a VOSS record. */
const readOnly = [
  /^(token_link|token|refresh_token|access_token_expires|refresh_token_expires)$/,
  /^(connection_state|authorized_email|connected_at)$/,
  /^(wholesalecustomer|address|resourcedetails|packages|warnings|errors)([.[]|$)/,
  /^(pkid|hierarchy|hierarchy_path|data_type)$/,
  /^[$#]/,
];

/** The labels of the fields, as a header may have them instead of names. */
const labels: ReadonlyMap<string, ImportColumn> = new Map<string, ImportColumn>([
  ...ORGANIZATION_FIELDS.map(({ name, label }) => [keyOf(label), name] as const),
  [keyOf('Organization Account Number (Internal)'), 'account_number'],
  [keyOf('Customer'), 'customer'],
  [keyOf('Label'), 'labels'],
]);

/** Reads the first row, or says everything that is wrong with it. */
export function readColumns(header: readonly string[]): Columns | { readonly problems: readonly FileProblem[] } {
  const positions = new Map<ImportColumn, number>();
  const passedOver: string[] = [];
  const problems: FileProblem[] = [];
  header.forEach((cell, at) => {
    const key = keyOf(cell);
    const column = importColumns.find((name) => name === key) ?? labels.get(key);
    if (column !== undefined && positions.has(column)) {
      problems.push({
        what: `Columns ${(positions.get(column) ?? 0) + 1} and ${at + 1} are both ${column}.`,
        hint: 'Remove one of them.',
      });
    } else if (column !== undefined) {
      positions.set(column, at);
    } else if (readOnly.some((pattern) => pattern.test(key))) {
      passedOver.push(shorten(trimmed(cell), namedMaxCharacters));
    } else if (key !== '') {
      problems.push(unknownColumn(cell, key, at));
    }
  });
  if (positions.size === 0) return { problems: [noHeader] };
  if (!positions.has('name')) problems.push(missing('name'));
  if (!positions.has('account_number_external') && !positions.has('account_number')) {
    problems.push(missing('account_number_external'));
  }
  return problems.length > 0 ? { problems } : { positions, passedOver, width: header.length };
}

const namedMaxCharacters = 60;

const noHeader: FileProblem = {
  what: 'The first row names no column that I know.',
  hint: 'It holds the names of fields, such as name and account_number_external. Type import template for a file to fill in.',
};

const missing = (column: ImportColumn): FileProblem => ({
  what: `The column ${column} is missing.`,
  hint: 'Add it to the first row, and a value to each row.',
});

function unknownColumn(cell: string, key: string, at: number): FileProblem {
  const [near] = closestMatches(key, importColumns);
  return {
    what: `Column ${at + 1}, “${shorten(trimmed(cell), namedMaxCharacters)}”, is none that I know.`,
    hint: near === undefined ? 'Remove it.' : `Is it ${near}? Rename it, or remove it.`,
  };
}

/** Case, blanks, an asterisk for what is required, and invisible characters make no difference. */
function keyOf(text: string): string {
  return trimmed(text)
    .replace(/\s*\*$/, '')
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '_');
}
