// Queries on deadlines, warnings and refreshes that follow from settings: computed anew where a setting changes.

import { and, eq, gt, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
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

/** Has the connections of these scopes stay as they are, but for what the transaction itself changes, until it ends. */
export async function lockConnections(tx: Db, scopes: readonly SettingScope[]): Promise<void> {
  const conditions = await Promise.all(scopes.map((scope) => isIn(tx, scope)));
  await tx
    .select({ id: connections.organizationId })
    .from(connections)
    .where(or(...conditions))
    .orderBy(lockOrder)
    .for('update');
}

/** Reckons the warnings of connections that are held anew, by other rules. What was told or put off stays so. */
export async function recomputeWarnings(db: Db, scope: SettingScope, rules: WarningRules, now: Date): Promise<void> {
  const isSnoozed = gt(connections.snoozedUntil, now);
  await db
    .update(connections)
    .set({ warnAt: sql`case when ${isSnoozed} then ${connections.warnAt} else ${nextWarningSql(rules)} end` })
    .where(await isIn(db, scope));
}

/** Reckons the escalations of connections that are held anew, by other rules. What was told is not told again. */
export async function recomputeEscalations(
  db: Db,
  scope: SettingScope,
  { escalation_days: days }: WarningRules,
  now: Date,
): Promise<void> {
  const at = days === 0 ? sql`null` : sql`${connections.refreshTokenExpiresAt} - make_interval(hours => ${days * 24})`;
  // Past its old time an escalation was told or is not wanted; only one that is still to come moves.
  await db
    .update(connections)
    .set({ escalateAt: at })
    .where(
      and(
        await isIn(db, scope),
        isNull(connections.acknowledgedAt),
        or(gt(connections.escalateAt, now), and(isNull(connections.escalateAt), sql`${at} > ${now.toISOString()}`)),
      ),
    );
}

/** Has tokens that were obtained longer ago than the new interval refreshed soon: a shorter one counts at once, a longer one from the next refresh on. */
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
  const thresholds = sql.join(
    warningThresholds(rules).map((days) => sql`(${days}::int)`),
    sql`, `,
  );
  return sql`${connections.refreshTokenExpiresAt} - make_interval(hours => 24 * (
    select max(threshold.days) from (values ${thresholds}) as threshold(days)
    where ${connections.warnedDays} is null or threshold.days < ${connections.warnedDays}))`;
}

/** Whether the organization is told of in one of these spaces. */
export const livesIn = (roomIds: readonly string[]): SQL =>
  inArray(
    connections.organizationId,
    sql`(select ${organizations.id} from ${organizations} where ${inArray(organizations.roomId, [...roomIds])})`,
  );
