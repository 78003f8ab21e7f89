// What differs between what was known and what Webex says now, as far as a sync may act on it.

import { isDeepStrictEqual } from 'node:util';
import type { CHANGES, ChangedValues } from './changes.schema.ts';

/** A row of any kind, as it is compared. */
export interface Known {
  webexId: string;
  name: string;
  /** When Webex was first seen without it; null where Webex has it. */
  goneAt: Date | null;
}

/** What a sync may do here with what it finds. Where it does not delete, what is gone is marked. */
export interface SyncActions {
  readonly adds: boolean;
  readonly updates: boolean;
  readonly deletes: boolean;
}

export const allActions: SyncActions = { adds: true, updates: true, deletes: true };

export interface Difference {
  what: (typeof CHANGES)[number];
  webexId: string;
  name: string;
  before: ChangedValues | null;
  after: ChangedValues | null;
  /** As it is now or, where it is gone, as it was. */
  row: Known;
}

/** The rows to write, the ids of those to delete, and what that changes. */
export interface Differences {
  toWrite: Known[];
  goneIds: string[];
  differences: Difference[];
}

/**
 * By Webex's id: the order says nothing, and a thing that Webex lists twice counts once. `isWhole`: false where more is there than could be read, so that
 * nothing counts as gone.
 */
export function differencesOf(
  known: ReadonlyMap<string, Known>,
  wanted: ReadonlyMap<string, Known>,
  { actions, isWhole = true, now }: { actions: SyncActions; isWhole?: boolean; now: Date },
): Differences {
  const toWrite: Known[] = [];
  const goneIds: string[] = [];
  const differences: Difference[] = [];
  const note = (row: Known, what: Difference['what'], before: ChangedValues | null, after: ChangedValues | null) =>
    differences.push({ what, webexId: row.webexId, name: row.name, before, after, row });

  for (const [id, read] of wanted) {
    const before = known.get(id);
    if (before === undefined) {
      if (!actions.adds) continue;
      toWrite.push(read);
      note(read, 'added', null, valuesOf(read));
      continue;
    }
    // A name that Webex leaves out is no new one.
    const row = read.name === '' ? { ...read, name: before.name } : read;
    const isBack = before.goneAt !== null;
    const changed = actions.updates ? changedFields(before, row) : undefined;
    if (!isBack && changed === undefined) continue;
    toWrite.push({ ...(changed ? row : before), goneAt: null });
    if (isBack) note(before, 'returned', null, null);
    if (changed) note(row, 'changed', changed.before, changed.after);
  }
  for (const [id, row] of isWhole ? known : []) {
    if (wanted.has(id)) continue;
    if (actions.deletes) {
      goneIds.push(id);
      note(row, 'removed', valuesOf(row), null);
    } else if (row.goneAt === null) {
      toWrite.push({ ...row, goneAt: now });
      note(row, 'gone', null, null);
    }
  }
  return { toWrite, goneIds, differences };
}

/** What Webex says of a row: without our ids, and without what we note beside it. */
function valuesOf(row: Known): ChangedValues {
  const {
    webexId: _id,
    goneAt: _goneAt,
    organizationId: _organizationId,
    ...values
  } = row as Known & {
    organizationId?: string;
  };
  return values;
}

function changedFields(one: Known, other: Known): { before: ChangedValues; after: ChangedValues } | undefined {
  const [before, after] = [valuesOf(one), valuesOf(other)];
  const names = Object.keys(after).filter((name) => !isDeepStrictEqual(before[name], after[name]));
  if (names.length === 0) return undefined;
  const of = (values: ChangedValues) => Object.fromEntries(names.map((name) => [name, values[name]]));
  return { before: of(before), after: of(after) };
}
