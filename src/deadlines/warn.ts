// Tells a space of its connections that expire or have ended: of an expiry at once, of all else in one summary a day.

import { namedOf } from '../chat/named.ts';
import { isAcknowledged } from '../connections/deadline.store.ts';
import { nextWarningAt } from '../connections/deadline.ts';
import type { Db } from '../db/database.ts';
import { claimAndEnqueue, isFree, type NotifyDeps, type SpaceToNotify } from '../notices/claim-and-enqueue.ts';
import type { Settings } from '../settings/settings.ts';
import { type SummaryDay, summaryDay, summaryKey } from '../settings/summary-day.ts';
import { bandsOf, type Dated } from './bands.ts';
import { deadlinesNotice } from './warning.notice.ts';
import { type DueWarning, lockDueWarnings, putWarningsRight, saveReminded, saveWarned } from './warning.store.ts';
import { decideWarning, isReminderDue, isSnoozed } from './warning-rules.ts';

/** Queues one notice of all connections of the space that are due to be told of. Replicas may run it at the same time. */
export function warnOfDeadlines(
  deps: NotifyDeps,
  { roomId, addressees, settings }: SpaceToNotify & { settings: Settings },
): Promise<void> {
  const now = deps.clock.now();
  const day = summaryDay(settings, now);
  const key = summaryKey(`deadlines:${roomId}`, day);
  return claimAndEnqueue(deps, addressees, async (tx) => {
    const hasNone = await isFree(tx, key, addressees);
    const { warned, reminded } = await claimDue(tx, { roomId, settings, day, hasNone, now });
    const coming = warned.filter(({ days }) => days > 0);
    const told = [...warned.filter(({ days }) => days === 0), ...reminded, ...coming];
    if (told.length === 0) return undefined;
    const notice = deadlinesNotice.of({
      ...namedOf(told.map(({ organizationId }) => organizationId)),
      bands: bandsOf(told, now),
      reminders: reminded.length,
    });
    return reminded.length + coming.length > 0 ? { notice, key } : notice;
  });
}

/** Whether a warning that belongs into a summary is due at `now`, not only later today. */
const isDueBy = (now: Date, settings: Settings) => (each: Told & { isAcknowledged: boolean }) =>
  each.days > 0 && decideWarning(each, settings, now).act === 'warn';

/** A connection that is told of. */
type Told = DueWarning & Dated;

/**
 * Saves what is told now: what has expired and, where the space has had no summary today and one is due, every other warning and reminder of the day. Where a deadline
 * has moved since, the next warning is recomputed instead.
 */
async function claimDue(
  tx: Db,
  {
    roomId,
    settings,
    day,
    hasNone,
    now,
  }: { roomId: string; settings: Settings; day: SummaryDay; hasNone: boolean; now: Date },
): Promise<{ warned: Told[]; reminded: Told[] }> {
  const due = await lockDueWarnings(tx, { roomId, now, until: day.endsAt });
  const reminders = due.filter(({ isReminder }) => isReminder).map((each) => ({ ...each, days: 0 }));
  const decided = due
    .filter((each) => !each.isReminder && !isSnoozed(each, now, day.endsAt))
    .map((each) => {
      const state = { ...each, isAcknowledged: isAcknowledged(each) };
      return { ...state, decision: decideWarning(state, settings, now, day.endsAt) };
    });
  const warnings = decided.flatMap(({ decision, ...each }) =>
    decision.act === 'warn' ? [{ ...each, days: decision.days }] : [],
  );
  const isDue =
    day.isEvening || warnings.some(isDueBy(now, settings)) || reminders.some((each) => isReminderDue(each, now));
  const isSummary = hasNone && isDue;
  const warned = warnings.filter(({ days }) => isSummary || days === 0);
  const reminded = isSummary ? reminders : [];
  await saveWarned(tx, warned, settings, now);
  await saveReminded(
    tx,
    reminded.map(({ organizationId }) => organizationId),
    now,
  );
  const early = decided.filter(
    (each) => each.decision.act === 'wait' && each.warnAt?.getTime() !== nextWarningAt(each, settings)?.getTime(),
  );
  await putWarningsRight(tx, { organizationIds: early.map(({ organizationId }) => organizationId), rules: settings });
  return { warned, reminded };
}
