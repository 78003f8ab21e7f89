// `onboard`: the checklist of a customer, from its place in the tree to the warnings of its organizations.

import { scopeFor } from '../chat/actor.ts';
import type { Command } from '../chat/command.ts';
import { matching, resolveCustomer } from '../customers/customer.lookup.ts';
import { findCustomerInScope, namesAbove } from '../customers/customer.store.ts';
import type { Db } from '../db/database.ts';
import { isInScope } from '../db/scope.ts';
import type { Clock } from '../lib/clock.ts';
import { readOnboarding } from './onboard.store.ts';
import { onboardMessage, onboardNewMessage } from './onboard.view.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    onboard: { customer_id: string };
  }
}

export const onboard: Command<{ db: Db; clock: Clock }> = {
  name: 'onboard',
  needs: 'viewer',
  usage: 'onboard <customer>',
  summary: 'Check the steps that make a customer known and watched, and do the next one.',
  group: 'Customers',
  examples: ['onboard Acme', 'onboard North / Acme'],
  async run({ db, clock }, input) {
    const { scope, standing, inputs, argument: typed, place, isDirect } = input;
    const changeable = scopeFor(standing, 'administrator');
    const isNew = typed !== '' && (await matching(db, scope, typed)).length === 0;
    const resolved = await resolveCustomer(db, { scope, typed, inputs, command: 'onboard' });
    if ('answer' in resolved) {
      if (!isNew || inputs['customer_id'] !== undefined) return resolved.answer;
      const parent = await findCustomerInScope(db, { scope: changeable, id: standing.customer.id });
      return { content: onboardNewMessage({ typed, parent }) };
    }
    const { found: node } = resolved;
    const names = (await namesAbove(db, { scope, nodes: [node] })).get(node.id) ?? [node.name];
    const state = await readOnboarding(db, { scope, node, roomId: place.roomId, now: clock.now() });
    const mayChange = isInScope(changeable, node.path);
    const isFree = !isDirect && state.othersToldHere === 0 && isInScope(changeable, standing.customer.path);
    return { content: onboardMessage({ ...state, node, names, mayChange, mayStandHere: mayChange && isFree }) };
  },
};
