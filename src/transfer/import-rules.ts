// The words and limits of an import.

import type { OrganizationValues } from '../organizations/check-organization.ts';

/** `reading`: the file is fetched and checked. `judged`: it waits for whoever sent it. `running`: its rows are being written. */
export const IMPORT_STATUSES = ['reading', 'refused', 'judged', 'running', 'ended', 'canceled'] as const;

/** What a row would do. */
export const VERDICTS = ['new', 'changed', 'same', 'wrong'] as const;
export type Verdict = (typeof VERDICTS)[number];

/**
 * What became of a confirmed row. `conflict`: somebody changed the record after the check; `taken`: its number has got a record since; `gone`: its record
 * has gone since; `not_allowed`: whoever confirmed may not change it any more.
 */
export const ROW_OUTCOMES = ['created', 'updated', 'conflict', 'taken', 'gone', 'not_allowed', 'not_written'] as const;
export type RowOutcome = (typeof ROW_OUTCOMES)[number];

/** What a row writes, as it stands between check and writing: the record's values, with proxies apart, and its place in the tree. */
export interface RowValues extends Omit<OrganizationValues, 'http_proxy' | 'https_proxy'> {
  readonly customerId: string;
  /** Those that it is to carry, all of them; absent where the file does not say. */
  readonly labels?: readonly string[];
  /** Those that it carried when the file was checked. */
  readonly labelsBefore?: readonly string[];
  /** Secrets that stay as they are stored. */
  readonly kept: readonly ('http_proxy' | 'https_proxy')[];
  /** The fields that differ from the record. */
  readonly changed: readonly string[];
}

/** The field under which a row says what the grant lacks. */
export const PERMISSIONS_FIELD = 'permissions';

/** The largest file that is read. */
export const fileMaxBytes = 10 * 1024 * 1024;

/** How many rows one statement checks or writes. */
export const rowsAtOnce = 500;

/** How long an import that was checked waits to be confirmed, in days. */
export const pendingDays = 1;

/** How long what became of its rows is kept, in days. */
export const keptDays = 7;

/** Up to so many rows are written in one step. More make four: each can be canceled, and shows how far it is. */
const rowsOfOneStep = 1_000;

/** The steps in which an import's rows are written, by their names. */
export const WRITE_STEPS: readonly string[] = [1, 2, 3, 4].map((quarter) => `import_quarter_${quarter}`);
export const WRITE_ALL_STEP = 'import_rows';

export const stepsFor = (rows: number): readonly string[] => (rows <= rowsOfOneStep ? [WRITE_ALL_STEP] : WRITE_STEPS);

/** How many rows are to be written by the end of a step. */
export function writtenBy(step: string, rows: number): number {
  const quarter = WRITE_STEPS.indexOf(step) + 1;
  return quarter === 0 ? rows : Math.ceil((rows * quarter) / WRITE_STEPS.length);
}

export const importAction = 'import';

/** The counts of an import's rows by their verdicts. */
export type VerdictCounts = Readonly<Record<Verdict, number>>;

/** How many rows a confirmation writes. */
export const toWrite = (counts: VerdictCounts): number => counts.new + counts.changed;

/** How many connect links one file holds. */
export const linksPerFile = 10_000;
