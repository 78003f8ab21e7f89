// Queries that recompute when warnings, escalations and refreshes are due, of many connections at once and of each by its own settings.

import { type SQL, sql } from 'drizzle-orm';
import { customers } from '../customers/customers.schema.ts';
import { type Db, rows } from '../db/database.ts';
import { organizationLabels } from '../organizations/labels/labels.schema.ts';
import { organizations } from '../organizations/organizations.schema.ts';
import type { Settings } from '../settings/settings.ts';
import type { SettingsSubject } from '../settings/settings-effect.ts';
import { belowNodeSql } from '../settings/settings-of-many.store.ts';
import { lockOrder } from './connection.store.ts';
import { connections } from './connections.schema.ts';
import { escalationDays, type WarningRules, warningThresholds } from './deadline.ts';
import { jitterShare } from './refresh/refresh-rules.ts';

/** A connection with where its organization's settings come from. */
export interface PlacedConnection {
  organizationId: string;
  path: string;
  roomId: string;
}

/** Locks a page of the connections for which this level's settings count, in the lock order; `after` is the last one of the page before. */
export async function lockConnectionsOf(
  tx: Db,
  { of, after, limit }: { of: SettingsSubject; after: string | undefined; limit: number },
): Promise<PlacedConnection[]> {
  const found = await rows<{ organization_id: string; path: string; room_id: string }>(
    tx,
    sql`select organization_id, c.path, o.room_id from ${connections}
      join ${organizations} o on o.id = organization_id join ${customers} c on c.id = o.customer_id
      where ${isOf(of)} ${after === undefined ? sql`` : sql`and organization_id > ${after}::uuid`}
      order by ${lockOrder} limit ${limit} for update of connections`,
  );
  return found.map(({ organization_id, path, room_id }) => ({
    organizationId: organization_id,
    path,
    roomId: room_id,
  }));
}

function isOf({ level, subject }: SettingsSubject): SQL {
  switch (level) {
    case 'provider':
      return sql`true`;
    case 'customer':
    case 'moved':
      return belowNodeSql(sql`c.path`, subject);
    case 'space':
      return sql`o.room_id = ${subject}`;
    case 'organization':
      return sql`o.id = ${subject}::uuid`;
    case 'label':
      return sql`o.id in (select l.organization_id from ${organizationLabels} l where l.label = ${subject})`;
  }
}

/** What follows from an organization's settings; what is left out stays as it is. */
export interface Recomputed {
  organizationId: string;
  warnings?: WarningRules | undefined;
  escalation?: WarningRules | undefined;
  refresh?: Pick<Settings, 'refresh_interval_days'> | undefined;
}

/**
 * Recomputes locked connections in one statement. Notified and snoozed warnings stay so. Only an escalation that is still to come moves: a deadline is
 * escalated once, and a past instant is not made up for. A shorter interval counts at once, a longer one from the next refresh on.
 */
export async function saveRecomputed(db: Db, all: readonly Recomputed[], now: Date): Promise<void> {
  if (all.length === 0) return;
  const values = all.map(({ organizationId, warnings, escalation, refresh }) => ({
    id: organizationId,
    ...(warnings && { thresholds: warningThresholds(warnings), acknowledged: warningThresholds(warnings, true) }),
    ...(escalation && { escalation: escalationDays(escalation) }),
    ...(refresh && { refresh: refresh.refresh_interval_days }),
  }));
  const isNow = sql`${now.toISOString()}::timestamptz`;
  await db.execute(
    sql`update ${connections} set
        warn_at = case when by.thresholds is null or snoozed_until > ${isNow} then warn_at else ${nextWarningSql} end,
        escalate_at = case when by.escalation is not null and acknowledged_at is null and escalated_at is null
            and (escalate_at > ${isNow} or (escalate_at is null and ${escalationSql} > ${isNow}))
          then ${escalationSql} else escalate_at end,
        refresh_due_at = case when by.refresh is not null and state = 'connected'
          then least(refresh_due_at, ${refreshSql}) else refresh_due_at end
      from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
        as by(id uuid, thresholds int[], acknowledged int[], escalation int, refresh int)
      where organization_id = by.id`,
  );
}

/** Reschedules the next warnings of locked connections, snoozed or not. */
export async function putWarningsRight(
  db: Db,
  all: readonly { organizationId: string; rules: WarningRules }[],
): Promise<void> {
  if (all.length === 0) return;
  const values = all.map(({ organizationId, rules }) => ({
    id: organizationId,
    thresholds: warningThresholds(rules),
    acknowledged: warningThresholds(rules, true),
  }));
  await db.execute(
    sql`update ${connections} set warn_at = ${nextWarningSql}
      from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as by(id uuid, thresholds int[], acknowledged int[])
      where organization_id = by.id`,
  );
}

/** `nextWarningAt` as the database computes it, by the thresholds of `by`; a property test holds the two equal. */
const nextWarningSql = sql`refresh_token_expires_at - make_interval(hours => 24 * (
  select max(threshold.days) from unnest(case when acknowledged_at is not null and snoozed_until is null
    then by.acknowledged else by.thresholds end) as threshold(days)
  where warned_days is null or threshold.days < warned_days))`;

/** `escalationAt`; null where it is switched off. */
const escalationSql = sql`refresh_token_expires_at - make_interval(hours => nullif(by.escalation, 0) * 24)`;

/** Spread as every refresh is, so that the change makes no wave. */
const refreshSql = sql`obtained_at + make_interval(hours => by.refresh * 24) * (1 - ${jitterShare}::float8 * random())`;
