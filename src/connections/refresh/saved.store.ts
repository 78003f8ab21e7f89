// Saves refreshed tokens: one statement for all that are saved at the same time, so that thousands of connections may fall due together.

import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import { type Db, rows } from '../../db/database.ts';
import { flags } from '../../db/flags.schema.ts';
import { misconfigured } from '../../db/flags.ts';
import { prepared } from '../../db/prepared.ts';
import { batch } from '../../lib/batch.ts';
import { defaultSettings } from '../../settings/settings.ts';
import { endTransaction } from '../../transactions/transaction.store.ts';
import { transactionSteps, transactions } from '../../transactions/transactions.schema.ts';
import { type Connection, lockOrder } from '../connection.store.ts';
import { connections, refreshes } from '../connections.schema.ts';
import { newDeadline, type WarningRules } from '../deadline.ts';
import { position, type Try } from './refresh.store.ts';
import { refreshTransactionWords as words } from './refresh-transaction.ts';

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

interface RefreshToSave extends Try {
  /** The sealed refresh token as it was when the refresh was claimed. */
  readRefreshToken: string;
  refreshed: Refreshed;
  /** The rules of a moved deadline's new warnings; undefined where it has not moved. */
  rules: WarningRules | undefined;
  entry: typeof refreshes.$inferInsert;
  message: string;
  /** Then the flag of a refused integration may be set, and is cleared. */
  hasFailedBefore: boolean;
}

/**
 * Saves the new tokens, an entry in the journal and the end of the transaction, all or nothing. False where the connection was replaced since it was
 * read. A transaction that has ended stays as it is.
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

/** What new tokens make of a connection, whatever it was before. */
const wellAgain = {
  state: 'connected',
  stateReason: null,
  failures: 0,
  refusedAt: null,
  refreshLeasedUntil: null,
  failingWarnAt: null,
  lostNotifiedAt: null,
} as const satisfies Partial<Connection>;

const savedRow = [...tokenColumns, ...deadlineColumns].map((column) => `${column.name} ${column.getSQLType()}`);
const assignments = [
  ...Object.entries(columnsOf(wellAgain)).map(([name, value]) => `${name} = ${value === null ? 'null' : `'${value}'`}`),
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
  // Healthy refreshes, which are nearly all, leave the flag alone.
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
        update ${connections} set ${sql.raw(assignments.join(', '))}
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
    // A cancellation request came while Webex was asked: the tokens are saved, and the transaction ends as canceled.
    if (ended.get(entry.organizationId) === false) {
      await endTransaction(db, { transactionId, status: 'success', words, now: entry.at });
    }
  }
  return all.map(({ entry }) => ended.has(entry.organizationId));
}

/**
 * Saves the new tokens alone, where what belongs to them cannot be saved: they may be the only ones there are. False where the connection was replaced
 * since it was read.
 */
export async function saveTokensAlone(
  db: Db,
  {
    organizationId,
    readRefreshToken,
    refreshed,
    rules,
  }: Pick<RefreshToSave, 'readRefreshToken' | 'refreshed' | 'rules'> & { organizationId: string },
): Promise<boolean> {
  const saved = await db
    .update(connections)
    .set({
      ...refreshed,
      ...wellAgain,
      ...(rules ? newDeadline(refreshed.refreshTokenExpiresAt, rules) : {}),
    })
    .where(and(eq(connections.organizationId, organizationId), eq(connections.refreshToken, readRefreshToken)))
    .returning({ organizationId: connections.organizationId });
  return saved.length === 1;
}

/** By the names that the columns have in the database. */
function columnsOf(values: Partial<Connection>) {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [columns[key as keyof typeof columns].name, value]),
  );
}
