// `transaction`: what became of one workflow, step by step.

import type { Command } from '../chat/command.ts';
import { failureMessage } from '../chat/refusals.ts';
import type { Db } from '../db/database.ts';
import type { PathSigner } from '../http/signed-path.ts';
import type { Clock } from '../lib/clock.ts';
import { findTransaction, namedTransaction } from './transaction.lookup.ts';
import { pageEndsAt } from './transaction.ts';
import { LOG_LINES, transactionMessage } from './transaction.view.ts';
import { latestTransaction } from './transaction-list.store.ts';
import { lastLogLines } from './transaction-log.store.ts';
import { transactionUrl } from './transaction-path.ts';
import { viewOf } from './transaction-view.ts';
import type { Workflows } from './workflow.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    transaction: { transaction_id: number };
  }
}

interface Deps {
  db: Db;
  clock: Clock;
  paths: PathSigner;
  publicUrl: string;
  workflows: Workflows<never>;
}

export const transaction: Command<Deps> = {
  name: 'transaction',
  usage: 'transaction [number]',
  summary: 'Show a transaction, its steps and its log; the latest one without a number.',
  async run(deps, input) {
    const { db, clock, workflows } = deps;
    const number = namedTransaction(input) === '' ? await latestTransaction(db, input.scope) : undefined;
    const named = number === undefined ? input : { ...input, argument: String(number), inputs: {} };
    if (namedTransaction(named) === '') {
      const hint = 'Connecting an organization makes the first one.';
      return { content: failureMessage({ what: 'There are no transactions yet.', hint }) };
    }
    const resolved = await findTransaction(db, { ...named, command: 'transaction' });
    if ('answer' in resolved) return resolved.answer;
    const { found } = resolved;
    const now = clock.now();
    const log = await lastLogLines(db, { transactionId: found.id, limit: LOG_LINES });
    const pageUrl = pageEndsAt(found) > now ? transactionUrl(deps, found) : null;
    return { content: transactionMessage({ transaction: viewOf(workflows, found), log, pageUrl, now }) };
  },
};
