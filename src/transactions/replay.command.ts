// `replay`: runs a transaction that has ended again, without asking for its data again.

import type { Command } from '../chat/command.ts';
import { refreshReply } from '../connections/refresh/refresh.view.ts';
import { replayTransaction } from './replay-transaction.ts';
import { findTransaction } from './resolve-transaction.ts';
import { notReplayedReply } from './transaction-answers.view.ts';

export const replay: Command = {
  name: 'replay',
  usage: 'replay <transaction>',
  summary: 'Run a transaction that has ended again, without asking for its data again.',
  async run(deps, input) {
    const { person, place, eventId } = input;
    const meant = await findTransaction(deps.db, { ...input, command: 'replay' });
    if ('answer' in meant) return meant.answer;
    const transaction = meant.found;
    const result = await replayTransaction(deps, { transaction, by: person.email, place, eventId });
    switch (result.outcome) {
      case 'started':
        return undefined;
      case 'refreshed':
        return { content: refreshReply({ ...result, now: deps.clock.now() }) };
      case 'needs_consent':
        return {
          content: {
            kind: 'connect_link',
            organizationId: result.organization.id,
            askedBy: person.email,
            insteadOf: { transactionId: transaction.id, why: result.why },
          },
        };
      case 'still_open':
      case 'organization_deleted':
        return { content: notReplayedReply({ transaction, why: result.outcome, now: deps.clock.now() }) };
    }
  },
};
