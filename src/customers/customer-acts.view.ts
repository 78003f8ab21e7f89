// What is answered when a customer is added, renamed, moved or removed, and what is asked before.

import { button, emphasized } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { failureMessage } from '../chat/refusals.ts';
import { counted, shorten } from '../lib/text.ts';
import type { Customer } from './customer.store.ts';
import { kindWords } from './customer-rules.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    'move-customer': { customer_id: string; parent_id: string };
    'remove-customer': { customer_id: string };
  }
}

type Named = Pick<Customer, 'id' | 'name' | 'kind'>;

const show = (title: string, { id }: Pick<Customer, 'id'>) => button(title, 'customers', { customer_id: id });
const all = button('All customers', 'customers');

export function customerAddedMessage({ customer, parent }: { customer: Named; parent: Named }): CardMessage {
  const name = shownName(customer.name);
  return message({
    mark: '✅',
    title: `${name} is added below ${shownName(parent.name)}`,
    texts: [
      `It is a ${kindWords[customer.kind]}. Give a space to it with use, add its organizations there, and name its people with admins add.`,
    ],
    buttons: [
      emphasized(button('Add organization', 'add', { customer_id: customer.id })),
      button('Onboard', 'onboard', { customer_id: customer.id }),
      show('Show', customer),
      all,
    ],
    typed: md`Type **use ${name}** in a space of its own.`,
  });
}

export const customerRenamedMessage = ({
  id,
  before,
  name,
}: {
  id: string;
  before: string;
  name: string;
}): CardMessage =>
  message({
    mark: '✅',
    title: `${shownName(before)} is called ${shownName(name)} now`,
    texts: ['Its organizations keep their own names.'],
    buttons: [show('Show', { id }), all],
  });

/** `from` and `to` are the names from above down, of the customer now and of the parent to be. */
export const confirmMoveMessage = (view: { customer: Named; parent: Named; from: string; to: string }): CardMessage =>
  message({
    mark: '⚠️',
    title: `Move ${shownName(view.customer.name)} under ${shownName(view.parent.name)}?`,
    texts: [
      `It moves from ${view.from} to ${view.to}, with all that stands below it.`,
      'People with rights at the old place lose them for it, people with rights at the new place gain them, and settings of the new place count. Organizations that a space may not show any more are told of in your direct space.',
    ],
    buttons: [
      emphasized(button('Move', 'move-customer', { customer_id: view.customer.id, parent_id: view.parent.id })),
      all,
    ],
    typed: md`Press **Move** on the card; a client that shows no cards cannot confirm.`,
  });

export const customerMovedMessage = (view: {
  id: string;
  name: string;
  from: string;
  to: string;
  rehomed: number;
}): CardMessage =>
  message({
    mark: '✅',
    title: `${shownName(view.name)} stands under ${shownName(view.to)} now`,
    texts: [
      `It stood under ${shownName(view.from)}.`,
      view.rehomed === 0
        ? null
        : `${counted(view.rehomed, 'organization')} outside of their old space: I tell you directly what happens to them.`,
    ],
    buttons: [show('Show', view), all],
  });

export const confirmRemoveMessage = (customer: Named): CardMessage =>
  message({
    mark: '⚠️',
    title: `Remove ${shownName(customer.name)}?`,
    texts: [`The ${kindWords[customer.kind]} goes. It is removed only where nothing hangs on it.`],
    buttons: [emphasized(button('Remove', 'remove-customer', { customer_id: customer.id })), all],
    typed: md`Press **Remove** on the card; a client that shows no cards cannot confirm.`,
  });

export const customerRemovedMessage = ({ name }: { name: string }): CardMessage =>
  message({
    mark: '✅',
    title: `${shownName(name)} is removed`,
    texts: ['The audit keeps what was done with it.'],
    buttons: [all],
  });

export const nameProblemMessage = ({ name, problem }: { name: string; problem: string }) =>
  failureMessage({ what: `“${shorten(name, 60)}” cannot be the name of a customer.`, hint: problem });

const howTyped = {
  add: 'Type customers add with a name, for example customers add Acme under North.',
  rename: 'Type customers rename, the name, the word to, and the new name.',
  move: 'Type customers move, the name, the word under, and the name of the new parent.',
  remove: 'Type customers remove and the name.',
} as const;

export const howMessage = (verb: keyof typeof howTyped) =>
  failureMessage({ what: `customers ${verb} needs more words.`, hint: howTyped[verb] });
