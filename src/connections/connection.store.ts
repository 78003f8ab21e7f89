// Queries on connections. Tokens go in and out sealed.

import { and, asc, count, eq, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import { isOneOf } from '../db/counted.ts';
import type { Db } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { inScope, isLive, type Scope, standsInScope } from '../db/scope.ts';
import { fewInScope } from '../organizations/few-organizations.store.ts';
import { carriesEach } from '../organizations/labels/label.store.ts';
import { byName, type Organization } from '../organizations/organization.store.ts';
import { organizations } from '../organizations/organizations.schema.ts';
import { connections, withdrawnConnections } from './connections.schema.ts';
import { newDeadline, soonMs, type WarningRules } from './deadline.ts';
import { type Due, type DuePart, dueConnections } from './due.store.ts';
import { notAuthorized } from './refresh/refresh-rules.ts';

export type Connection = typeof connections.$inferSelect;

/** One whose tokens were not erased: every connection that is not lost. */
export type LiveConnection = Connection & { accessToken: string; refreshToken: string };

export const hasTokens = (connection: Connection): connection is LiveConnection =>
  connection.accessToken !== null && connection.refreshToken !== null;

/** The lock order of connections: whoever changes several in one transaction locks them in this order, so that two never deadlock. */
export const lockOrder = asc(connections.organizationId);

/** Stores a connection in place of the organization's earlier one, whatever its way and state; a fall-back in another way stays. Its warnings start anew, by `rules`. */
export async function saveConnection(
  db: Db,
  connection: typeof connections.$inferInsert,
  rules: WarningRules,
): Promise<void> {
  const { organizationId, ...given } = connection;
  const grant = {
    way: 'consent' as const,
    viaOrganizationId: null,
    appClientId: null,
    appClientSecret: null,
    ...given,
    state: 'connected' as const,
    stateReason: null,
    failures: 0,
    refusedAt: null,
    refreshLeasedUntil: null,
    failingWarnAt: null,
    lostNotifiedAt: null,
    // The first probe is due at once: it reads what the record needs beyond the connection itself.
    probeDueAt: given.probeDueAt ?? connection.connectedAt,
    probedAt: null,
    findings: [],
    notifiedMissingScopes: [],
    ...newDeadline(connection.refreshTokenExpiresAt, rules),
  };
  // What holds it now is no fall-back any more; a customer's own app is another one than ours.
  const stays = grant.appClientId !== null ? sql`true` : sql`${connections.fallbackWay} is distinct from ${grant.way}`;
  const isOfEndedApp = sql`${connections.fallbackWay} = 'service_app' and ${connections.fallbackRefusal} = ${notAuthorized}`;
  const fallBack = {
    // That Webex gave the app no tokens stays true.
    fallbackRefusal: sql`case when ${stays} and ${isOfEndedApp} then ${connections.fallbackRefusal} end`,
    fallbackWay: sql`case when ${stays} then ${connections.fallbackWay} end`,
    fallbackViaOrganizationId: sql`case when ${stays} then ${connections.fallbackViaOrganizationId} end`,
  };
  await db
    .insert(connections)
    .values({ organizationId, ...grant })
    .onConflictDoUpdate({ target: connections.organizationId, set: { ...fallBack, ...grant } });
}

/** The organization's connection with its tokens sealed, lost ones too; undefined where nobody has connected it. */
export async function findConnection(db: Db, organizationId: string): Promise<Connection | undefined> {
  const [found] = await selectConnection(db).execute({ organizationId });
  return found;
}

const selectConnection = prepared((db) =>
  db
    .select()
    .from(connections)
    .where(eq(connections.organizationId, sql.placeholder('organizationId')))
    .prepare('select_connection'),
);

/** Locks the organization's connection until the transaction ends. */
export async function lockConnection(tx: Db, organizationId: string): Promise<Connection | undefined> {
  const [found] = await tx
    .select()
    .from(connections)
    .where(eq(connections.organizationId, organizationId))
    .for('update');
  return found;
}

/** How many grants of this person are kept, by the person's Webex id: those of withdrawn connections too, which an undo brings back. */
export async function countConnectionsOfPerson(db: Db, personId: string): Promise<number> {
  const countIn = (table: typeof connections | typeof withdrawnConnections) =>
    db.select({ count: count() }).from(table).where(eq(table.authorizedPersonId, personId));
  const [inUse] = await countIn(connections);
  const [withdrawn] = await countIn(withdrawnConnections);
  return (inUse?.count ?? 0) + (withdrawn?.count ?? 0);
}

/** Connections whose refresh is due and that nobody is refreshing, the longest due first. */
export const dueRefreshes = (db: Db, part: DuePart): Promise<Due[]> =>
  dueConnections(db, connections.refreshDueAt, part, isFree(part.now));

/** Whether nobody is refreshing it: there is no lease, or the lease has run out. */
const isFree = (now: Date) => or(isNull(connections.refreshLeasedUntil), lte(connections.refreshLeasedUntil, now));

/** Saves that a refresh failed; false, and nothing is written, where the connection was replaced since it was read. */
export async function saveRefreshFailure(
  db: Db,
  {
    organizationId,
    readRefreshToken,
    state,
    stateReason,
    refreshDueAt,
    failingWarnAt,
    refusedAt,
  }: {
    organizationId: string;
    readRefreshToken: string;
    state: Exclude<Connection['state'], 'connected'>;
    stateReason: string;
    refreshDueAt: Date;
    /** When the space is notified that the connection is failing; used for the first failure in a row. */
    failingWarnAt: Date | null;
    /** Webex refuses the grant since then; used for its first refusal. */
    refusedAt?: Date;
  },
): Promise<boolean> {
  const saved = await db
    .update(connections)
    .set({
      state,
      stateReason,
      refreshDueAt,
      refreshLeasedUntil: null,
      failures: sql`${connections.failures} + 1`,
      // An earlier loss may have been notified, and undone by a reply that was saved later: this is a new loss. But what was refused before is none, and
      // once the space was told that the connection has expired, Webex's refusal is no news.
      ...(state === 'lost' && {
        fallbackRefusal: null,
        lostNotifiedAt: sql`case when ${connections.warnedDays} = 0 or ${connections.refusedAt} is not null or ${connections.state} = 'lost'
          then ${connections.lostNotifiedAt} end`,
      }),
      ...(refusedAt
        ? { refusedAt: sql`coalesce(${connections.refusedAt}, ${refusedAt.toISOString()}::timestamptz)` }
        : {}),
      failingWarnAt: sql`case when ${connections.failures} = 0 then ${failingWarnAt?.toISOString() ?? null}::timestamptz
        else ${connections.failingWarnAt} end`,
    })
    .where(and(eq(connections.organizationId, organizationId), eq(connections.refreshToken, readRefreshToken)))
    .returning({ organizationId: connections.organizationId });
  return saved.length === 1;
}

/** What a warning says of an organization: whom to ask, and who can give its grant. */
type WarnedOf = Pick<Organization, 'id' | 'name' | 'account_email' | 'notes' | 'wholesale_status' | 'servesAsPartner'>;

/** The connections of these organizations, by deadline, with what stands in every warning about them. */
export function connectionsOf(
  db: Db,
  organizationIds: readonly string[],
): Promise<{ organization: WarnedOf; connection: Connection }[]> {
  const { id, name, account_email, notes, wholesale_status, servesAsPartner } = organizations;
  const organization = { id, name, account_email, notes, wholesale_status, servesAsPartner };
  return db
    .select({ organization, connection: connections })
    .from(connections)
    .innerJoin(organizations, eq(organizations.id, connections.organizationId))
    .where(inArray(connections.organizationId, [...organizationIds]))
    .orderBy(asc(connections.refreshTokenExpiresAt));
}

/** Lost ones first, then by deadline; an index has this order. */
export const byDeadline = [
  asc(sql`(${connections.state} <> 'lost')`),
  asc(connections.refreshTokenExpiresAt),
  asc(connections.organizationId),
];

/** Whether anything in scope is or was connected. */
export async function hasConnections(db: Db, { scope }: { scope: Scope }): Promise<boolean> {
  const found = await db
    .select({ id: connections.organizationId })
    .from(connections)
    .where(inScope(scope, connections.organizationId))
    .limit(1);
  return found.length > 0;
}

/** Which connections are seen: a condition, undefined where all are; and whether they are few, each named by its id. */
export interface Seen {
  seen: SQL | undefined;
  isFew: boolean;
}

/**
 * The condition that a connection's organization is in scope, and carries the label where one is asked for: it is one of few, or is looked up for each
 * connection where many are in scope; undefined where all are. A deleted organization has no connection: its own is withdrawn.
 */
export async function seenIn(db: Db, scope: Scope, label?: string): Promise<Seen> {
  const ids = await fewInScope(db, scope, label);
  if (ids) return { seen: isOneOf(connections.organizationId, ids), isFew: true };
  const labeled = label === undefined ? undefined : carriesEach(connections.organizationId, label);
  return { seen: and(standsInScope(scope, connections.customerId), labeled), isFew: false };
}

/** How a space's connections stand: each is in one state, and `soon` are those of them that expire within 30 days. */
export async function standingOf(
  db: Db,
  { roomId, now }: { roomId: string; now: Date },
): Promise<Record<Connection['state'] | 'soon', number>> {
  const is = (state: Connection['state']) => sql<number>`count(*) filter (where ${connections.state} = ${state})::int`;
  const before = new Date(now.getTime() + soonMs).toISOString();
  const [row] = await db
    .select({
      connected: is('connected'),
      failing: is('failing'),
      lost: is('lost'),
      soon: sql<number>`count(*) filter (where ${connections.state} <> 'lost' and ${connections.refreshTokenExpiresAt} <= ${before})::int`,
    })
    .from(connections)
    .innerJoin(organizations, eq(organizations.id, connections.organizationId))
    .where(eq(organizations.roomId, roomId));
  return row ?? { connected: 0, failing: 0, lost: 0, soon: 0 };
}

/** What tells the state of a connection in short: a list reads no more. */
export const stateOfConnection = {
  accessTokenExpiresAt: connections.accessTokenExpiresAt,
  refreshTokenExpiresAt: connections.refreshTokenExpiresAt,
  way: connections.way,
  appClientId: connections.appClientId,
  state: connections.state,
  refreshDueAt: connections.refreshDueAt,
  findings: connections.findings,
};

/** What people may see of a connection: never the tokens. */
export const shownOfConnection = {
  ...stateOfConnection,
  connectedAt: connections.connectedAt,
  authorizedEmail: connections.authorizedEmail,
  byPartner: connections.byPartner,
  fallbackWay: connections.fallbackWay,
  fallbackRefusal: connections.fallbackRefusal,
  scopes: connections.scopes,
  probedAt: connections.probedAt,
  acknowledgedBy: connections.acknowledgedBy,
  acknowledgedAt: connections.acknowledgedAt,
  snoozedUntil: connections.snoozedUntil,
};

export type ShownConnection = Pick<Connection, keyof typeof shownOfConnection>;

/** What people may see of the organization's connection; null where nobody has connected it, or it is out of scope. */
export async function findShownConnection(
  db: Db,
  { scope, organizationId }: { scope: Scope; organizationId: string },
): Promise<ShownConnection | null> {
  const [found] = await db
    .select(shownOfConnection)
    .from(connections)
    .where(and(inScope(scope, connections.organizationId), eq(connections.organizationId, organizationId)));
  return found ?? null;
}

/** Those of these records that are not deleted, with what people may see of their connections, by name. */
export function organizationsWithConnection(
  db: Db,
  ids: readonly string[],
): Promise<{ organization: Organization; connection: ShownConnection | null }[]> {
  return db
    .select({ organization: organizations, connection: shownOfConnection })
    .from(organizations)
    .leftJoin(connections, eq(connections.organizationId, organizations.id))
    .where(and(inArray(organizations.id, [...ids]), isLive(organizations.id)))
    .orderBy(...byName);
}
