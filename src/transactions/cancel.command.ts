// `cancel`: ends a transaction at once, or after the step that is running.

import type { Command } from '../chat/command.ts';
import { type CancelTransactionDeps, cancelTransaction } from './cancel-transaction.ts';
import { findTransaction } from './transaction.lookup.ts';
import { cancelMessage } from './transaction-answers.view.ts';
import { readTransactionInScope } from './transaction-list.store.ts';
import { viewOf } from './transaction-view.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    cancel: { transaction_id: number };
  }
}

export const cancel: Command<CancelTransactionDeps> = {
  name: 'cancel',
  usage: 'cancel <transaction>',
  takesTransaction: true,
  summary: 'Cancel an open transaction, once its running step has ended.',
  group: 'Transactions',
  examples: ['cancel 12'],
  async run(deps, input) {
    const resolved = await findTransaction(deps.db, { ...input, command: 'cancel' });
    if ('answer' in resolved) return resolved.answer;
    const { db, clock, workflows } = deps;
    const { id } = resolved.found;
    const asked = { transaction: resolved.found, by: input.actor, roomId: input.place.roomId };
    const outcome = await cancelTransaction(deps, asked);
    const transaction = (await readTransactionInScope(db, { scope: input.scope, id })) ?? resolved.found;
    const now = clock.now();
    const next = (await workflows.of(transaction.action).afterCancel?.(db, transaction, now)) ?? null;
    return { content: cancelMessage({ transaction: viewOf(workflows, transaction), outcome, next, now }) };
  },
};
