// `transaction`: what became of one workflow, step by step.

import { lastLogLines } from '../../db/transaction-log.ts';
import { latestTransaction } from '../../db/transactions.ts';
import { pageEndsAt } from '../../domain/transaction.ts';
import type { Command } from '../command.ts';
import { findTransaction, namedTransaction } from '../find-transaction.ts';
import { failureReply } from '../refusals.ts';
import { LOG_LINES, transactionReply } from '../views/transaction.ts';

export const transaction: Command = {
  name: 'transaction',
  usage: 'transaction [number]',
  summary: 'Show a transaction, its steps and its log; the latest one without a number.',
  async run({ db, clock, transactionUrl }, input) {
    const number = namedTransaction(input) === '' ? await latestTransaction(db) : undefined;
    const named = number === undefined ? input : { ...input, argument: String(number), inputs: {} };
    if (namedTransaction(named) === '') {
      const cure = 'Connecting an organization makes the first one.';
      return { content: failureReply({ what: 'There are no transactions yet.', cure }) };
    }
    const meant = await findTransaction(db, { ...named, command: 'transaction' });
    if ('answer' in meant) return meant.answer;
    const { found } = meant;
    const now = clock.now();
    const log = await lastLogLines(db, { transactionId: found.id, limit: LOG_LINES });
    const pageUrl = pageEndsAt(found) > now ? transactionUrl(found) : null;
    return { content: transactionReply({ transaction: found, log, pageUrl, now }) };
  },
};
