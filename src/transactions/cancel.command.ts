// `cancel`: ends a transaction that has not ended, after the step that is running.

import type { Command } from '../chat/command.ts';
import { findConnection } from '../connections/connection.store.ts';
import { type CancelTransactionDeps, cancelTransaction } from './cancel-transaction.ts';
import { findTransaction } from './resolve-transaction.ts';
import { readTransaction } from './transaction.store.ts';
import { cancelMessage } from './transaction-answers.view.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    cancel: { transaction_id: number };
  }
}

export const cancel: Command<CancelTransactionDeps> = {
  name: 'cancel',
  usage: 'cancel <transaction>',
  summary: 'Cancel a transaction that has not ended, once its running step has ended.',
  async run(deps, input) {
    const resolved = await findTransaction(deps.db, { ...input, command: 'cancel' });
    if ('answer' in resolved) return resolved.answer;
    const { id, organizationId } = resolved.found;
    const outcome = await cancelTransaction(deps, { transactionId: id, by: input.actor.email });
    const transaction = (await readTransaction(deps.db, id)) ?? resolved.found;
    const connection = organizationId === null ? undefined : await findConnection(deps.db, organizationId);
    const nextRefreshAt = connection?.refreshDueAt ?? null;
    return { content: cancelMessage({ transaction, outcome, nextRefreshAt, now: deps.clock.now() }) };
  },
};
