// Claims refreshes: one statement for all that are claimed at the same time, so that thousands of grants may fall due together.

import { sql } from 'drizzle-orm';
import { type Db, readRow, rows } from '../../db/database.ts';
import { prepared } from '../../db/prepared.ts';
import { batch } from '../../lib/batch.ts';
import type { Organization } from '../../organizations/organization.store.ts';
import { organizations } from '../../organizations/organizations.schema.ts';
import { settings } from '../../settings/settings.schema.ts';
import { readOwnSettings } from '../../settings/settings.store.ts';
import { resolveSettings, type Settings } from '../../settings/settings.ts';
import { transactionSteps, transactions } from '../../transactions/transactions.schema.ts';
import type { Connection } from '../connection.store.ts';
import { connections } from '../connections.schema.ts';
import { refreshStep } from './refresh-transaction.ts';

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

export interface Claim {
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
      settings: resolveSettings([row.provider, row.space].map(readOwnSettings)),
      transactionId: Number(row.transaction_id),
      attempt: row.attempt,
      until: last.until,
    };
  });
}
