// Queries of a refresh. Each of its two ways through the store is one statement, and one for all that go that way at the same time, so that thousands
// of grants may fall due together.

import { and, eq, getTableColumns, isNull, sql } from 'drizzle-orm';
import { refreshStep } from '../domain/transaction.ts';
import { announceChange } from './changes.ts';
import { type Connection, newDeadline } from './connections.ts';
import { type Db, readRow, rows } from './database.ts';
import { gather } from './gather.ts';
import type { Organization } from './organizations.ts';
import { prepared } from './prepared.ts';
import { connections, organizations, refreshes, transactionLog, transactionSteps, transactions } from './schema.ts';

/** A connection that was taken to be refreshed, as it was then, and the transaction that the refresh is a try of. */
export interface ClaimedRefresh {
  connection: Connection;
  organization: Organization;
  transactionId: number;
  /** The number of this try, with which alone it can be ended. */
  attempt: number;
}

interface Claim {
  organizationId: string;
  /** Whether it is taken although it is not due. */
  asked: boolean;
  requestedBy: string;
  now: Date;
  until: Date;
}

/**
 * Takes a connection until `until` and opens the transaction of its refresh, or takes up the one that is still open. Undefined, and
 * nothing is written, where somebody else has it, it is lost or gone, or, unless `asked`, it is not due.
 */
export const claimRefresh = (db: Db, claim: Claim): Promise<ClaimedRefresh | undefined> => claims(db)(claim);

const claims = prepared((db) => gather((wanted: readonly Claim[]) => claimAll(db, wanted)));

/** All as of the moment of the last one, which is when they are asked for. */
async function claimAll(db: Db, wanted: readonly Claim[]): Promise<(ClaimedRefresh | undefined)[]> {
  const last = wanted.at(-1);
  if (!last) return [];
  const now = sql`${last.now.toISOString()}::timestamptz`;
  // One that is wanted twice is taken once.
  const byOrganization = new Map(wanted.map((claim) => [claim.organizationId, claim]));
  const unique = JSON.stringify(
    [...byOrganization.values()].map(({ organizationId, asked, requestedBy }) => [organizationId, asked, requestedBy]),
  );
  const found = await rows<{ organization_id: string; transaction_id: unknown; attempt: number }>(
    db,
    // From an array the planner expects ten rows, not a hundred, for which it would read all organizations.
    sql`with wanted as materialized (
        select (claim->>0)::uuid as wanted_id, (claim->>1)::boolean as asked, claim->>2 as requested_by
        from unnest(array(select json_array_elements(${unique}::json))) claim
      ),
      free as (
        select requested_by, organizations.* from wanted join ${connections} on organization_id = wanted_id
          join ${organizations} on id = organization_id
        where state <> 'lost' and (refresh_held_until is null or refresh_held_until <= ${now})
          and (asked or refresh_due_at <= ${now})
        -- Whoever has locked it is about to take it, and has it then.
        for update of connections skip locked
      ),
      held as (
        update ${connections} set refresh_held_until = ${last.until.toISOString()}::timestamptz
        from free where organization_id = id
        returning *
      ),
      opened as (
        insert into ${transactions} (action, organization_id, organization_name, requested_by, room_id, status, submitted_at, started_at)
        select 'refresh', id, name, requested_by, room_id, 'in_progress', ${now}, ${now}
        from held
        on conflict (organization_id) where action = 'refresh' and completed_at is null do update set status = 'in_progress'
        returning id as opened_id, organization_id as opened_for
      ),
      begun as (
        insert into ${transactionSteps} as step (transaction_id, position, name, attempt, status, started_at)
        select opened_id, 0, ${refreshStep}, 1, 'running', ${now} from opened
        on conflict (transaction_id, position) do update
        set attempt = step.attempt + 1, status = 'running', message = null, started_at = excluded.started_at
        returning transaction_id, attempt
      )
      select * from held join opened on opened_for = id join begun on transaction_id = opened_id`,
  );
  const claimed = new Map(found.map((row) => [row.organization_id, row]));
  return wanted.map(({ organizationId }) => {
    const row = claimed.get(organizationId);
    if (!row) return undefined;
    claimed.delete(organizationId);
    return {
      connection: readRow(connections, row),
      organization: readRow(organizations, row),
      transactionId: Number(row.transaction_id),
      attempt: row.attempt,
    };
  });
}

type Refreshed = Pick<
  Connection,
  | 'accessToken'
  | 'refreshToken'
  | 'accessTokenExpiresAt'
  | 'refreshTokenExpiresAt'
  | 'obtainedAt'
  | 'scopes'
  | 'refreshDueAt'
>;

interface Try {
  transactionId: number;
  attempt: number;
}

interface RefreshToSave extends Try {
  /** The sealed refresh token as it was when the connection was taken. */
  readRefreshToken: string;
  refreshed: Refreshed;
  /** The deadline has moved, and its warnings begin anew. */
  isRenewed: boolean;
  entry: typeof refreshes.$inferInsert;
  message: string;
}

/**
 * Stores what a refresh brought, its entry in the journal and the end of its transaction, unless the grant was replaced since it was
 * read. False, and nothing is written, where it was. A transaction that was ended meanwhile stays as it is.
 */
export const saveRefreshed = (db: Db, toSave: RefreshToSave): Promise<boolean> => saves(db)(toSave);

const saves = prepared((db) => gather((all: readonly RefreshToSave[]) => saveAll(db, all)));

