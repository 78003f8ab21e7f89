// `cancel`: ends a transaction that has not ended, after the step that is running.

import type { Command } from '../chat/command.ts';
import { findConnection } from '../connections/connection.store.ts';
import { cancelTransaction } from './cancel-transaction.ts';
import { findTransaction } from './resolve-transaction.ts';
import { readTransaction } from './transaction.store.ts';
import { cancelReply } from './transaction-answers.view.ts';

export const cancel: Command = {
  name: 'cancel',
  usage: 'cancel <transaction>',
  summary: 'Cancel a transaction that has not ended, once its running step has ended.',
  async run(deps, input) {
    const meant = await findTransaction(deps.db, { ...input, command: 'cancel' });
    if ('answer' in meant) return meant.answer;
    const { id, organizationId } = meant.found;
    const outcome = await cancelTransaction(deps, { transactionId: id, by: input.person.email });
    const transaction = (await readTransaction(deps.db, id)) ?? meant.found;
    const connection = organizationId === null ? undefined : await findConnection(deps.db, organizationId);
    const nextRefreshAt = connection?.refreshDueAt ?? null;
    return { content: cancelReply({ transaction, outcome, nextRefreshAt, now: deps.clock.now() }) };
  },
};
