// Notifies each administrator of the provider, in a direct message, of connections that expire and that nobody has acknowledged.

import { namedOf } from '../chat/named.ts';
import { holdersFirst } from '../connections/ways/on-grants.store.ts';
import { administratorsOf, claimAndEnqueue, isFree, type NotifyDeps } from '../notices/claim-and-enqueue.ts';
import { settingsOfProvider } from '../settings/settings.store.ts';
import { summaryDay, summaryKey } from '../settings/summary-day.ts';
import { bandsOf, daysLeft } from './bands.ts';
import { escalationNotice } from './warning.notice.ts';
import { claimEscalations, hasEscalation } from './warning.store.ts';

/**
 * Queues one notice for each administrator, at most one a day: of the escalations of these spaces that fall due before the next one may come, once for
 * each deadline that nobody has acknowledged. Administrators are notified at any hour.
 */
export async function escalate(
  deps: NotifyDeps & { admins: readonly string[] },
  { roomIds }: { roomIds: readonly string[] },
): Promise<void> {
  const now = deps.clock.now();
  const { time_zone } = await settingsOfProvider(deps.db);
  const day = summaryDay({ time_zone, quiet_hours: null }, now);
  const key = summaryKey('escalation', day);
  const addressees = administratorsOf(deps);
  return claimAndEnqueue(deps, addressees, async (tx) => {
    if (!(await isFree(tx, key, addressees))) return undefined;
    const dueBy = day.isEvening ? day.endsAt : new Date(now.getTime() + 1);
    if (!(await hasEscalation(tx, { roomIds, until: dueBy }))) return undefined;
    const ending = await claimEscalations(tx, { roomIds, now, until: day.endsAt });
    if (ending.length === 0) return undefined;
    const dated = ending.map(({ deadlineAt }) => ({ deadlineAt, days: daysLeft(deadlineAt, now) }));
    const ids = ending.map(({ organizationId }) => organizationId);
    const named = namedOf(await holdersFirst(tx, ids));
    return { notice: escalationNotice.of({ ...named, bands: bandsOf(dated, now) }), key };
  });
}
