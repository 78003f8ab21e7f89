// `move`: gives an organization to another customer, once that was confirmed.

import { z } from 'zod';
import type { Answer } from '../chat/answer.ts';
import type { Action, Command, CommandInput } from '../chat/command.ts';
import { failureMessage } from '../chat/refusals.ts';
import { customerGoneMessage } from '../customers/choose-customer.view.ts';
import { resolveCustomer } from '../customers/customer.lookup.ts';
import { findCustomerInScope } from '../customers/customer.store.ts';
import { TYPED_NAME_MAX } from '../customers/customer-rules.ts';
import type { Db } from '../db/database.ts';
import { trimmed } from '../lib/search-key.ts';
import { holdsOthers } from './holds-others.ts';
import { confirmMoveMessage, holdsOthersMessage, movedMessage, standsThereMessage } from './move.view.ts';
import { type MoveOrganizationDeps, moveOrganization } from './move-organization.ts';
import { goneMessage, resolveOrganization } from './organization.lookup.ts';
import { findOrganizationInScope } from './organization.store.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    /** `under` is what was typed of the customer. */
    move: { organization_id: string; under?: string; customer_id?: string };
    'move-organization': { organization_id: string; customer_id: string };
  }
}

export const move: Command<{ db: Db }> = {
  name: 'move',
  usage: 'move <organization> to <customer>',
  summary: 'Give an organization to another reseller or customer.',
  group: 'Organizations',
  examples: ['move acme to North', 'move borealis to North / Borealis Foods'],
  async run({ db }, input) {
    const typed = readMove(input);
    if (typed === undefined) return { content: howMessage };
    const { named, under } = typed;
    const asked = { ...input, argument: named, typedAs: 'move', command: 'move', keep: { under } } as const;
    const organization = await resolveOrganization(db, asked);
    if ('answer' in organization) return organization.answer;
    if (holdsOthers(organization.found)) return { content: holdsOthersMessage(organization.found) };
    const { scope, inputs } = input;
    const keep = { organization_id: organization.found.id };
    const customer = await resolveCustomer(db, { scope, typed: under, inputs, command: 'move', keep });
    if ('answer' in customer) return customer.answer;
    const from = await findCustomerInScope(db, { scope, id: organization.found.customerId });
    return { content: confirmMoveMessage({ organization: organization.found, from, to: customer.found }) };
  },
};

/** What was typed, or what a card has kept of it. Undefined where no customer was named. */
function readMove({ argument, inputs }: CommandInput): { named: string; under: string } | undefined {
  if (inputs['organization_id'] !== undefined) {
    const under = inputs['under'];
    return { named: '', under: typeof under === 'string' ? under : '' };
  }
  const found = /^(.+)\s(?:to|under)\s(.+)$/is.exec(argument);
  return found
    ? { named: trimmed(found[1] ?? ''), under: trimmed(found[2] ?? '').slice(0, TYPED_NAME_MAX) }
    : undefined;
}

const confirmed = z.object({ organization_id: z.uuid(), customer_id: z.uuid() });

/** Moves it, as was confirmed. */
export const moveOrganizationConfirmed: Action<MoveOrganizationDeps> = {
  name: 'move-organization',
  async run(deps, { inputs, actor, place, scope, cardMessageId, concerns }): Promise<Answer> {
    const sent = confirmed.safeParse(inputs);
    if (!sent.success) return { content: goneMessage };
    const { organization_id: organizationId, customer_id: customerId } = sent.data;
    if (!(await findOrganizationInScope(deps.db, { scope, id: organizationId }))) return { content: goneMessage };
    concerns(organizationId);
    const by = { actor, roomId: place.roomId, scope };
    const result = await moveOrganization(deps, { ...by, organizationId, customerId });
    switch (result.outcome) {
      case 'gone':
        return { content: customerGoneMessage };
      case 'unchanged':
        return { content: standsThereMessage(result), replacesMessageId: cardMessageId };
      case 'holds_others':
        return { content: holdsOthersMessage(result.organization) };
      case 'moved':
        return { content: movedMessage(result), replacesMessageId: cardMessageId };
    }
  },
};

const howMessage = failureMessage({
  what: 'move needs an organization and a customer.',
  hint: 'Type move, the organization, the word to, and the customer: move acme to North.',
});
