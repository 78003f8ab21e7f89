// The page where the administrator lands after consent: it shows the transaction by a signed path, without a sign-in.

import type { Request } from 'express';
import type { TimeZoneOf } from '../chat/place.ts';
import type { Db } from '../db/database.ts';
import { messagePage } from '../http/page.ts';
import { type RouteLimit, reading, route } from '../http/route.ts';
import type { PathSigner } from '../http/signed-path.ts';
import type { Clock } from '../lib/clock.ts';
import { inTimeZone } from '../lib/time-zone.ts';
import { pageViewOf } from './customer-view.ts';
import { readTransaction, type TransactionWithSteps } from './transaction.store.ts';
import { type TransactionPageView, transactionMain, transactionPage } from './transaction-page.view.ts';
import { transactionPath } from './transaction-path.ts';
import type { Workflows } from './workflow.ts';

export interface TransactionPageDeps {
  db: Db;
  clock: Clock;
  paths: PathSigner;
  publicUrl: string;
  workflows: Workflows<never>;
  timeZoneOf: TimeZoneOf;
}

/** A page without script, or without a live stream, asks 12 times a minute. */
export const pageLimit: RouteLimit = { perMinute: 300 };

/** Shows the current page to whoever has its signed address. */
export const transactionPageRoute = route<TransactionPageDeps, { id: string }>({
  path: '/transactions/:id',
  methods: reading,
  limit: pageLimit,
  handle: (deps) => async (request, response) => {
    response.set('Cache-Control', 'no-store');
    const opened = await openTransaction(deps, request);
    if (opened.outcome === 'open') {
      response.send(await written(deps, opened.transaction, transactionPage));
      return;
    }
    response.status(opened.status).send(
      messagePage({
        title: opened.outcome === 'expired' ? 'This page has expired' : 'There is no such page',
        tone: 'neutral',
        lines: ['The space that requested the connection shows its result.'],
      }),
    );
  },
});

type Opened =
  | { outcome: 'open'; transaction: TransactionWithSteps }
  | { outcome: 'expired'; status: 410 }
  | { outcome: 'unknown'; status: 404 };

/** The transaction of a request's path and key. The database is asked only where the key is valid. */
export async function openTransaction(
  { db, paths }: TransactionPageDeps,
  { params: { id }, query }: Request<{ id: string }>,
): Promise<Opened> {
  const checked = paths.check(`/transactions/${id}`, query['key']);
  if (checked === 'expired') return { outcome: 'expired', status: 410 };
  const transaction = checked === 'valid' ? await readTransaction(db, Number(id)) : undefined;
  return transaction ? { outcome: 'open', transaction } : { outcome: 'unknown', status: 404 };
}

/** The part of the page that changes, as HTML. */
export const renderTransaction = (deps: TransactionPageDeps, transaction: TransactionWithSteps): Promise<string> =>
  written(deps, transaction, transactionMain);

/** With the times of the space that requested it. */
async function written(
  deps: TransactionPageDeps,
  transaction: TransactionWithSteps,
  view: (page: TransactionPageView) => string,
): Promise<string> {
  return inTimeZone(await deps.timeZoneOf(transaction), async () => view(await pageView(deps, transaction)));
}

async function pageView(
  { db, clock, workflows, ...address }: TransactionPageDeps,
  transaction: TransactionWithSteps,
): Promise<TransactionPageView> {
  const { status, action } = transaction;
  const now = clock.now();
  const deadlines = status === 'success' ? await workflows.of(action).deadlines?.(db, transaction) : undefined;
  return {
    transaction: await pageViewOf({ db, workflows }, transaction, now),
    deadlines: deadlines ?? [],
    eventsPath: transactionPath(address, transaction).replace('?', '/events?'),
    now,
  };
}
