// `transaction`: shows one transaction, step by step.

import type { Command } from '../chat/command.ts';
import { failureMessage } from '../chat/refusals.ts';
import type { Db } from '../db/database.ts';
import { findTransaction, namedTransaction } from './transaction.lookup.ts';
import { transactionShownNotice } from './transaction.notice.ts';
import { latestTransaction } from './transaction-list.store.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    transaction: { transaction_id: number };
  }
}

interface Deps {
  db: Db;
}

export const transaction: Command<Deps> = {
  name: 'transaction',
  needs: 'viewer',
  usage: 'transaction [number]',
  takesTransaction: true,
  summary: 'Show a transaction, its steps and its log; the latest one without a number.',
  group: 'Transactions',
  examples: ['transaction 12'],
  async run(deps, input) {
    const { db } = deps;
    const number = namedTransaction(input) === '' ? await latestTransaction(db, input.scope) : undefined;
    const named = number === undefined ? input : { ...input, argument: String(number), inputs: {} };
    if (namedTransaction(named) === '') {
      const hint = 'Connecting an organization makes the first one.';
      return { content: failureMessage({ what: 'There are no transactions yet.', hint }) };
    }
    const resolved = await findTransaction(db, { ...named, command: 'transaction' });
    if ('answer' in resolved) return resolved.answer;
    return { content: transactionShownNotice.of({ transactionId: resolved.found.id }) };
  },
};
