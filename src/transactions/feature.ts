// Workflows: each is a transaction with steps, live progress and a result.

import type { Feature } from '../feature.ts';
import type { Parts } from '../parts.ts';
import { cancel } from './cancel.command.ts';
import { replayCommand } from './replay.command.ts';
import { purgeTransactions } from './retention.store.ts';
import { progressJob } from './show-progress.job.ts';
import { transaction } from './transaction.command.ts';
import { backgroundJob, transactionJob } from './transaction.job.ts';
import { progressRenderer, replayedRenderer, shownRenderer } from './transaction.render.ts';
import { transactionEventsRoute } from './transaction-events.route.ts';
import { transactionPageRoute } from './transaction-page.route.ts';

export const transactions: Feature = {
  commands: [transaction, cancel, replayCommand<Parts>()],
  notices: [progressRenderer, replayedRenderer, shownRenderer],
  jobs: [transactionJob, backgroundJob, progressJob],
  routes: [transactionPageRoute, transactionEventsRoute],
  retention: [{ what: 'transactions', days: 400, purge: purgeTransactions }],
};
