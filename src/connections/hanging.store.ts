// Queries on how much hangs on people: on whoever consented, for the organization or for the partner that holds it.

import { isNotNull, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { countUpTo } from '../db/counted.ts';
import { type Db, rows } from '../db/database.ts';
import { inScope, isLive, type Scope } from '../db/scope.ts';
import { COUNTED_MAX } from '../lib/text.ts';
import { connections, grantCounts } from './connections.schema.ts';
import { countServed, listPartners } from './ways/served.store.ts';

/** How many connections in scope hang on people, and on whom the most do: each counted to one more than `COUNTED_MAX`, or to its end. */
export interface Hanging {
  total: number;
  onPeople: number;
  /** Null where none does. */
  most: { email: string; count: number } | null;
}

/** Who consented for a partner is named only to those who see the partner's record. What it holds hangs on people all the same. */
export const countHanging = (db: Db, { scope }: { scope: Scope }): Promise<Hanging> =>
  scope.within === 'all' ? countAll(db) : countBranch(db, scope);

/** Reads no more connections than it counts. */
async function countAll(db: Db): Promise<Hanging> {
  const live = isLive(connections.organizationId);
  // Both are found by an index, also where few hang on people.
  const ofPeople = (condition: SQL) =>
    sql`(select 1 from ${connections} where ${condition} and ${live} limit ${sql.raw(String(COUNTED_MAX + 1))})`;
  const consented = ofPeople(sql`lower(${connections.authorizedEmail}) is not null`);
  const served = ofPeople(isNotNull(connections.viaOrganizationId));
  const [counted] = await rows<{ total: number; on_people: number }>(
    db,
    sql`select ${countUpTo(sql`from ${connections} where ${live}`)} as total,
      ${countUpTo(sql`from (${consented} union all ${served}) hanging`)} as on_people`,
  );
  const { total = 0, on_people: onPeople = 0 } = counted ?? {};
  return { total, onPeople, most: await mostOf(db) };
}

/** Whoever holds the most: the one with the most consents, or the grantor of a partner. */
async function mostOf(db: Db): Promise<Hanging['most']> {
  const partners = (await listPartners(db)).flatMap(({ organization: { id }, connection }) => {
    const email = connection?.authorizedEmail?.toLowerCase();
    return email === undefined ? [] : [{ id, email }];
  });
  const served = await countServed(
    db,
    partners.map(({ id }) => id),
  );
  const emails = JSON.stringify(partners.map(({ email }) => email));
  const consents = await rows<{ email: string; count: number }>(
    db,
    sql`(select ${grantCounts.email} as email, ${grantCounts.connections} as count from ${grantCounts}
          order by ${grantCounts.connections} desc nulls last, ${grantCounts.email} limit 1)
        union
        select ${grantCounts.email}, ${grantCounts.connections} from ${grantCounts}
          where ${grantCounts.email} in (select jsonb_array_elements_text(${emails}::jsonb))`,
  );
  const counts = new Map(consents.map(({ email, count }) => [email, Number(count)]));
  for (const { id, email } of partners) counts.set(email, (counts.get(email) ?? 0) + (served.get(id) ?? 0));
  const [most] = [...counts]
    .map(([email, count]) => ({ email, count }))
    .sort((one, other) => other.count - one.count || (one.email < other.email ? -1 : 1));
  return most ?? null;
}

const partner = alias(connections, 'partner');

async function countBranch(db: Db, scope: Scope): Promise<Hanging> {
  const seen = inScope(scope, connections.organizationId) ?? sql`true`;
  const seesPartner = inScope(scope, partner.organizationId) ?? sql`true`;
  const [counted] = await rows<{ total: number; on_people: number; email: string | null; count: number | null }>(
    db,
    sql`with held as materialized (
          select lower(${connections.authorizedEmail}) as email, ${connections.viaOrganizationId} as via from ${connections} where ${seen}
        ),
        named as (
          select email, count(*) as count from held where email is not null group by email
          union all
          select lower(${partner.authorizedEmail}), sum(of_partner.count)
            from (select via, count(*) as count from held where via is not null group by via) of_partner
            join ${connections} ${sql.identifier('partner')} on ${partner.organizationId} = of_partner.via
            where ${partner.authorizedEmail} is not null and ${seesPartner} group by 1
        ),
        most as (select email, sum(count)::int as count from named group by email order by sum(count) desc, email limit 1)
      select (select count(*)::int from held) as total,
        (select count(*)::int from held where email is not null or via is not null) as on_people,
        (select email from most) as email, (select count from most) as count`,
  );
  const { total = 0, on_people: onPeople = 0, email = null, count = null } = counted ?? {};
  return { total, onPeople, most: email === null ? null : { email, count: count ?? 0 } };
}
