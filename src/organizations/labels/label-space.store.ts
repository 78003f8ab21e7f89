// Queries on which spaces are notified of the organizations with a label, and what follows from that for each organization.

import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import { connections } from '../../connections/connections.schema.ts';
import { customers, PROVIDER_PATH } from '../../customers/customers.schema.ts';
import { countUpTo } from '../../db/counted.ts';
import { type Db, rows } from '../../db/database.ts';
import { customersInScope, inScope, isInScope, type Scope } from '../../db/scope.ts';
import { spaces } from '../../spaces/spaces.schema.ts';
import { organizations } from '../organizations.schema.ts';
import { labelSpaces, organizationLabels } from './labels.schema.ts';

/** Of a row of `organizations o` with its node `c`: whose space may have to change. */
export const isOrganization = (id: string): SQL => sql`o.id = ${id}::uuid`;
export const isAmong = (ids: readonly string[]): SQL => sql`o.id = any(${`{${ids.join(',')}}`}::uuid[])`;
export const carriesLabel = (label: string): SQL =>
  sql`o.id in (select carried.organization_id from ${organizationLabels} carried where carried.label = ${label})`;
export const standsBelow = (path: string): SQL => sql`c.path collate "C" like ${`${path}%`}`;
/** A space stands at another node: those that are or were notified of in it, or carry a label of it. */
export const isConcernedBy = (roomIds: readonly string[]): SQL => {
  const any = sql`any(${sql.param(roomIds)}::text[])`;
  return sql`(o.room_id = ${any} or o.own_room_id = ${any} or o.id in (select carried.organization_id
    from ${organizationLabels} carried join ${labelSpaces} named on named.label = carried.label and named.room_id = ${any}))`;
};

/**
 * Which space is notified of each: that of a label which the organization carries, where the space stands at the organization's node or above it. Of several
 * the nearest one, then the one that was set first. `also` is a rule that is not stored yet.
 */
const homesSql = (which: SQL, also?: { label: string; roomId: string }): SQL => sql`
  select o.id, o.room_id as present, coalesce(o.own_room_id, o.room_id) as own, named.room_id as by_label
  from ${organizations} o join ${customers} c on c.id = o.customer_id
  left join lateral (
    select rule.room_id from ${organizationLabels} carried
    join (select label, room_id, set_at from ${labelSpaces}
      ${also ? sql`union all select ${also.label}, ${also.roomId}, 'infinity'::timestamptz` : sql``}) rule on rule.label = carried.label
    join ${spaces} s on s.room_id = rule.room_id
    left join ${customers} at_node on at_node.id = s.customer_id
    where carried.organization_id = o.id and starts_with(c.path, coalesce(at_node.path, ${PROVIDER_PATH}))
    order by length(coalesce(at_node.path, ${PROVIDER_PATH})) desc, rule.set_at, rule.room_id limit 1
  ) named on true
  where ${which}`;

/** Has the right space be notified of each of these organizations. Returns the ids of those for which it is another one. */
export async function applyLabelSpaces(tx: Db, which: SQL): Promise<string[]> {
  // Connections before records, as everywhere: what follows from another space is saved with them.
  await tx.execute(
    sql`select count(*) from (select 1 from ${connections} join ${organizations} o on o.id = ${connections.organizationId}
      join ${customers} c on c.id = o.customer_id where ${which} order by ${connections.organizationId} for update of ${connections}) locked`,
  );
  // What was its own until now is read of the row that is written, which may have waited for a Connect.
  const own = sql`coalesce(${organizations}.own_room_id, ${organizations}.room_id)`;
  const changed = await rows<{ id: string; moved: boolean }>(
    tx,
    sql`update ${organizations} set room_id = coalesce(home.by_label, ${own}),
        own_room_id = case when home.by_label is not null then ${own} end
      from (${homesSql(which)}) home
      where home.id = ${organizations.id}
        and (${organizations.roomId} is distinct from coalesce(home.by_label, home.own)
          or (home.by_label is null) <> (${organizations.ownRoomId} is null))
      returning ${organizations.id}, home.present <> ${organizations.roomId} as moved`,
  );
  return changed.filter(({ moved }) => moved).map(({ id }) => id);
}

