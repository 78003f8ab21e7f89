// Queries on what partners manage, and on which of it there are records.

import { and, asc, eq, gt, isNotNull, isNull, lt, type SQL, sql } from 'drizzle-orm';
import { NAMED_IN_NOTICE } from '../chat/named.ts';
import { connections } from '../connections/connections.schema.ts';
import { notManaged } from '../connections/ways/ways.ts';
import { type Db, rows } from '../db/database.ts';
import { isLive } from '../db/scope.ts';
import { searchKey } from '../lib/search-key.ts';
import { organizations } from '../organizations/organizations.schema.ts';
import { managedOrganizations as managed } from './discovery.schema.ts';
import type { Sight } from './sights.ts';

export type Managed = typeof managed.$inferSelect;

/** An organization as Webex lists it. */
export interface Listed {
  webexUuid: string;
  webexOrgId: string;
  /** Null where Webex did not say: the known name stays, and a new one is called by its number. */
  name: string | null;
  /** Undefined where Webex did not say: what was known stays. */
  tags?: readonly string[] | undefined;
}

function hasRecordOf(uuid: SQL): SQL {
  return sql`exists (select 1 from ${organizations} where ${organizations.account_number_external} = ${uuid})`;
}

/**
 * Saves a part of what one look has listed. One that was renamed keeps its former name, and is told of where it has a record; one that was gone is managed again,
 * and told of anew.
 */
export async function saveListed(
  db: Db,
  { partnerId, listed, at }: { partnerId: string; listed: readonly Listed[]; at: Date },
): Promise<void> {
  if (listed.length === 0) return;
  const values = listed.map((one) => ({ ...one, searchName: searchKey(one.name ?? one.webexUuid) }));
  const now = sql`${at.toISOString()}::timestamptz`;
  const name = sql`case when excluded.name = excluded.webex_uuid::text then known.name else excluded.name end`;
  const searchName = sql`case when excluded.name = excluded.webex_uuid::text then known.search_name else excluded.search_name end`;
  const isTagged = listed.every(({ tags }) => tags !== undefined);
  await rows(
    db,
    sql`insert into ${managed} as known (partner_id, webex_uuid, webex_org_id, name, search_name, tags, first_seen_at, seen_at)
      select ${partnerId}::uuid, "webexUuid", "webexOrgId", coalesce(name, "webexUuid"::text), "searchName", coalesce(tags, '{}'), ${now}, ${now}
      from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
        as listed ("webexUuid" uuid, "webexOrgId" text, name text, "searchName" text, tags text[])
      on conflict (partner_id, webex_uuid) do update set
        webex_org_id = excluded.webex_org_id, name = ${name}, search_name = ${searchName},
        ${isTagged ? sql`tags = excluded.tags,` : sql``}
        former_name = case when known.name <> ${name} then known.name else known.former_name end,
        notified_at = case when known.gone_at is null
          and not (known.name <> ${name} and ${hasRecordOf(sql`known.webex_uuid`)}) then known.notified_at end,
        gone_at = null, seen_at = greatest(known.seen_at, excluded.seen_at)`,
  );
}

/** Saves that what a look has not listed is gone, to be told of. */
export async function saveGone(db: Db, { partnerId, at }: { partnerId: string; at: Date }): Promise<void> {
  await db
    .update(managed)
    .set({ goneAt: at, notifiedAt: null })
    .where(and(eq(managed.partnerId, partnerId), lt(managed.seenAt, at), isNull(managed.goneAt)));
}

const isNew = and(isNull(managed.goneAt), sql`not ${hasRecordOf(sql`${managed.webexUuid}`)}`);

const isHeldHere = sql`exists (select 1 from ${organizations} join ${connections} on ${connections.organizationId} = ${organizations.id}
  where ${organizations.account_number_external} = ${managed.webexUuid} and ${connections.viaOrganizationId} = ${managed.partnerId}
    and ${isLive(organizations.id)})`;

const isRenamed = and(
  isNotNull(managed.formerName),
  isNull(managed.goneAt),
  sql`exists (select 1 from ${organizations} where ${organizations.account_number_external} = ${managed.webexUuid}
    and ${organizations.searchName} <> ${managed.searchName} and ${isLive(organizations.id)})`,
);

