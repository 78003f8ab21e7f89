// Queries of a refresh. Each of its two ways through the store is one statement, and one for all that go that way at the same time, so that thousands
// of grants may fall due together.

import { and, eq, getTableColumns, isNull, sql } from 'drizzle-orm';
import { type Db, readRow, rows } from '../../db/database.ts';
import { flags } from '../../db/flags.schema.ts';
import { misconfigured } from '../../db/flags.ts';
import { prepared } from '../../db/prepared.ts';
import { batch } from '../../lib/batch.ts';
import type { Organization } from '../../organizations/organization.store.ts';
import { organizations } from '../../organizations/organizations.schema.ts';
import { settings } from '../../settings/settings.schema.ts';
import { defaultSettings, type OwnSettings, resolveSettings, type Settings } from '../../settings/settings.ts';
import { endStep, endTransaction, noteStep, recordFailure } from '../../transactions/transaction.store.ts';
import { transactionSteps, transactions } from '../../transactions/transactions.schema.ts';
import { type Connection, lockOrder } from '../connection.store.ts';
import { connections, refreshes } from '../connections.schema.ts';
import { newDeadline, type WarningRules } from '../deadline.ts';
import { refreshStep, refreshTransactionWords as words } from './refresh-transaction.ts';

/** A connection that was taken to be refreshed, as it was then, and the transaction that the refresh is a try of. */
export interface ClaimedRefresh {
  connection: Connection;
  organization: Organization;
  /** What counts in the organization's space. */
  settings: Settings;
  transactionId: number;
  /** The number of this try, with which alone it can be ended. */
  attempt: number;
  /** Until when it is held: as long as the last of those that were taken together. */
  until: Date;
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
export async function claimRefresh(db: Db, claim: Claim): Promise<ClaimedRefresh | undefined> {
  const claimed = await claims(db)(claim);
  if (claimed) return claimed;
  // Something else of it may have been in writing for a moment: a proof of life, a warning. One alone may wait for that, and waits for nothing where it is not free.
  const [waitedFor] = await claimAll(db, [claim], { wait: true });
  return waitedFor;
}

const claims = prepared((db) => batch((wanted: readonly Claim[]) => claimAll(db, wanted, { wait: false })));

interface ClaimedRow {
  organization_id: string;
  transaction_id: unknown;
  attempt: number;
  /** What each level has decided for itself; null where it has not. */
  provider: unknown;
  space: unknown;
}

const ownSettings = (value: unknown) =>
  value === null ? null : (settings.values.mapFromDriverValue(value) as OwnSettings);

/**
 * All as of the moment of the last one, which is when they are asked for. Unless it may `wait`, it passes over what others are writing: of many,
 * each would wait for the slowest, and two that wait for each other would fail.
 */
async function claimAll(
  db: Db,
  wanted: readonly Claim[],
  { wait }: { wait: boolean },
): Promise<(ClaimedRefresh | undefined)[]> {
  const last = wanted.at(-1);
  if (!last) return [];
  const now = sql`${last.now.toISOString()}::timestamptz`;
  // One that is wanted twice is taken once.
  const byOrganization = new Map(wanted.map((claim) => [claim.organizationId, claim]));
  const unique = JSON.stringify(
    [...byOrganization.values()].map(({ organizationId, asked, requestedBy }) => [organizationId, asked, requestedBy]),
  );
  const found = await rows<ClaimedRow>(
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
        for update of connections ${sql.raw(wait ? '' : 'skip locked')}
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
        select opened_id, 0, ${refreshStep.name}, 1, 'running', ${now} from opened
        on conflict (transaction_id, position) do update
        set attempt = step.attempt + 1, status = 'running', message = null, started_at = excluded.started_at
        returning transaction_id, attempt
      )
      select *,
        (select "values" from ${settings} where level = 'provider' and subject = '') as provider,
        (select "values" from ${settings} where level = 'space' and subject = room_id) as space
      from held join opened on opened_for = id join begun on transaction_id = opened_id`,
  );
  const claimed = new Map(found.map((row) => [row.organization_id, row]));
  return wanted.map(({ organizationId }) => {
    const row = claimed.get(organizationId);
    if (!row) return undefined;
    claimed.delete(organizationId);
    return {
      connection: readRow(connections, row),
      organization: readRow(organizations, row),
      settings: resolveSettings([row.provider, row.space].map(ownSettings)),
      transactionId: Number(row.transaction_id),
      attempt: row.attempt,
      until: last.until,
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

/** Of the one step that a refresh has. */
const position = 0;

interface Try {
  transactionId: number;
  attempt: number;
}

interface RefreshToSave extends Try {
  /** The sealed refresh token as it was when the connection was taken. */
  readRefreshToken: string;
  refreshed: Refreshed;
  /** Where the deadline has moved, its warnings begin anew, by these rules. */
  rules: WarningRules | undefined;
  entry: typeof refreshes.$inferInsert;
  message: string;
  /** Then Webex may have refused our integration, which it has taken now. */
  hasFailedBefore: boolean;
}

/**
 * Stores what a refresh brought, its entry in the journal and the end of its transaction, unless the grant was replaced since it was
 * read. False, and nothing of it is written, where it was. A transaction that was ended meanwhile stays as it is.
 */
export const saveRefreshed = (db: Db, toSave: RefreshToSave): Promise<boolean> => saves(db)(toSave);

const saves = prepared((db) => batch((all: readonly RefreshToSave[]) => saveAll(db, all)));

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
const deadlineColumns = named(Object.keys(newDeadline(new Date(0), defaultSettings)));

const savedRow = [...tokenColumns, ...deadlineColumns].map((column) => `${column.name} ${column.getSQLType()}`);
const assignments = [
  ...tokenColumns.map(({ name }) => `${name} = new.${name}`),
  ...deadlineColumns.map(({ name }) => `${name} = case when is_moved then new.${name} else connections.${name} end`),
];

async function saveAll(db: Db, all: readonly RefreshToSave[]): Promise<boolean[]> {
  const values = all.map(({ transactionId, attempt, readRefreshToken, refreshed, rules, entry, message }) => ({
    organization: entry.organizationId,
    read_refresh_token: readRefreshToken,
    is_moved: rules !== undefined,
    transaction: transactionId,
    attempt,
    message,
    entry,
    ...columnsOf({ ...refreshed, ...(rules ? newDeadline(refreshed.refreshTokenExpiresAt, rules) : {}) }),
  }));
  // Healthy refreshes, which are nearly all, leave the marker alone.
  const configured = all.some(({ hasFailedBefore }) => hasFailedBefore)
    ? sql`configured as (delete from ${flags} where name = ${misconfigured}),`
    : sql``;
  const saved = await rows<{ organization_id: string; ended: boolean }>(
    db,
    sql`with new as materialized (
        select * from json_to_recordset(${JSON.stringify(values)}::json) as new (organization uuid, read_refresh_token text,
          is_moved boolean, transaction bigint, attempt int, message text, entry json, ${sql.raw(savedRow.join(', '))})
      ),
      held as (
        select organization_id as held_id from ${connections} join new on organization_id = organization
        order by ${lockOrder} for update of connections
      ),
      ${configured}
      saved as (
        update ${connections} set state = 'connected', state_reason = null, failures = 0, refresh_held_until = null, failing_warn_at = null,
          lost_told_at = null,
          ${sql.raw(assignments.join(', '))}
        from new join held on held_id = organization
        where organization_id = organization and connections.refresh_token = read_refresh_token
        returning organization_id, transaction, attempt, message, entry, (entry->>'at')::timestamptz as ended_at
      ),
      ended as (
        update ${transactions} set status = 'success', message = saved.message, completed_at = ended_at
        from saved where id = transaction and completed_at is null and cancel_requested_at is null
        returning id
      ),
      done as (
        update ${transactionSteps} set status = 'done', message = saved.message, completed_at = ended_at
        from saved where transaction_id = transaction and position = ${position} and transaction_steps.attempt = saved.attempt
          and status = 'running'
      )
      insert into ${refreshes} (organization_id, at, reason, transaction_id, outcome, old_deadline_at, new_deadline_at,
        access_token_expires_at, access_token_fingerprint, refresh_token_fingerprint)
      select organization_id, ended_at, entry->>'reason', transaction, entry->>'outcome', (entry->>'oldDeadlineAt')::timestamptz,
        (entry->>'newDeadlineAt')::timestamptz, (entry->>'accessTokenExpiresAt')::timestamptz,
        entry->>'accessTokenFingerprint', entry->>'refreshTokenFingerprint'
      from saved returning organization_id, transaction_id in (select id from ended) as ended`,
  );
  const ended = new Map(saved.map((row) => [row.organization_id, row.ended]));
  for (const { entry, transactionId } of all) {
    // A wish to cancel came while Webex was asked: the tokens are kept, and the transaction ends as the wish says.
    if (ended.get(entry.organizationId) === false) {
      await endTransaction(db, { transactionId, status: 'success', words, now: entry.at });
    }
  }
  return all.map(({ entry }) => ended.has(entry.organizationId));
}

/** By the names that the columns have in the database. */
const columnsOf = (values: Partial<Connection>) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [columns[key as keyof typeof columns].name, value]));

/**
 * Lets go of a connection that was taken until then and never asked for: it is due, its step waits, and whoever looks next takes it and its open
 * transaction up. Nothing where others have it by now.
 */
export async function releaseRefresh(
  db: Db,
  {
    organizationId,
    until,
    message,
    now,
    ...its
  }: Pick<Claim, 'organizationId' | 'until' | 'now'> & Try & { message: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const released = await tx
      .update(connections)
      .set({
        refreshLeasedUntil: null,
        refreshDueAt: sql`least(${connections.refreshDueAt}, ${now.toISOString()}::timestamptz)`,
      })
      .where(and(eq(connections.organizationId, organizationId), eq(connections.refreshLeasedUntil, until)))
      .returning({ organizationId: connections.organizationId });
    if (released.length > 0) await rescheduleRefresh(tx, { ...its, message, now });
  });
}

/** Notes that a try failed: the transaction stays open, its step waits for the next one, and its log says why. Nothing where it was ended meanwhile. */
export function rescheduleRefresh(
  db: Db,
  { transactionId, attempt, message, now }: Try & { message: string; now: Date },
): Promise<void> {
  return noteStep(db, { transactionId, attempt, position, message, words, now });
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
      | { status: 'fail'; message: string; reason: string; hint: string }
    ),
): Promise<void> {
  const outcome = end.status === 'fail' ? 'failed' : 'skipped';
  await endStep(db, { transactionId, attempt, position, outcome, message: end.message, now });
  if (end.status === 'fail') await recordFailure(db, transactionId, end);
  else await saveMessage(db, transactionId, end.message);
  await endTransaction(db, { transactionId, status: end.status, words, now });
}

/** Ends what is open of an organization's refresh because a new grant makes it needless. */
export async function endOpenRefresh(
  db: Db,
  { organizationId, message, now }: { organizationId: string; message: string; now: Date },
): Promise<void> {
  const [open] = await db
    .select({ id: transactions.id })
    .from(transactions)
    .where(
      and(
        eq(transactions.organizationId, organizationId),
        eq(transactions.action, 'refresh'),
        isNull(transactions.completedAt),
      ),
    );
  if (!open) return;
  await saveMessage(db, open.id, message);
  await endTransaction(db, { transactionId: open.id, status: 'success', words, now });
}

async function saveMessage(db: Db, transactionId: number, message: string): Promise<void> {
  await db
    .update(transactions)
    .set({ message })
    .where(and(eq(transactions.id, transactionId), isNull(transactions.completedAt)));
}
