// Tells a space of its connections that expire or have ended: of an expiry at once, of all else in one summary a day.

import { namedOf } from '../chat/named.ts';
import { isAcknowledged } from '../connections/deadline.store.ts';
import { nextWarningAt, type WarningRules } from '../connections/deadline.ts';
import { putWarningsRight } from '../connections/recompute.store.ts';
import { holdersFirst } from '../connections/ways/on-grants.store.ts';
import type { Db } from '../db/database.ts';
import { claimAndEnqueue, isFree, type NotifyDeps, type SpaceToNotify } from '../notices/claim-and-enqueue.ts';
import { defaultSettings, type Settings } from '../settings/settings.ts';
import { settingsOfOrganizations } from '../settings/settings-of-many.store.ts';
import { type SummaryDay, summaryDay, summaryKey } from '../settings/summary-day.ts';
import { bandsOf, type Dated } from './bands.ts';
import { deadlinesNotice } from './warning.notice.ts';
import { type DueWarning, lockDueWarnings, saveReminded, saveWarned } from './warning.store.ts';
import { decideWarning, isReminderDue, isSnoozed } from './warning-rules.ts';

/**
 * Queues one notice of all connections of the space that are due to be told of, each by its organization's settings. The space's `settings` say when its
 * day is. Replicas may run it at the same time.
 */
export function warnOfDeadlines(
  deps: NotifyDeps,
  { roomId, addressees, settings }: SpaceToNotify & { settings: Settings },
): Promise<void> {
  const now = deps.clock.now();
  const day = summaryDay(settings, now);
  const key = summaryKey(`deadlines:${roomId}`, day);
  return claimAndEnqueue(deps, addressees, async (tx) => {
    const hasNone = await isFree(tx, key, addressees);
    const { warned, reminded } = await claimDue(tx, { roomId, day, hasNone, now });
    const coming = warned.filter(({ days }) => days > 0);
    const told = [...warned.filter(({ days }) => days === 0), ...reminded, ...coming];
    if (told.length === 0) return undefined;
    const notice = deadlinesNotice.of({
      ...namedOf(
        await holdersFirst(
          tx,
          told.map(({ organizationId }) => organizationId),
        ),
      ),
      bands: bandsOf(told, now),
      reminders: reminded.length,
    });
    return reminded.length + coming.length > 0 ? { notice, key } : notice;
  });
}

/** Whether a warning that belongs into a summary is due at `now`, not only later today. */
const isDueBy = (now: Date) => (each: Told & { isAcknowledged: boolean; rules: WarningRules }) =>
  each.days > 0 && decideWarning(each, each.rules, now).act === 'warn';

/** A connection that is told of. */
type Told = DueWarning & Dated;

/**
 * Saves what is told now: what has expired and, where the space has had no summary today and one is due, every other warning and reminder of the day. Where a deadline
 * has moved since, the next warning is recomputed instead.
 */
async function claimDue(
  tx: Db,
  { roomId, day, hasNone, now }: { roomId: string; day: SummaryDay; hasNone: boolean; now: Date },
): Promise<{ warned: Told[]; reminded: Told[] }> {
  const due = await lockDueWarnings(tx, { roomId, now, until: day.endsAt });
  const reminders = due.filter(({ isReminder }) => isReminder).map((each) => ({ ...each, days: 0 }));
  const awake = due.filter((each) => !each.isReminder && !isSnoozed(each, now, day.endsAt));
  const settings = await settingsOfOrganizations(
    tx,
    awake.map(({ organizationId }) => organizationId),
  );
  const decided = awake.map((each) => {
    const rules = settings.get(each.organizationId) ?? defaultSettings;
    const state = { ...each, rules, isAcknowledged: isAcknowledged(each) };
    return { ...state, decision: decideWarning(state, rules, now, day.endsAt) };
  });
  const warnings = decided.flatMap(({ decision, ...each }) =>
    decision.act === 'warn' ? [{ ...each, days: decision.days }] : [],
  );
  const isDue = day.isEvening || warnings.some(isDueBy(now)) || reminders.some((each) => isReminderDue(each, now));
  const isSummary = hasNone && isDue;
  const warned = warnings.filter(({ days }) => isSummary || days === 0);
  const reminded = isSummary ? reminders : [];
  await saveWarned(tx, warned, now);
  await saveReminded(
    tx,
    reminded.map(({ organizationId }) => organizationId),
    now,
  );
  const early = decided.filter(
    (each) => each.decision.act === 'wait' && each.warnAt?.getTime() !== nextWarningAt(each, each.rules)?.getTime(),
  );
  await putWarningsRight(tx, early);
  return { warned, reminded };
}
