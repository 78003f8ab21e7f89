// `cancel`: ends a transaction that has not ended, after the step that is running.

import { findConnection } from '../../db/connections.ts';
import { readTransaction } from '../../db/transactions.ts';
import { cancelTransaction } from '../../flows/cancel-transaction.ts';
import type { Command } from '../command.ts';
import { findTransaction } from '../find-transaction.ts';
import { cancelReply } from '../views/transaction-answers.ts';

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
