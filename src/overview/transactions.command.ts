// `transactions`: a page of transactions, the newest first: all, failed or running ones, of all organizations or of one.

import { z } from 'zod';
import type { Command } from '../chat/command.ts';
import type { Db } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import { resolveOrganization } from '../organizations/organization.lookup.ts';
import { listTransactions, type TransactionFilter } from '../transactions/transaction-list.store.ts';
import { rowView } from '../transactions/transaction-view.ts';
import type { Workflows } from '../transactions/workflow.ts';
import { TRANSACTIONS_PAGE_SIZE, transactionsMessage } from './transactions.view.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    transactions: {
      organization_id?: string;
      filter?: TransactionFilter;
      older_than?: number;
      newer_than?: number;
    };
  }
}

const number = z.coerce.number().pipe(z.int()).optional().catch(undefined);

/** What the buttons of a list send beside the organization; what is none of it is left out. */
const listInputs = z.object({
  filter: z.enum(['all', 'failed', 'running']).optional().catch(undefined),
  older_than: number,
  newer_than: number,
});

export const transactions: Command<{ db: Db; clock: Clock; workflows: Workflows<never> }> = {
  name: 'transactions',
  needs: 'viewer',
  usage: 'transactions [organization] [failed|running]',
  summary: 'List transactions, the newest first: all, or those of one organization, failed or running.',
  group: 'Transactions',
  examples: ['transactions failed', 'transactions acme running'],
  async run({ db, clock, workflows }, input) {
    const { inputs, scope } = input;
    const sent = listInputs.parse(inputs);
    const typed = readArgument(input.argument);
    const filter = sent.filter ?? typed.filter;
    const isOfOne = typed.named !== '' || inputs['organization_id'] !== undefined;
    const resolved = isOfOne
      ? await resolveOrganization(db, { ...input, argument: typed.named, command: 'transactions', keep: { filter } })
      : undefined;
    if (resolved && 'answer' in resolved) return resolved.answer;
    const organization = resolved?.found;
    const page = await listTransactions(db, {
      scope,
      filter,
      organizationId: organization?.id,
      olderThan: sent.older_than,
      newerThan: sent.newer_than,
      limit: TRANSACTIONS_PAGE_SIZE,
    });
    const rows = page.rows.map((row) => rowView(workflows, row));
    return {
      content: transactionsMessage({ ...page, rows, filter, organization: organization ?? null, now: clock.now() }),
    };
  },
};

/** The last word may be a filter; what stands before it names an organization, or nothing. */
function readArgument(argument: string): { named: string; filter: TransactionFilter } {
  const [, named = '', word = ''] = /^(.*?)\s*(\S*)$/s.exec(argument) ?? [];
  const filter = word.toLowerCase();
  return filter === 'failed' || filter === 'running' ? { named, filter } : { named: argument, filter: 'all' };
}
