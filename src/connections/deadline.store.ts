// Queries on deadlines, warnings and refreshes that follow from settings: computed anew where a setting changes.

import { and, eq, gt, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db/database.ts';
import { organizations } from '../organizations/organizations.schema.ts';
import { spacesThatDecide } from '../settings/settings.store.ts';
import type { SettingName } from '../settings/settings.ts';
import { lockOrder } from './connection.store.ts';
import { connections } from './connections.schema.ts';
import { type WarningRules, warningThresholds } from './deadline.ts';
import { jitterShare } from './refresh/refresh-rules.ts';

/** Which connections a changed setting is about: a space's, or all but those of spaces that have decided it for themselves. */
export type SettingScope = { roomId: string } | { setting: SettingName };

/** Locks the connections of these scopes until the transaction ends. */
export async function lockConnections(tx: Db, scopes: readonly SettingScope[]): Promise<void> {
  const conditions = await Promise.all(scopes.map((scope) => isIn(tx, scope)));
  await tx
    .select({ id: connections.organizationId })
    .from(connections)
    .where(or(...conditions))
    .orderBy(lockOrder)
    .for('update');
}

/** Recomputes the warnings of locked connections by other rules. Notified and snoozed warnings stay so. */
export async function recomputeWarnings(db: Db, scope: SettingScope, rules: WarningRules, now: Date): Promise<void> {
  const isSnoozed = gt(connections.snoozedUntil, now);
  await db
    .update(connections)
    .set({ warnAt: sql`case when ${isSnoozed} then ${connections.warnAt} else ${nextWarningSql(rules)} end` })
    .where(await isIn(db, scope));
}

/** Recomputes the escalations of locked connections by other rules. Nothing is notified twice. */
export async function recomputeEscalations(
  db: Db,
  scope: SettingScope,
  { escalation_days: days }: WarningRules,
  now: Date,
): Promise<void> {
  const at = days === 0 ? sql`null` : sql`${connections.refreshTokenExpiresAt} - make_interval(hours => ${days * 24})`;
  // Only an escalation that is still to come moves: a deadline is escalated once, and a past instant is not made up for.
  await db
    .update(connections)
    .set({ escalateAt: at })
    .where(
      and(
        await isIn(db, scope),
        isNull(connections.acknowledgedAt),
        isNull(connections.escalatedAt),
        or(gt(connections.escalateAt, now), and(isNull(connections.escalateAt), sql`${at} > ${now.toISOString()}`)),
      ),
    );
}

/** Makes refreshes due by a new interval: a shorter one counts at once, a longer one from the next refresh on. */
export async function recomputeRefreshes(db: Db, scope: SettingScope, intervalDays: number): Promise<void> {
  // Spread as every refresh is, so that the change makes no wave.
  const byNewInterval = sql`${connections.obtainedAt} + make_interval(hours => ${intervalDays * 24}) * (1 - ${jitterShare}::float8 * random())`;
  await db
    .update(connections)
    .set({ refreshDueAt: sql`least(${connections.refreshDueAt}, ${byNewInterval})` })
    .where(and(await isIn(db, scope), eq(connections.state, 'connected')));
}

/** Read anew for each statement: whoever has waited for a space's connections sees what that space has decided meanwhile. */
async function isIn(db: Db, scope: SettingScope): Promise<SQL> {
  if ('roomId' in scope) return livesIn([scope.roomId]);
  const others = JSON.stringify(await spacesThatDecide(db, scope.setting));
  return sql`${connections.organizationId} in (select o.id from organizations o
    where o.room_id not in (select jsonb_array_elements_text(${others}::jsonb)))`;
}

/** `nextWarningAt` as the database computes it; a property test holds the two equal. */
export function nextWarningSql(rules: WarningRules): SQL {
  const next = (isAcknowledged: boolean) => {
    const thresholds = warningThresholds(rules, isAcknowledged).map((days) => sql`(${days}::int)`);
    return sql`(select max(threshold.days) from (values ${sql.join(thresholds, sql`, `)}) as threshold(days)
      where ${connections.warnedDays} is null or threshold.days < ${connections.warnedDays})`;
  };
  return sql`${connections.refreshTokenExpiresAt} - make_interval(hours => 24 * (
    case when ${isAcknowledgedSql} then ${next(true)} else ${next(false)} end))`;
}

/** Whether an acknowledgement keeps warnings quiet. A snooze is a wish to be warned when it ends, whoever acknowledged. */
const isAcknowledgedSql = and(isNotNull(connections.acknowledgedAt), isNull(connections.snoozedUntil));

/** `isAcknowledgedSql` of a row. */
export const isAcknowledged = ({
  acknowledgedAt,
  snoozedUntil,
}: {
  acknowledgedAt: Date | null;
  snoozedUntil: Date | null;
}): boolean => acknowledgedAt !== null && snoozedUntil === null;

/** Whether one of these spaces is notified of the organization. */
export const livesIn = (roomIds: readonly string[]): SQL =>
  inArray(
    connections.organizationId,
    sql`(select ${organizations.id} from ${organizations} where ${inArray(organizations.roomId, [...roomIds])})`,
  );
