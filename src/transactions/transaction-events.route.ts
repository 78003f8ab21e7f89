// The transaction page's live feed: sends the changing part of the page after each change, in whichever process.

import type { EventStreams } from '../http/event-streams.ts';
import { reading, route } from '../http/route.ts';
import type { Log } from '../log.ts';
import type { Changes } from './changes.ts';
import { readTransaction } from './transaction.store.ts';
import { pageEndsAt } from './transaction.ts';
import { openTransaction, pageLimit, renderTransaction, type TransactionPageDeps } from './transaction-page.route.ts';

export interface TransactionEventsDeps extends TransactionPageDeps {
  changes: Changes;
  streams: EventStreams;
  log: Log;
}

/** Each event holds the whole state, so that a browser that connects again has missed nothing. The first event is sent at once. */
export const transactionEventsRoute = route<TransactionEventsDeps, { id: string }>({
  path: '/transactions/:id/events',
  methods: reading,
  limit: pageLimit,
  handle: (deps) => async (request, response) => {
    response.set('Cache-Control', 'no-store');
    const opened = await openTransaction(deps, request);
    if (opened.outcome !== 'open') {
      response.status(opened.status).end();
      return;
    }
    if (request.method === 'HEAD') {
      response.type('text/event-stream').end();
      return;
    }
    const { id } = opened.transaction;
    let unwatch = () => {};
    const stream = deps.streams.open(response, {
      clock: deps.clock,
      topic: String(id),
      endsAt: pageEndsAt(opened.transaction),
      onEnd: () => unwatch(),
    });
    if (!stream) {
      // The page then asks again by itself.
      if (!response.headersSent) response.status(503).set('Retry-After', '5').end();
      return;
    }

    let shown: string | undefined;
    const show = oneAtATime(async () => {
      try {
        const transaction = await readTransaction(deps.db, id);
        if (!transaction) return stream.end();
        const html = await renderTransaction(deps, transaction);
        if (html !== shown) stream.send(html);
        shown = html;
        if (transaction.completedAt !== null) stream.end();
      } catch (error) {
        deps.log.error({ err: error, transactionId: id }, 'a transaction cannot be shown');
        stream.end();
      }
    });
    unwatch = deps.changes.watch(id, { changed: show, lost: stream.end });
    show();
  },
});

/** Runs `work`, never twice at once. Asked for while it runs, it runs once more after that. */
function oneAtATime(work: () => Promise<void>): () => void {
  let isRunning = false;
  let isDue = false;
  async function run(): Promise<void> {
    isRunning = true;
    while (isDue) {
      isDue = false;
      await work();
    }
    isRunning = false;
  }
  return () => {
    isDue = true;
    if (!isRunning) void run();
  };
}
