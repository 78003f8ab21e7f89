// Queries on organizations whose grant serves others: partners, and what hangs on them.

import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm';
import { countUpTo } from '../../db/counted.ts';
import { type Db, rows } from '../../db/database.ts';
import { everything, inScope, isLive } from '../../db/scope.ts';
import type { Organization } from '../../organizations/organization.store.ts';
import { organizations } from '../../organizations/organizations.schema.ts';
import { settings } from '../../settings/settings.schema.ts';
import type { Connection } from '../connection.store.ts';
import { connections } from '../connections.schema.ts';
import { type Features, neededScopes, type Serving, type SettingsOfScopes } from '../scopes.ts';
import { lostWithPartner } from './ways.ts';

/** A partner's record, with its connection. */
export interface Partner {
  organization: Organization;
  connection: Connection | null;
}

/** The records that serve as a partner, by the time at which they were made. An index finds them; there are few. */
export const listPartners = (db: Db): Promise<Partner[]> =>
  db
    .select({ organization: organizations, connection: connections })
    .from(organizations)
    .leftJoin(connections, eq(connections.organizationId, organizations.id))
    .where(and(sql`${organizations.servesAsPartner}`, isLive(organizations.id)))
    .orderBy(asc(organizations.createdAt), asc(organizations.id));

/** Marks a record as a partner's. */
export async function saveAsPartner(tx: Db, organizationId: string): Promise<void> {
  await tx.update(organizations).set({ servesAsPartner: true }).where(eq(organizations.id, organizationId));
}

/** How many organizations are in scope are held by the grant of each of these records, lost ones included, counted to one more than `COUNTED_MAX`. Those with none are left out. */
export async function countServed(
  db: Db,
  ids: readonly string[],
  scope = everything,
): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map();
  const isServed = and(sql`${connections.viaOrganizationId} = partner.id`, inScope(scope, connections.organizationId));
  const counted = await rows<{ id: string; count: number }>(
    db,
    sql`select partner.id, ${countUpTo(sql`from ${connections} where ${isServed}`)} as count from ${organizations} partner
      where partner.serves_as_partner and partner.id = any(${`{${ids.join(',')}}`}::uuid[])`,
  );
  return new Map(counted.filter((one) => one.count > 0).map((one) => [one.id, one.count]));
}

/** What the records of a store switch on: a partner's grant must allow what any of its customers needs. */
export async function featuresOfAll(db: Db): Promise<{ features: Features; settings: SettingsOfScopes }> {
  const [row] = await rows<Omit<Features, 'sync'> & SettingsOfScopes>(
    db,
    sql`select exists (select 1 from ${organizations} where wholesale_status) as wholesale_status,
      exists (select 1 from ${organizations} where webex_contact_center) as webex_contact_center,
      (select max(default_calling_behaviour) from ${organizations}) as default_calling_behaviour,
      (select max(email_domain) from ${organizations}) as email_domain,
      exists (select 1 from ${settings} where "values" @> '{"apply_calling_behaviour": true}') as apply_calling_behaviour,
      exists (select 1 from ${settings} where "values" @> '{"read_admin_audit": true}') as read_admin_audit`,
  );
  const { apply_calling_behaviour = false, read_admin_audit = false, ...features } = row ?? {};
  const nothing = {
    ...{ wholesale_status: false, webex_contact_center: false },
    ...{ default_calling_behaviour: null, email_domain: null },
  };
  return { features: { ...nothing, ...features, sync: true }, settings: { apply_calling_behaviour, read_admin_audit } };
}

/** The scopes that the grants of these records must hold: of a partner, what any record needs. `settingsOf`: what counts for a record. */
export async function scopesNeeded<Record extends Features & Serving & Pick<Organization, 'servesAsPartner'>>(
  db: Db,
  records: readonly Record[],
  settingsOf: (record: Record) => SettingsOfScopes,
): Promise<(record: Record) => string[]> {
  const ofAll = records.some(({ servesAsPartner }) => servesAsPartner) ? await featuresOfAll(db) : undefined;
  return (record) =>
    record.servesAsPartner && ofAll
      ? neededScopes({ ...record, ...ofAll.features }, ofAll.settings)
      : neededScopes(record, settingsOf(record));
}

/** The ids of all records on whose grant others hang, deleted and purged ones too, and whether that grant is lost or gone. Each is looked up once. */
export const listServing = (db: Db): Promise<{ partnerId: string; isLost: boolean }[]> =>
  rows<{ partnerId: string; isLost: boolean }>(
    db,
    sql`with recursive serving (id) as (
        (select via_organization_id from ${connections} where via_organization_id is not null order by 1 limit 1)
        union all
        select (select c.via_organization_id from ${connections} c where c.via_organization_id > serving.id order by 1 limit 1)
        from serving where serving.id is not null
      )
      select serving.id as "partnerId", coalesce(its.state, 'lost') = 'lost' as "isLost"
      from serving left join ${connections} its on its.organization_id = serving.id
      where serving.id is not null`,
  );

/** Whether any connection is held by the grant of this organization. */
export async function servesOthers(db: Db, organizationId: string): Promise<boolean> {
  const found = await db
    .select({ id: connections.organizationId })
    .from(connections)
    .where(eq(connections.viaOrganizationId, organizationId))
    .limit(1);
  return found.length > 0;
}

/** Locks a page of the connections that hang on a partner and do not stand as it does, by our ids. Lost for another reason stay so. */
export function lockStraying(
  tx: Db,
  { partnerId, isLost, limit }: { partnerId: string; isLost: boolean; limit: number },
): Promise<{ organizationId: string; organizationName: string; fallbackWay: Connection['fallbackWay'] }[]> {
  const strays = isLost ? ne(connections.state, 'lost') : eq(connections.stateReason, lostWithPartner);
  return tx
    .select({
      organizationId: connections.organizationId,
      organizationName: organizations.name,
      fallbackWay: connections.fallbackWay,
    })
    .from(connections)
    .innerJoin(organizations, eq(organizations.id, connections.organizationId))
    .where(and(eq(connections.viaOrganizationId, partnerId), strays))
    .orderBy(asc(connections.organizationId))
    .limit(limit)
    .for('update', { of: connections });
}

/** Saves how locked connections stand from now on. */
export async function saveStanding(
  tx: Db,
  organizationIds: readonly string[],
  standing: Partial<
    Pick<Connection, 'state' | 'stateReason' | 'lostNotifiedAt' | 'probeDueAt' | 'findings' | 'fallbackRefusal'>
  >,
): Promise<void> {
  if (organizationIds.length === 0) return;
  await tx
    .update(connections)
    .set(standing)
    .where(inArray(connections.organizationId, [...organizationIds]));
}
