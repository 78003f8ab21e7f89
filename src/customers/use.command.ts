// `use`: where a space stands in the tree of customers. The space shows nothing that does not stand there or below.

import { z } from 'zod';
import { changeableScope } from '../chat/actor.ts';
import type { Command } from '../chat/command.ts';
import type { DirectRooms } from '../chat/direct-rooms.ts';
import { failureMessage, tooFewRights } from '../chat/refusals.ts';
import { type ChangeTreeDeps, useCustomer } from './change-tree.ts';
import { customerGoneMessage } from './choose-customer.view.ts';
import { matching } from './customer.lookup.ts';
import { findCustomerInScope } from './customer.store.ts';
import { refusedMessage } from './customer-refused.view.ts';
import { standsMessage, usedMessage } from './use.view.ts';
import { withFallbackRoom } from './with-fallback-room.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    use: { customer_id?: string };
  }
}

export const use: Command<ChangeTreeDeps & { directRooms: DirectRooms }> = {
  name: 'use',
  needs: 'viewer',
  isForEverybody: () => true,
  usage: 'use [customer]',
  summary: 'Show where this space stands, or have it show one reseller or customer only.',
  group: 'Customers',
  examples: ['use', 'use North', 'use North / Acme'],
  async run(deps, input) {
    const { argument, inputs, standing, isDirect, actor, place } = input;
    if (argument === '' && inputs['customer_id'] === undefined)
      return { content: standsMessage({ standing, isDirect }) };
    if (isDirect) return { content: directMessage };
    // Everybody in the space reads the answer: it names no customer but the one that was named.
    const anywhere = changeableScope(standing);
    if (anywhere.within.length === 0) return tooFewRights(standing, 'administrator');
    const chosen = chosenId.safeParse(inputs);
    if (!chosen.success) return { content: customerGoneMessage };
    const { customer_id: id } = chosen.data;
    const found =
      id === undefined
        ? await matching(deps.db, anywhere, argument)
        : [await findCustomerInScope(deps.db, { scope: anywhere, id })];
    const [only] = found;
    if (!only || found.length > 1) return { content: notOneMessage };
    const from = standing.customer;
    const changing = { actor, roomId: place.roomId, scope: anywhere };
    const result = await withFallbackRoom(deps.directRooms, actor, (fallbackRoomId) =>
      useCustomer(deps, { ...changing, id: only.id, from, fallbackRoomId }),
    );
    if (result.outcome === 'placed') return { content: placedMessage, isRefusal: true };
    if (result.outcome !== 'used') return { content: refusedMessage(result) };
    return { content: usedMessage(result) };
  },
};

/** What a button sends; a choice on a card that was left open sends an empty text. */
const chosenId = z.object({ customer_id: z.uuid().optional() });

const notOneMessage = failureMessage({
  what: 'No customer, or more than one, has this name.',
  hint: 'Type use with the whole name, or with the names from above down: use North / Acme.',
});

const placedMessage = failureMessage({
  what: 'Only an administrator of where this space stands can have it stand elsewhere.',
  hint: 'Nothing was changed. Ask one of them: admins lists them. Or add me to a new space, and type use there.',
});

const directMessage = failureMessage({
  what: 'A direct space shows all that your rights reach.',
  hint: 'Type use in a group space that is to show one reseller or customer only.',
});