const conditions: Readonly<Record<Sight, SQL | undefined>> = {
  new: isNew,
  gone: and(isNotNull(managed.goneAt), isHeldHere),
  renamed: isRenamed,
};

const ofSight = (partnerId: string, sight: Sight) => and(eq(managed.partnerId, partnerId), conditions[sight]);

/** By name. */
const inOrder = [asc(sql`${managed.searchName} collate "C"`), asc(managed.webexUuid)];

/** A row of what is looked at; `organizationId` is that of its record. */
export type Sighted = Pick<Managed, 'webexUuid' | 'name' | 'formerName' | 'goneAt' | 'tags'> & {
  organizationId: string | null;
  /** What the record is called. */
  recordName: string | null;
};

/** What of a partner is listed; `tag`: only what carries it. */
export interface Listing {
  partnerId: string;
  sight: Sight;
  tag?: string | undefined;
}

/** However it is written. */
const carriesTag = (tag: string): SQL =>
  sql`exists (select 1 from unnest(${managed.tags}) as one(tag) where lower(one.tag) = lower(${tag}))`;

/** How many of a sight carry a tag. */
export async function countTagged(db: Db, { partnerId, sight, tag }: Listing): Promise<number> {
  return db.$count(managed, and(ofSight(partnerId, sight), tag === undefined ? undefined : carriesTag(tag)));
}

/** One page, by name. */
export function listSighted(
  db: Db,
  { partnerId, sight, tag, offset, limit }: Listing & { offset: number; limit: number },
): Promise<Sighted[]> {
  return db
    .select({
      webexUuid: managed.webexUuid,
      name: managed.name,
      formerName: managed.formerName,
      goneAt: managed.goneAt,
      tags: managed.tags,
      organizationId: organizations.id,
      recordName: organizations.name,
    })
    .from(managed)
    .leftJoin(organizations, eq(organizations.account_number_external, managed.webexUuid))
    .where(and(ofSight(partnerId, sight), tag === undefined ? undefined : carriesTag(tag)))
    .orderBy(...inOrder)
    .offset(offset)
    .limit(limit);
}

export type SightCounts = Record<Sight, number> & { managed: number };

/** How many organizations the partner manages, and how many there are of each sight. */
export async function countSights(db: Db, partnerId: string): Promise<SightCounts> {
  const of = (condition: SQL | undefined) => sql<number>`count(*) filter (where ${condition})::int`;
  const [row] = await db
    .select({
      managed: of(isNull(managed.goneAt)),
      new: of(conditions.new),
      gone: of(conditions.gone),
      renamed: of(conditions.renamed),
    })
    .from(managed)
    .where(eq(managed.partnerId, partnerId));
  return row ?? { managed: 0, new: 0, gone: 0, renamed: 0 };
}

/** When the partner was looked at last; undefined where it never was. */
export async function lastLookAt(db: Db, partnerId: string): Promise<Date | undefined> {
  const [row] = await db
    .select({ at: sql<string | null>`max(${managed.seenAt})` })
    .from(managed)
    .where(eq(managed.partnerId, partnerId));
  return row?.at ? new Date(row.at) : undefined;
}

/** Claims what is new of a partner, or those of it that are named, for a request that adds it. Returns how many. */
export async function claimToAdd(
  tx: Db,
  { partnerId, addingId, webexUuids }: { partnerId: string; addingId: string; webexUuids: readonly string[] | 'all' },
): Promise<number> {
  const named =
    webexUuids === 'all' ? undefined : sql`${managed.webexUuid} = any(${`{${webexUuids.join(',')}}`}::uuid[])`;
  const claimed = await tx
    .update(managed)
    .set({ addingId, notifiedAt: sql`coalesce(${managed.notifiedAt}, now())` })
    .where(and(ofSight(partnerId, 'new'), named))
    .returning({ webexUuid: managed.webexUuid });
  return claimed.length;
}

/** A page of what a request still has to add. */
export const pageToAdd = (db: Db, { addingId, limit }: { addingId: string; limit: number }): Promise<Managed[]> =>
  db.select().from(managed).where(eq(managed.addingId, addingId)).orderBy(asc(managed.webexUuid)).limit(limit);

