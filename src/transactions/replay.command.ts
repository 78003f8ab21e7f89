// `replay`: runs an ended transaction again, without asking for its data again.

import type { Command } from '../chat/command.ts';
import { failureMessage } from '../chat/refusals.ts';
import type { Db } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import { findTransaction } from './transaction.lookup.ts';
import { notReplayedMessage } from './transaction-answers.view.ts';
import { viewOf } from './transaction-view.ts';
import type { Workflows } from './workflow.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    replay: { transaction_id: number };
  }
}

interface Deps {
  db: Db;
  clock: Clock;
}

/** `Own`: what the workflows need besides. */
export const replayCommand = <Own extends Deps & { workflows: Workflows<Own> }>(): Command<Own> => ({
  name: 'replay',
  usage: 'replay <transaction>',
  takesTransaction: true,
  summary: 'Run an ended transaction again, without asking for its data again.',
  group: 'Transactions',
  examples: ['replay 12'],
  async run(deps, input) {
    const resolved = await findTransaction(deps.db, { ...input, command: 'replay' });
    if ('answer' in resolved) return resolved.answer;
    const transaction = resolved.found;
    const { action, completedAt, organizationId } = transaction;
    const { workflows, clock } = deps;
    const { notReplayed } = workflows.of(action);
    if (notReplayed) return { content: failureMessage(notReplayed) };
    if (completedAt === null || organizationId === null) {
      const why = completedAt === null ? 'still_open' : 'organization_deleted';
      return { content: notReplayedMessage({ transaction: viewOf(workflows, transaction), why, now: clock.now() }) };
    }
    const { actor, place, eventId } = input;
    const request = { transaction: { ...transaction, organizationId }, by: actor, place, eventId };
    return workflows.of(action).replay(deps, request);
  },
});