const columns = getTableColumns(connections);
const named = (keys: readonly string[]) => keys.map((key) => columns[key as keyof typeof columns]);
const tokenColumns = named([
  'accessToken',
  'refreshToken',
  'accessTokenExpiresAt',
  'refreshTokenExpiresAt',
  'obtainedAt',
  'scopes',
  'refreshDueAt',
] satisfies (keyof Refreshed)[]);
const deadlineColumns = named(Object.keys(newDeadline(new Date(0))));

const savedRow = [...tokenColumns, ...deadlineColumns].map((column) => `${column.name} ${column.getSQLType()}`);
const settings = [
  ...tokenColumns.map(({ name }) => `${name} = new.${name}`),
  ...deadlineColumns.map(({ name }) => `${name} = case when is_renewed then new.${name} else connections.${name} end`),
];

async function saveAll(db: Db, all: readonly RefreshToSave[]): Promise<boolean[]> {
  const values = all.map(({ transactionId, attempt, readRefreshToken, refreshed, isRenewed, entry, message }) => ({
    organization: entry.organizationId,
    read_refresh_token: readRefreshToken,
    is_renewed: isRenewed,
    transaction: transactionId,
    attempt,
    message,
    entry,
    ...columnsOf({ ...refreshed, ...newDeadline(refreshed.refreshTokenExpiresAt) }),
  }));
  const saved = await rows<{ organization_id: string }>(
    db,
    sql`with new as materialized (
        select * from json_to_recordset(${JSON.stringify(values)}::json) as new (organization uuid, read_refresh_token text,
          is_renewed boolean, transaction bigint, attempt int, message text, entry json, ${sql.raw(savedRow.join(', '))})
      ),
      saved as (
        update ${connections} set state = 'connected', state_reason = null, failures = 0, refresh_held_until = null,
          ${sql.raw(settings.join(', '))}
        from new where organization_id = organization and connections.refresh_token = read_refresh_token
        returning organization_id, transaction, attempt, message, entry, (entry->>'at')::timestamptz as ended_at
      ),
      ended as (
        update ${transactions} set status = 'success', message = saved.message, completed_at = ended_at
        from saved where id = transaction and completed_at is null
      ),
      done as (
        update ${transactionSteps} set status = 'done', message = saved.message, completed_at = ended_at
        from saved where transaction_id = transaction and position = 0 and transaction_steps.attempt = saved.attempt
          and status = 'running'
      )
      insert into ${refreshes} (organization_id, at, reason, transaction_id, outcome, old_deadline_at, new_deadline_at,
        access_token_expires_at, access_token_fingerprint, refresh_token_fingerprint)
      select organization_id, ended_at, entry->>'reason', transaction, entry->>'outcome', (entry->>'oldDeadlineAt')::timestamptz,
        (entry->>'newDeadlineAt')::timestamptz, (entry->>'accessTokenExpiresAt')::timestamptz,
        entry->>'accessTokenFingerprint', entry->>'refreshTokenFingerprint'
      from saved returning organization_id`,
  );
  const organizationIds = new Set(saved.map((row) => row.organization_id));
  return all.map(({ entry }) => organizationIds.has(entry.organizationId));
}

/** By the names that the columns have in the database. */
const columnsOf = (values: Partial<Connection>) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [columns[key as keyof typeof columns].name, value]));

/** Notes that a try failed: the transaction stays open, its step waits for the next one, and its log says why. Nothing where it was ended meanwhile. */
export async function putOffRefresh(
  db: Db,
  { transactionId, attempt, message, now }: Try & { message: string; now: Date },
): Promise<void> {
  const putOff = await db
    .update(transactionSteps)
    .set({ status: 'waiting', message })
    .where(isTry({ transactionId, attempt }))
    .returning({ transactionId: transactionSteps.transactionId });
  if (putOff.length === 0) return;
  await db.insert(transactionLog).values({ transactionId, at: now, message });
  await announceChange(db, transactionId);
}

/** Ends a refresh's transaction that brought no new tokens. Nothing where it was ended meanwhile. */
export async function endRefresh(
  db: Db,
  {
    transactionId,
    attempt,
    now,
    ...end
  }: Try & { now: Date } & (
      | { status: 'success'; message: string }
      | { status: 'fail'; message: string; reason: string; cure: string }
    ),
): Promise<void> {
  await db
    .update(transactionSteps)
    .set({ status: end.status === 'fail' ? 'failed' : 'skipped', message: end.message, completedAt: now })
    .where(isTry({ transactionId, attempt }));
  await db
    .update(transactions)
    .set({ ...end, completedAt: now })
    .where(and(eq(transactions.id, transactionId), isNull(transactions.completedAt)));
  await announceChange(db, transactionId);
}

/** Ends what is open of an organization's refresh because a new grant makes it needless. */
export async function endOpenRefresh(
  db: Db,
  { organizationId, message, now }: { organizationId: string; message: string; now: Date },
): Promise<void> {
  const ended = await db
    .update(transactions)
    .set({ status: 'success', message, completedAt: now })
    .where(
      and(
        eq(transactions.organizationId, organizationId),
        eq(transactions.action, 'refresh'),
        isNull(transactions.completedAt),
      ),
    )
    .returning({ id: transactions.id });
  for (const { id } of ended) {
    await db
      .update(transactionSteps)
      .set({ status: 'skipped', completedAt: now })
      .where(and(eq(transactionSteps.transactionId, id), isNull(transactionSteps.completedAt)));
    await announceChange(db, id);
  }
}

const isTry = ({ transactionId, attempt }: Try) =>
  and(
    eq(transactionSteps.transactionId, transactionId),
    eq(transactionSteps.attempt, attempt),
    eq(transactionSteps.status, 'running'),
  );