/** Saves that nothing is left to do for one, whatever came of it. */
export async function saveAdded(
  tx: Db,
  { partnerId, webexUuid }: Pick<Managed, 'partnerId' | 'webexUuid'>,
): Promise<void> {
  await tx
    .update(managed)
    .set({ addingId: null })
    .where(and(eq(managed.partnerId, partnerId), eq(managed.webexUuid, webexUuid)));
}

/** The organization of a partner by its Webex UUID. */
export async function findManaged(
  db: Db,
  { partnerId, webexUuid }: Pick<Managed, 'partnerId' | 'webexUuid'>,
): Promise<Managed | undefined> {
  const [found] = await db
    .select()
    .from(managed)
    .where(and(eq(managed.partnerId, partnerId), eq(managed.webexUuid, webexUuid)));
  return found;
}

/** Saves that somebody has dealt with a new name. */
export async function settleNameOf(
  tx: Db,
  { partnerId, webexUuid }: Pick<Managed, 'partnerId' | 'webexUuid'>,
): Promise<void> {
  await tx
    .update(managed)
    .set({ formerName: null })
    .where(and(eq(managed.partnerId, partnerId), eq(managed.webexUuid, webexUuid)));
}

/** What nobody was told of yet: how many are new and how many are gone, with the names of the first ones. Saves all of it as told, but for what was renamed. */
export async function claimUntold(
  tx: Db,
  { partnerId, now }: { partnerId: string; now: Date },
): Promise<{ new: number; gone: number; names: { new: string[]; gone: string[] } }> {
  const isUntold = and(eq(managed.partnerId, partnerId), isNull(managed.notifiedAt));
  const ofUntold = async (sight: Sight) => {
    const untold = and(isUntold, conditions[sight]);
    const first = await firstSighted(tx, untold);
    return { count: await tx.$count(managed, untold), names: first.map(({ name, recordName }) => recordName ?? name) };
  };
  const isNewHere = await ofUntold('new');
  const isGone = await ofUntold('gone');
  await tx
    .update(managed)
    .set({ notifiedAt: now })
    .where(and(isUntold, sql`not ${isRenamed}`));
  return { new: isNewHere.count, gone: isGone.count, names: { new: isNewHere.names, gone: isGone.names } };
}

/** The renamed ones that nobody was told of yet: how many there are, and the first of them. Saves all of them as told. */
export async function claimRenamed(
  tx: Db,
  { partnerId, now }: { partnerId: string; now: Date },
): Promise<{ renamed: number; first: { webexUuid: string; name: string; recordName: string }[] }> {
  const isUntold = and(ofSight(partnerId, 'renamed'), isNull(managed.notifiedAt));
  const first = await firstSighted(tx, isUntold);
  const renamed = await tx
    .update(managed)
    .set({ notifiedAt: now })
    .where(isUntold)
    .returning({ id: managed.webexUuid });
  return {
    renamed: renamed.length,
    first: first.map(({ webexUuid, name, recordName }) => ({ webexUuid, name, recordName: recordName ?? name })),
  };
}

/** The first ones by name, as many as a message names. */
const firstSighted = (tx: Db, condition: SQL | undefined) =>
  tx
    .select({ webexUuid: managed.webexUuid, name: managed.name, recordName: organizations.name })
    .from(managed)
    .leftJoin(organizations, eq(organizations.account_number_external, managed.webexUuid))
    .where(condition)
    .orderBy(...inOrder)
    .limit(NAMED_IN_NOTICE);

/** Connections that were lost since their partner managed the organization no more, and that it manages again: our ids, in order, behind `after`. */
export async function managedAgain(
  db: Db,
  { partnerId, after, limit }: { partnerId: string; after: string | null; limit: number },
): Promise<string[]> {
  const found = await db
    .select({ id: organizations.id })
    .from(connections)
    .innerJoin(organizations, eq(organizations.id, connections.organizationId))
    .innerJoin(
      managed,
      and(
        eq(managed.partnerId, connections.viaOrganizationId),
        eq(managed.webexUuid, organizations.account_number_external),
      ),
    )
    .where(
      and(
        eq(connections.state, 'lost'),
        eq(connections.stateReason, notManaged),
        eq(connections.viaOrganizationId, partnerId),
        after === null ? undefined : gt(connections.organizationId, after),
        isNull(managed.goneAt),
        isLive(organizations.id),
      ),
    )
    .orderBy(asc(connections.organizationId))
    .limit(limit);
  return found.map(({ id }) => id);
}
