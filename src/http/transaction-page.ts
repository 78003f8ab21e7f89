// Where the administrator lands after consent: how far the transaction is, without a sign-in, by a signed path.

import type { RequestHandler } from 'express';
import { findConnection } from '../db/connections.ts';
import type { Db } from '../db/database.ts';
import { readTransaction, type TransactionWithSteps } from '../db/transactions.ts';
import type { Clock } from '../domain/clock.ts';
import { type Deadlines, messagePage, transactionPage } from './page.ts';
import type { PathSigner } from './signed-path.ts';

export interface TransactionPageDeps {
  db: Db;
  clock: Clock;
  paths: PathSigner;
}

/** How long the address of a transaction's page works, in milliseconds from its submission. */
const lifetimeMs = 24 * 60 * 60_000;
const refreshSeconds = 2;

/** The same for the same transaction, wherever it is asked for: the browser that consented, the space, another replica. */
export const transactionPath = (paths: PathSigner, { id, submittedAt }: { id: number; submittedAt: Date }): string =>
  paths.sign(`/transactions/${id}`, new Date(submittedAt.getTime() + lifetimeMs));

export function transactionPageRoute({ db, clock, paths }: TransactionPageDeps): RequestHandler<{ id: string }> {
  return async (request, response) => {
    response.set('Cache-Control', 'no-store');
    const { id } = request.params;
    const checked = paths.check(`/transactions/${id}`, request.query['key']);
    const transaction = checked === 'valid' ? await readTransaction(db, Number(id)) : undefined;
    if (!transaction) {
      response.status(checked === 'expired' ? 410 : 404).send(
        messagePage({
          title: checked === 'expired' ? 'This page has expired' : 'There is no such page',
          tone: 'neutral',
          lines: ['What became of the connection is told in the space that asked for it.'],
        }),
      );
      return;
    }
    const deadlines = await deadlinesOf(db, transaction);
    response.send(transactionPage({ transaction, deadlines, refreshSeconds, now: clock.now() }));
  };
}

async function deadlinesOf(db: Db, transaction: TransactionWithSteps): Promise<Deadlines | null> {
  if (transaction.status !== 'success' || transaction.organizationId === null) return null;
  return (await findConnection(db, transaction.organizationId)) ?? null;
}
