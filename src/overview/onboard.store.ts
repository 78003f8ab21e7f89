// How far a node of the tree of customers is: its spaces, its people, and its organizations with what is still to be done for each.

import { and, asc, eq, exists, isNull, not, notExists, type SQL, sql } from 'drizzle-orm';
import { rights } from '../chat/chat.schema.ts';
import { connections } from '../connections/connections.schema.ts';
import type { Way } from '../connections/ways/ways.ts';
import type { Customer } from '../customers/customer.store.ts';
import { customers } from '../customers/customers.schema.ts';
import type { Db } from '../db/database.ts';
import { atOrBelow, inScope, type Scope } from '../db/scope.ts';
import { locations, syncs } from '../directory/directory.schema.ts';
import { directoryKinds } from '../directory/kinds.ts';
import { whyWayCannotRead } from '../directory/sync/sync-rules.ts';
import { COUNTED_MAX } from '../lib/text.ts';
import { organizations } from '../organizations/organizations.schema.ts';
import { sites } from '../sites/sites.schema.ts';
import { spaces } from '../spaces/spaces.schema.ts';

/** What is to be read of each organization, as far as the way can that holds it. */
const toRead = directoryKinds.filter(({ kind }) => kind === 'roles' || kind === 'licenses');

/** An organization at the node or below, as the checklist needs it. */
export interface OnboardedOrganization {
  readonly id: string;
  readonly name: string;
  /** It has a connection whose refresh token Webex should still take. */
  readonly isConnected: boolean;
  /** Its record asks for a sync. */
  readonly wantsSync: boolean;
  /** All that is to be read, and that its way can read, has been read once. */
  readonly isSynced: boolean;
  /** Webex has locations of it. */
  readonly hasLocations: boolean;
  /** Each of these is a site. */
  readonly isPlaced: boolean;
  /** A group space that the bot is in is told of it. */
  readonly isToldInGroup: boolean;
}

/** Names for a line of the checklist: the first ones, and how many there are. */
export interface Several {
  readonly names: readonly string[];
  readonly total: number;
}

export interface Onboarding {
  /** Group spaces that stand at the node or below. */
  readonly spaces: Several;
  /** People with rights given at the node or below, by their e-mails. */
  readonly people: Several;
  /** By name; at most one more than `COUNTED_MAX`. */
  readonly organizations: readonly OnboardedOrganization[];
  /** How many organizations this space is told of that stand elsewhere. */
  readonly othersToldHere: number;
}

const namedAtMost = 3;

/** The state of a node that was found in scope, as it is read in this space. */
export async function readOnboarding(
  db: Db,
  { scope, node: { path }, roomId, now }: { scope: Scope; node: Customer; roomId: string; now: Date },
): Promise<Onboarding> {
  const isBelow = atOrBelow(path);
  const [spacesBelow, people, records, othersToldHere] = await Promise.all([
    spacesAt(db, isBelow),
    peopleAt(db, isBelow),
    recordsAt(db, { scope, isBelow, now }),
    countOthers(db, { roomId, isBelow }),
  ]);
  return { spaces: spacesBelow, people, organizations: records, othersToldHere };
}

async function spacesAt(db: Db, isBelow: SQL): Promise<Several> {
  const found = await db
    .select({ title: spaces.title, total: sql<number>`count(*) over ()::int` })
    .from(spaces)
    .innerJoin(customers, eq(customers.id, spaces.customerId))
    .where(and(isBelow, eq(spaces.type, 'group'), isNull(spaces.leftAt)))
    .orderBy(asc(spaces.joinedAt))
    .limit(namedAtMost);
  return { names: found.map(({ title }) => title ?? 'A group space'), total: found[0]?.total ?? 0 };
}

async function peopleAt(db: Db, isBelow: SQL): Promise<Several> {
  const found = await db
    .select({ email: sql<string>`min(${rights.email})`, total: sql<number>`count(*) over ()::int` })
    .from(rights)
    .innerJoin(customers, eq(customers.id, rights.customerId))
    .where(isBelow)
    .groupBy(rights.personId)
    .orderBy(sql`min(${rights.email})`)
    .limit(namedAtMost);
  return { names: found.map(({ email }) => email), total: found[0]?.total ?? 0 };
}

async function recordsAt(
  db: Db,
  { scope, isBelow, now }: { scope: Scope; isBelow: SQL; now: Date },
): Promise<OnboardedOrganization[]> {
  const { state, refreshTokenExpiresAt } = connections;
  const read = sql<string[]>`coalesce((select json_agg(${syncs.kind}) from ${syncs}
    where ${syncs.organizationId} = ${organizations.id}), '[]'::json)`;
  const isThere = and(eq(locations.organizationId, organizations.id), isNull(locations.goneAt));
  const located = exists(db.select({ one: sql`1` }).from(locations).where(isThere));
  const site = db
    .select({ one: sql`1` })
    .from(sites)
    .where(and(eq(sites.organizationId, locations.organizationId), eq(sites.locationId, locations.webexId)));
  const unplaced = exists(
    db
      .select({ one: sql`1` })
      .from(locations)
      .where(and(isThere, notExists(site))),
  );
  const found = await db
    .select({
      id: organizations.id,
      name: organizations.name,
      searchName: organizations.searchName,
      wantsSync: organizations.sync,
      isConnected: sql<boolean>`coalesce(${state} <> 'lost' and ${refreshTokenExpiresAt} > ${now.toISOString()}::timestamptz, false)`,
      way: connections.way,
      read,
      located: sql<boolean>`${located}`,
      unplaced: sql<boolean>`${unplaced}`,
      isToldInGroup: sql<boolean>`coalesce(${spaces.type} = 'group' and ${spaces.leftAt} is null, false)`,
    })
    .from(organizations)
    .innerJoin(customers, eq(customers.id, organizations.customerId))
    .leftJoin(connections, eq(connections.organizationId, organizations.id))
    .leftJoin(spaces, eq(spaces.roomId, organizations.roomId))
    .where(and(isBelow, inScope(scope, organizations.id)))
    .limit(COUNTED_MAX + 1);
  return found
    .sort((one, other) => (one.searchName < other.searchName ? -1 : 1))
    .map(({ searchName: _, way, read: kinds, located: hasLocations, unplaced: isOpen, ...record }) => ({
      ...record,
      isSynced: toRead.every((one) => kinds.includes(one.kind) || (way !== null && !canRead(way, one))),
      hasLocations,
      isPlaced: !isOpen,
    }));
}

const canRead = (way: Way, kind: (typeof toRead)[number]): boolean => whyWayCannotRead(kind, way) === undefined;

/** Only counted: none of them is named. */
function countOthers(db: Db, { roomId, isBelow }: { roomId: string; isBelow: SQL }): Promise<number> {
  const standsBelow = sql`${organizations.customerId} in (select ${customers.id} from ${customers} where ${isBelow})`;
  return db.$count(organizations, and(eq(organizations.roomId, roomId), not(standsBelow)));
}
