// The buttons that change the tree of customers: the form, and what was to be confirmed.

import { z } from 'zod';
import type { Answer } from '../chat/answer.ts';
import type { Action, CommandInput } from '../chat/command.ts';
import type { DirectRooms } from '../chat/direct-rooms.ts';
import { trimmed } from '../lib/search-key.ts';
import { addCustomer, type ChangeTreeDeps, moveCustomer, removeCustomer } from './change-tree.ts';
import { customerGoneMessage } from './choose-customer.view.ts';
import { findCustomerInScope } from './customer.store.ts';
import { customerAddedMessage, customerMovedMessage, customerRemovedMessage } from './customer-acts.view.ts';
import { customerForm, SAVE_CUSTOMER } from './customer-form.view.ts';
import { refusedMessage } from './customer-refused.view.ts';
import { ADDED_KINDS, nameProblem } from './customer-rules.ts';
import { withFallbackRoom } from './with-fallback-room.ts';

interface Deps extends ChangeTreeDeps {
  directRooms: DirectRooms;
}

const parentInput = z.object({ parent_id: z.uuid() });
const customerInput = z.object({ customer_id: z.uuid() });

const changing = ({ actor, place: { roomId }, scope }: CommandInput) => ({ actor, roomId, scope });

/** Opens the form for a customer below the node that the button names. */
export const openCustomerForm: Action<Deps> = {
  name: 'add-customer',
  async run({ db }, { inputs, scope }) {
    const sent = parentInput.safeParse(inputs);
    const parent = sent.success ? await findCustomerInScope(db, { scope, id: sent.data.parent_id }) : undefined;
    return { content: parent ? customerForm({ parent, values: inputs }) : customerGoneMessage };
  },
};

/** Saves the form, or shows it again with what was typed. */
export const saveCustomer: Action<Deps> = {
  name: SAVE_CUSTOMER,
  async run(deps, input) {
    const { inputs, scope, cardMessageId } = input;
    const sent = parentInput.safeParse(inputs);
    const parent = sent.success ? await findCustomerInScope(deps.db, { scope, id: sent.data.parent_id }) : undefined;
    if (!parent) return { content: customerGoneMessage };
    const inPlaceOfForm = (content: Answer['content']): Answer => ({ content, replacesMessageId: cardMessageId });
    const name = trimmed(String(inputs['name'] ?? ''));
    const kind = ADDED_KINDS.find((known) => known === inputs['kind']) ?? 'customer';
    const problem = nameProblem(name);
    if (problem !== undefined) return inPlaceOfForm(customerForm({ parent, values: inputs, problem }));
    const result = await addCustomer(deps, { ...changing(input), parentId: parent.id, name, kind });
    if (result.outcome === 'name_taken') {
      const taken = `There is one of this name below ${parent.name} already.`;
      return inPlaceOfForm(customerForm({ parent, values: inputs, problem: taken }));
    }
    if (result.outcome !== 'added') return { content: refusedMessage(result) };
    return inPlaceOfForm(customerAddedMessage({ customer: result.customer, parent }));
  },
};

/** Moves a customer, as was confirmed. */
export const moveConfirmed: Action<Deps> = {
  name: 'move-customer',
  async run(deps, input) {
    const sent = customerInput.and(parentInput).safeParse(input.inputs);
    if (!sent.success) return { content: customerGoneMessage };
    const { customer_id: id, parent_id: parentId } = sent.data;
    const result = await withFallbackRoom(deps.directRooms, input.actor, (fallbackRoomId) =>
      moveCustomer(deps, { ...changing(input), id, parentId, fallbackRoomId }),
    );
    if (result.outcome !== 'moved') return { content: refusedMessage(result) };
    const { customer, from, parent, rehomed } = result;
    return {
      content: customerMovedMessage({ id, name: customer.name, from, to: parent.name, rehomed }),
      replacesMessageId: input.cardMessageId,
    };
  },
};

/** Removes a customer, as was confirmed. */
export const removeConfirmed: Action<Deps> = {
  name: 'remove-customer',
  async run(deps, input) {
    const sent = customerInput.safeParse(input.inputs);
    if (!sent.success) return { content: customerGoneMessage };
    const result = await removeCustomer(deps, { ...changing(input), id: sent.data.customer_id });
    if (result.outcome !== 'removed') return { content: refusedMessage(result) };
    return { content: customerRemovedMessage(result), replacesMessageId: input.cardMessageId };
  },
};
