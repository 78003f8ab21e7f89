// Workflows: each is a transaction with steps, live progress and a result.

import { runs } from '../db/jobs/job-runner.ts';
import type { Feature } from '../feature.ts';
import type { Parts } from '../parts.ts';
import { advanceTransaction } from './advance-transaction.ts';
import { cancel } from './cancel.command.ts';
import { replayCommand } from './replay.command.ts';
import { purgeTransactions } from './retention.store.ts';
import { showProgress } from './show-progress.job.ts';
import { transaction } from './transaction.command.ts';
import { progressRenderer, replayedRenderer } from './transaction.render.ts';
import { transactionEventsRoute } from './transaction-events.route.ts';
import { transactionPageRoute } from './transaction-page.route.ts';

export const transactions: Feature = {
  commands: [transaction, cancel, replayCommand<Parts>()],
  notices: [progressRenderer, replayedRenderer],
  jobs: () => [
    runs('transaction', { concurrency: 10 }, (deps, { transactionId }, { lastAttempt }) =>
      advanceTransaction(deps, { transactionId, lastAttempt }),
    ),
    runs('progress', { concurrency: 5 }, showProgress),
  ],
  routes: [transactionPageRoute, transactionEventsRoute],
  retention: [{ what: 'transactions', days: 400, purge: purgeTransactions }],
};
