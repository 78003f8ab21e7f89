// Warns a space of its connections that expire soon: once for each threshold of a deadline, in one message a run.

import { namedOf } from '../chat/named.ts';
import type { WarningRules } from '../connections/deadline.ts';
import type { Db } from '../db/database.ts';
import { claimAndEnqueue, type NotifyDeps, type SpaceToNotify } from '../notices/claim-and-enqueue.ts';
import { deadlinesNotice } from './warning.notice.ts';
import { lockDueWarnings, putWarningsRight, saveWarned } from './warning.store.ts';
import { decideWarning } from './warning-rules.ts';

/** Queues one notice of all connections of the space with a due warning. Replicas may run it at the same time. */
export function warnOfDeadlines(
  deps: NotifyDeps,
  { roomId, addressees, rules }: SpaceToNotify & { rules: WarningRules },
): Promise<void> {
  return claimAndEnqueue(deps, addressees, async (tx) => {
    const told = await takeDue(tx, { roomId, rules, now: deps.clock.now() });
    if (told.length === 0) return undefined;
    return deadlinesNotice.of({ ...namedOf(told.map(({ organizationId }) => organizationId)), bands: bandsOf(told) });
  });
}

interface Told {
  organizationId: string;
  /** The threshold that is notified. */
  days: number;
}

/** Saves every due warning as notified. Where the deadline has moved since, the next warning is recomputed instead. */
async function takeDue(
  tx: Db,
  { roomId, rules, now }: { roomId: string; rules: WarningRules; now: Date },
): Promise<Told[]> {
  const due = await lockDueWarnings(tx, { roomId, now });
  const decided = due.map((warning) => ({ ...warning, decision: decideWarning(warning, rules, now) }));
  const told = decided.flatMap(({ decision, ...warning }) =>
    decision.act === 'warn' ? [{ ...warning, days: decision.days }] : [],
  );
  const early = decided.filter(({ decision }) => decision.act === 'wait').map(({ organizationId }) => organizationId);
  await saveWarned(tx, told, rules);
  await putWarningsRight(tx, { organizationIds: early, rules });
  return told;
}

/** How many are notified at each threshold, the nearest expiry first. */
function bandsOf(told: readonly Told[]): { days: number; count: number }[] {
  const counts = new Map<number, number>();
  for (const { days } of told) counts.set(days, (counts.get(days) ?? 0) + 1);
  return [...counts].map(([days, count]) => ({ days, count })).sort((a, b) => a.days - b.days);
}