/** For how many organizations another space would be notified, were this one set for the label. */
export async function countMovedBy(tx: Db, rule: { label: string; roomId: string }): Promise<number> {
  const [found] = await rows<{ count: number }>(
    tx,
    sql`select count(*)::int as count from (${homesSql(carriesLabel(rule.label), rule)}) home
      where home.present <> coalesce(home.by_label, home.own)`,
  );
  return found?.count ?? 0;
}

/** False where the space is notified by this label already. */
export async function insertLabelSpace(tx: Db, row: typeof labelSpaces.$inferInsert): Promise<boolean> {
  const inserted = await tx.insert(labelSpaces).values(row).onConflictDoNothing().returning({ one: sql`1` });
  return inserted.length === 1;
}

/** False where the space is not notified by this label. */
export async function deleteLabelSpace(tx: Db, rule: { label: string; roomId: string }): Promise<boolean> {
  const deleted = await tx.delete(labelSpaces).where(isRule(rule)).returning({ one: sql`1` });
  return deleted.length === 1;
}

const isRule = ({ label, roomId }: { label: string; roomId: string }) =>
  and(eq(labelSpaces.label, label), eq(labelSpaces.roomId, roomId));

/** The labels by which a space is notified. */
export async function labelsToldIn(db: Db, roomId: string): Promise<string[]> {
  const found = await db.select({ label: labelSpaces.label }).from(labelSpaces).where(eq(labelSpaces.roomId, roomId));
  return found.map(({ label }) => label);
}

/** A space that is notified by a label. */
export interface LabelSpace {
  label: string;
  roomId: string;
  /** Null where Webex has not said it. */
  title: string | null;
  isLeft: boolean;
  /** The path of the node at which the space stands. */
  path: string;
  /** How many organizations in scope it is notified of by any label or otherwise, of those that carry this one; at most one more than `COUNTED_MAX`. */
  count: number;
}

const stoodAt = sql<string>`coalesce(${customers.path}, ${PROVIDER_PATH})`;

const selectLabelSpaces = (db: Db, scope: Scope) =>
  db
    .select({
      label: labelSpaces.label,
      roomId: labelSpaces.roomId,
      title: spaces.title,
      isLeft: sql<boolean>`${spaces.leftAt} is not null`,
      path: stoodAt,
      count: countUpTo(
        sql`from ${organizations} where ${and(
          sql`${organizations.roomId} = ${labelSpaces.roomId}`,
          sql`exists (select 1 from ${organizationLabels} l where l.organization_id = ${organizations.id} and l.label = ${labelSpaces.label})`,
          inScope(scope, organizations.id),
        )}`,
      ),
    })
    .from(labelSpaces)
    .innerJoin(spaces, eq(spaces.roomId, labelSpaces.roomId))
    .leftJoin(customers, eq(customers.id, spaces.customerId));

/** A page of the spaces in scope that are notified by labels, by label. */
export const listLabelSpaces = (
  db: Db,
  { scope, offset, limit }: { scope: Scope; offset: number; limit: number },
): Promise<LabelSpace[]> =>
  selectLabelSpaces(db, scope)
    .where(customersInScope(scope))
    .orderBy(asc(sql`${labelSpaces.label} collate "C"`), asc(labelSpaces.setAt), asc(labelSpaces.roomId))
    .offset(offset)
    .limit(limit);

/** One of them; undefined where there is none such in scope. */
export async function findLabelSpace(
  db: Db,
  { scope, ...rule }: { scope: Scope; label: string; roomId: string },
): Promise<LabelSpace | undefined> {
  const [found] = await selectLabelSpaces(db, scope).where(isRule(rule));
  return found && isInScope(scope, found.path) ? found : undefined;
}
