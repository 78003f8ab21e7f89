// Reads the server's log of statements: which this version sent, in which order, on which connection, and within which transaction.
import { readFile } from 'node:fs/promises';

export interface Sent {
  sql: string;
  /** As text, as it went to the server. */
  values: (string | null)[];
}

/** A statement on its own, or a whole transaction, `begin` and `commit` included. */
export type Unit = Sent[];

export interface Journey {
  name: string;
  units: Unit[];
}

interface Line {
  pid?: number;
  dbname?: string;
  application_name?: string;
  message?: string;
  detail?: string;
}

/** Written into the log between journeys. */
export const markOf = (name: string) => `select 'journey: ${name}'`;

/** What was sent to this database after each mark, up to the mark `end`. */
export async function readJourneys(log: string, database: string): Promise<Journey[]> {
  const lines = (await readFile(log, 'utf8')).split('\n').filter((line) => line !== '');
  const journeys: Journey[] = [];
  const open = new Map<number, Unit>();
  for (const line of lines) {
    const { pid = 0, dbname, application_name, message = '', detail = '' } = JSON.parse(line) as Line;
    if (dbname !== database) continue;
    const [, sql] = /^(?:statement|execute [^:]+): ([\s\S]*)$/.exec(message) ?? [];
    if (sql === undefined) continue;
    const [, mark] = /^select 'journey: (.*)'$/.exec(sql) ?? [];
    if (mark === 'end') break;
    if (mark !== undefined) {
      journeys.push({ name: mark, units: [] });
      continue;
    }
    const journey = journeys.at(-1);
    if (application_name !== 'hubkeeper' || /^(un)?listen |^set |^deallocate|^show /i.test(sql)) continue;
    const sent = { sql, values: valuesIn(detail) };
    const unit = open.get(pid);
    if (unit) {
      unit.push(sent);
      if (/^(commit|rollback)$/i.test(sql)) open.delete(pid);
      continue;
    }
    // What began before the first mark is no part of a journey, but its connection must be known to be inside it.
    const begun: Unit = [sent];
    if (/^begin$/i.test(sql)) open.set(pid, begun);
    journey?.units.push(begun);
  }
  return journeys;
}

/** `parameters: $1 = 'it''s', $2 = NULL` */
function valuesIn(detail: string): (string | null)[] {
  const found = detail.matchAll(/\$\d+ = (?:(NULL)|'((?:[^']|'')*)')/g);
  return [...found].map(([, none, text]) => (none ? null : (text ?? '').replaceAll("''", "'")));
}

/** Reads that say the same again are left out, up to this many. */
const mostAlike = 2;

/** The journeys without what only repeats: looks for due work, reads of the same kind. */
export function withoutRepeats(journeys: readonly Journey[], isOwn: (value: string) => boolean): Journey[] {
  const seen = new Map<string, number>();
  return journeys.map(({ name, units }) => ({
    name,
    units: units.filter((unit) => {
      const [only] = unit;
      if (unit.length > 1 || !only) return true;
      const isRead = /^\s*select/i.test(only.sql);
      if (!isRead && only.values.some((value) => value !== null && isOwn(value))) return true;
      const times = (seen.get(only.sql) ?? 0) + 1;
      seen.set(only.sql, times);
      return times <= mostAlike;
    }),
  }));
}
