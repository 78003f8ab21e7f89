// `replay`: runs a transaction that has ended again, without asking for its data again.

import type { Command } from '../chat/command.ts';
import { refreshMessage } from '../connections/refresh/refresh.view.ts';
import type { RefreshDeps } from '../connections/refresh/refresh-connection.ts';
import { replayTransaction } from './replay-transaction.ts';
import { findTransaction } from './resolve-transaction.ts';
import { notReplayedMessage } from './transaction-answers.view.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    replay: { transaction_id: number };
  }
}

export const replay: Command<RefreshDeps> = {
  name: 'replay',
  usage: 'replay <transaction>',
  summary: 'Run a transaction that has ended again, without asking for its data again.',
  async run(deps, input) {
    const { actor, place, eventId } = input;
    const resolved = await findTransaction(deps.db, { ...input, command: 'replay' });
    if ('answer' in resolved) return resolved.answer;
    const transaction = resolved.found;
    const result = await replayTransaction(deps, { transaction, by: actor.email, place, eventId });
    switch (result.outcome) {
      case 'started':
        return undefined;
      case 'refreshed':
        return { content: refreshMessage({ ...result, now: deps.clock.now() }) };
      case 'needs_consent':
        return {
          content: {
            kind: 'connect_link',
            organizationId: result.organization.id,
            askedBy: actor.email,
            insteadOf: { transactionId: transaction.id, why: result.why },
          },
        };
      case 'still_open':
      case 'organization_deleted':
        return { content: notReplayedMessage({ transaction, why: result.outcome, now: deps.clock.now() }) };
    }
  },
};
