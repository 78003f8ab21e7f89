// One row of an import: its cells as the check of a record takes them.

import { unDefused } from '../chat/formulas.ts';
import { trimmed } from '../lib/search-key.ts';
import { shorten } from '../lib/text.ts';
import { LABEL_MAX, MOST_LABELS, readLabels } from '../organizations/labels/label-rules.ts';
import {
  type Field,
  type FieldName,
  ORGANIZATION_FIELDS,
  type SecretName,
} from '../organizations/organization-fields.ts';
import type { Columns, ImportColumn } from './columns.ts';

/** What an export writes for a proxy that is stored: read again, the stored one stays. */
export const KEPT_SECRET = 'kept';

/** What is wrong with a row: the field, and the words for it, with what to do. */
export interface RowProblem {
  readonly field: ImportColumn | 'row';
  readonly message: string;
}

export interface ReadCells {
  /** The fields of which the file has a cell in this row. Secrets that stay as they are stored are left out. */
  readonly given: Readonly<Partial<Record<FieldName, string>>>;
  /** Secrets of which the export says that one is stored. */
  readonly kept: readonly SecretName[];
  readonly accountNumber: string;
  /** As it was typed; empty where the row names none. */
  readonly customer: string;
  /** Those that it is to carry, all of them; undefined where the file does not say. */
  readonly labels: readonly string[] | undefined;
  readonly problems: readonly RowProblem[];
}

/** The cells by their columns. A cell that is missing at the end of a row counts as not given, as spreadsheets leave empty ones out. */
export function readCells({ positions, width }: Columns, cells: readonly string[]): ReadCells {
  const cellOf = (column: ImportColumn): string | undefined => {
    const position = positions.get(column);
    const cell = position === undefined ? undefined : cells[position];
    return cell === undefined ? undefined : unDefused(cell);
  };
  const given: Partial<Record<FieldName, string>> = {};
  const kept: SecretName[] = [];
  for (const field of ORGANIZATION_FIELDS) {
    const cell = cellOf(field.name);
    if (cell === undefined) continue;
    if (isSecret(field.name)) {
      const typed = trimmed(cell);
      if (typed.toLowerCase() === KEPT_SECRET) kept.push(field.name);
      else if (typed !== '') given[field.name] = cell;
    } else {
      given[field.name] = readValue(field, cell);
    }
  }
  const labels = labelsOf(cellOf('labels'));
  return {
    given,
    kept,
    labels: labels.labels,
    accountNumber: trimmed(cellOf('account_number') ?? ''),
    customer: trimmed(cellOf('customer') ?? ''),
    problems: [
      ...(cells.slice(width).some((cell) => trimmed(cell) !== '') ? [tooManyCells(width, cells.length)] : []),
      ...labels.problems,
    ],
  };
}

function labelsOf(cell: string | undefined): {
  labels: readonly string[] | undefined;
  problems: readonly RowProblem[];
} {
  if (cell === undefined) return { labels: undefined, problems: [] };
  const read = readLabels(cell);
  if ('wrong' in read) return { labels: undefined, problems: [labelProblem(badLabelWords(read.wrong))] };
  if (read.labels.length <= MOST_LABELS) return { labels: read.labels, problems: [] };
  return {
    labels: undefined,
    problems: [labelProblem(`An organization carries ${MOST_LABELS} labels at most: remove some.`)],
  };
}

const labelProblem = (message: string): RowProblem => ({ field: 'labels', message });

const badLabelWords = (typed: string) =>
  `“${shorten(typed, LABEL_MAX)}” cannot be a label: write words of up to ${LABEL_MAX} letters, digits, - and _, with blanks between.`;

const isSecret = (name: FieldName): name is SecretName => name === 'http_proxy' || name === 'https_proxy';

const tooManyCells = (width: number, found: number): RowProblem => ({
  field: 'row',
  message: `The row has ${found} cells and the first row ${width}: put cells that hold a separator in quotation marks.`,
});

/** A toggle and a choice as people and spreadsheets write them; what is none of that is left for the check to refuse. */
function readValue({ kind, choices }: Field, cell: string): string {
  const typed = trimmed(cell).toLowerCase();
  if (kind === 'toggle') return yes.has(typed) ? 'true' : no.has(typed) ? 'false' : cell;
  if (kind !== 'choice') return cell;
  const choice = choices.find(({ value, label }) => value.toLowerCase() === typed || label.toLowerCase() === typed);
  return choice?.value ?? cell;
}

/** Spreadsheets write true and false in their own language. */
const yes = new Set([
  'true',
  'yes',
  'y',
  'on',
  '1',
  'wahr',
  'ja',
  'vrai',
  'oui',
  'verdadero',
  'sí',
  'si',
  'vero',
  'waar',
]);
const no = new Set(['false', 'no', 'n', 'off', '0', 'falsch', 'nein', 'faux', 'non', 'falso', 'onwaar', 'nee']);
