// Transactions by number, the newest first, a page at a time: by keys, so that a page costs the same however far back it is.

import { and, asc, desc, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import type { Db } from '../db/database.ts';
import type { TransactionRow } from './transaction.store.ts';
import { transactions } from './transactions.schema.ts';

/** Which transactions a list shows; `running` are all that have not ended. */
export type TransactionFilter = 'all' | 'failed' | 'running';

export interface TransactionQuery {
  filter: TransactionFilter;
  /** Undefined: of every organization, deleted ones too. */
  organizationId?: string | undefined;
  /** The page next to a number: what is older than it, or newer. Without any, the newest page. */
  olderThan?: number | undefined;
  newerThan?: number | undefined;
  limit: number;
}

export interface TransactionPage {
  /** The newest first. */
  rows: TransactionRow[];
  hasNewer: boolean;
  hasOlder: boolean;
}

/** One page. Nothing is counted: it says only whether there are more on either side. */
export async function listTransactions(db: Db, query: TransactionQuery): Promise<TransactionPage> {
  const { filter, organizationId, olderThan, newerThan, limit } = query;
  const isUpwards = newerThan !== undefined;
  const found = await db
    .select()
    .from(transactions)
    .where(
      and(
        filters[filter],
        organizationId === undefined ? undefined : eq(transactions.organizationId, organizationId),
        isUpwards ? gt(transactions.id, newerThan) : undefined,
        olderThan === undefined ? undefined : lt(transactions.id, olderThan),
      ),
    )
    .orderBy(isUpwards ? asc(transactions.id) : desc(transactions.id))
    .limit(limit + 1);
  const rows = found.slice(0, limit);
  const hasMore = found.length > limit;
  return isUpwards
    ? { rows: rows.reverse(), hasNewer: hasMore, hasOlder: true }
    : { rows, hasNewer: olderThan !== undefined, hasOlder: hasMore };
}

/** Written out to the letter as their indexes have them: a parameter would hide from PostgreSQL that they fit. */
const filters = {
  all: undefined,
  failed: sql`${transactions.status} = 'fail'`,
  running: isNull(transactions.completedAt),
};
