// What people ask of transactions: a page of them, the newest, or one by its number.

import { and, desc, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import { customers } from '../customers/customers.schema.ts';
import type { Db } from '../db/database.ts';
import { type FoundPage, isOnPage, type NewestPage, newestPage, orderOfPage, readForPage } from '../db/newest-page.ts';
import { customersInScope, inScope, type Scope } from '../db/scope.ts';
import { stepsOf, type TransactionRow, type TransactionWithSteps } from './transaction.store.ts';
import { transactions } from './transactions.schema.ts';

/** Which transactions a list shows; `running`: all that have not ended. */
export type TransactionFilter = 'all' | 'failed' | 'running';

export interface TransactionQuery extends NewestPage {
  scope: Scope;
  filter: TransactionFilter;
  /** Undefined: of every organization in scope; of deleted ones too where everything is. */
  organizationId?: string | undefined;
}

export type TransactionPage = FoundPage<TransactionRow>;

/** One page of them. */
export async function listTransactions(
  db: Db,
  { scope, filter, organizationId, ...page }: TransactionQuery,
): Promise<TransactionPage> {
  const { id } = transactions;
  const found = await db
    .select()
    .from(transactions)
    .where(
      and(
        transactionsInScope(scope),
        filters[filter],
        organizationId === undefined ? undefined : eq(transactions.organizationId, organizationId),
        isOnPage(id, page),
      ),
    )
    .orderBy(orderOfPage(id, page))
    .limit(readForPage(page));
  return newestPage(found, page);
}

/** The condition that limits a query on `transactions` to the scope: by the organization, or by the node where it is about no single one. */
function transactionsInScope(scope: Scope): SQL | undefined {
  const isOfCustomer = customersInScope(scope);
  if (isOfCustomer === undefined) return inScope(scope, transactions.organizationId);
  return or(
    inScope(scope, transactions.organizationId),
    and(
      isNull(transactions.organizationId),
      sql`${transactions.customerId} in (select ${customers.id} from ${customers} where ${isOfCustomer})`,
    ),
  );
}

/** Written exactly as in the conditions of their indexes: with a parameter PostgreSQL would not see that an index fits. */
const filters = {
  all: undefined,
  failed: sql`${transactions.status} = 'fail'`,
  running: isNull(transactions.completedAt),
};

/** A transaction with its steps, where its organization is in scope; that of a deleted organization where everything is. */
export async function readTransactionInScope(
  db: Db,
  { scope, id }: { scope: Scope; id: number },
): Promise<TransactionWithSteps | undefined> {
  const [transaction] = await db
    .select()
    .from(transactions)
    .where(and(transactionsInScope(scope), eq(transactions.id, id)));
  return transaction && { ...transaction, steps: await stepsOf(db, id) };
}

/** The number of the newest transaction in scope. */
export async function latestTransaction(db: Db, scope: Scope): Promise<number | undefined> {
  const [latest] = await db
    .select({ id: transactions.id })
    .from(transactions)
    .where(transactionsInScope(scope))
    .orderBy(desc(transactions.id))
    .limit(1);
  return latest?.id;
}

/** The newest transaction of an organization, where that is in scope. */
export async function lastTransaction(
  db: Db,
  { scope, organizationId }: { scope: Scope; organizationId: string },
): Promise<TransactionRow | undefined> {
  const [transaction] = await db
    .select()
    .from(transactions)
    .where(and(transactionsInScope(scope), eq(transactions.organizationId, organizationId)))
    .orderBy(desc(transactions.id))
    .limit(1);
  return transaction;
}
