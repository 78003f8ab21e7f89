// Claims connections to refresh them: one statement for all claims of the same moment, so that thousands of grants may fall due together.

import { sql } from 'drizzle-orm';
import { type Db, readRow, rows } from '../../db/database.ts';
import { prepared } from '../../db/prepared.ts';
import { batch } from '../../lib/batch.ts';
import type { Organization } from '../../organizations/organization.store.ts';
import { organizations } from '../../organizations/organizations.schema.ts';
import { settings } from '../../settings/settings.schema.ts';
import { resolveSettings, type Settings } from '../../settings/settings.ts';
import {
  nodeOfSpaceSql,
  ownOfNodesSql,
  readOwnOfNodes,
  readOwnSettings,
} from '../../settings/settings-of-many.store.ts';
import { spaces } from '../../spaces/spaces.schema.ts';
import { transactionSteps, transactions } from '../../transactions/transactions.schema.ts';
import { hasTokens, type LiveConnection } from '../connection.store.ts';
import { connections } from '../connections.schema.ts';
import { refreshStep } from './refresh-transaction.ts';

/** A connection that was claimed to be refreshed, as it was then, and the transaction of which this refresh is a try. */
export interface ClaimedRefresh {
  connection: LiveConnection;
  organization: Organization;
  /** What counts for the organization. */
  settings: Settings;
  /** Which refreshes its space is notified of. */
  verbosity: Settings['verbosity'];
  transactionId: number;
  /** The number of this try. Only with it the try can be ended. */
  attempt: number;
  /** When the lease ends. Claims of one statement all get the lease of the last of them. */
  until: Date;
}

export interface Claim {
  organizationId: string;
  /** Claim it even where it is not due, or lost. */
  asked: boolean;
  /** Claim it where it is connected, due or not. */
  probed?: boolean;
  /** With `probed`: claim it also where refreshes fail. */
  doubted?: boolean;
  requestedBy: string;
  now: Date;
  until: Date;
}

/**
 * Leases a connection until `until`, and opens its refresh transaction or begins the next try of the open one. Undefined, and nothing is written,
 * where the connection is leased, lost or gone, or is not due and not `asked` for. A lost one is claimed where it is asked for and has its tokens.
 */
export async function claimRefresh(db: Db, claim: Claim): Promise<ClaimedRefresh | undefined> {
  const claimed = await claims(db)(claim);
  if (claimed) return claimed;
  // A probe or a warning may have locked the row for a moment, and then the batch has skipped it. A claim alone waits for such a lock.
  return claimRefreshAlone(db, claim);
}

/** The same in a statement of its own, also within a transaction: it waits for whoever has locked the connection. */
export async function claimRefreshAlone(db: Db, claim: Claim): Promise<ClaimedRefresh | undefined> {
  const [claimed] = await claimAll(db, [claim], { wait: true });
  return claimed;
}

const claims = prepared((db) => batch((wanted: readonly Claim[]) => claimAll(db, wanted, { wait: false })));

interface ClaimedRow {
  organization_id: string;
  transaction_id: unknown;
  attempt: number;
  /** What each level has decided for itself; null where it has not. `nodes`: along the organization's nodes, `nodes_of_space`: along those of its space. */
  provider: unknown;
  nodes: unknown;
  nodes_of_space: unknown;
  space: unknown;
}

/**
 * Claims in one statement, at the `now` of the last claim. Without `wait` it skips rows that others have locked: else all claims would wait for the
 * slowest lock, and two batches that wait for each other would fail as a deadlock.
 */
async function claimAll(
  db: Db,
  wanted: readonly Claim[],
  { wait }: { wait: boolean },
): Promise<(ClaimedRefresh | undefined)[]> {
  const last = wanted.at(-1);
  if (!last) return [];
  const now = sql`${last.now.toISOString()}::timestamptz`;
  // A connection that is wanted twice is claimed once.
  const byOrganization = new Map(wanted.map((claim) => [claim.organizationId, claim]));
  const unique = JSON.stringify(
    [...byOrganization.values()].map(({ organizationId, asked, probed = false, doubted = false, requestedBy }) => [
      organizationId,
      asked,
      probed,
      requestedBy,
      doubted,
    ]),
  );
  const found = await rows<ClaimedRow>(
    db,
    // From an array the planner expects ten rows, not a hundred, for which it would read all organizations.
    sql`with wanted as materialized (
        select (claim->>0)::uuid as wanted_id, (claim->>1)::boolean as asked, (claim->>2)::boolean as probed,
          claim->>3 as requested_by, (claim->>4)::boolean as doubted
        from unnest(array(select json_array_elements(${unique}::json))) claim
      ),
      free as (
        select requested_by, organizations.* from wanted join ${connections} on organization_id = wanted_id
          join ${organizations} on id = organization_id
        where refresh_token is not null and (state <> 'lost' or asked) and (refresh_held_until is null or refresh_held_until <= ${now})
          and (asked or (probed and (state = 'connected' or doubted)) or refresh_due_at <= ${now})
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
        ${ownOfNodesSql(sql`held.customer_id`)} as nodes,
        ${ownOfNodesSql(nodeOfSpaceSql(sql`(select s.customer_id from ${spaces} s where s.room_id = held.room_id)`))} as nodes_of_space,
        (select "values" from ${settings} where level = 'space' and subject = room_id) as space
      from held join opened on opened_for = id join begun on transaction_id = opened_id`,
  );
  const claimed = new Map(found.map((row) => [row.organization_id, row]));
  return wanted.map(({ organizationId }) => {
    const row = claimed.get(organizationId);
    if (!row) return undefined;
    claimed.delete(organizationId);
    const connection = readRow(connections, row);
    // The statement claims none without.
    if (!hasTokens(connection)) throw new Error('a connection without tokens was claimed');
    const [provider, space] = [row.provider, row.space].map(readOwnSettings);
    return {
      connection,
      organization: readRow(organizations, row),
      settings: resolveSettings([provider, ...readOwnOfNodes(row.nodes), space]),
      verbosity: resolveSettings([provider, ...readOwnOfNodes(row.nodes_of_space), space]).verbosity,
      transactionId: Number(row.transaction_id),
      attempt: row.attempt,
      until: last.until,
    };
  });
}
