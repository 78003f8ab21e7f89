// What `use` answers: where the space stands.

import type { Standing } from '../chat/actor.ts';
import { button } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { counted } from '../lib/text.ts';
import type { Customer } from './customer.store.ts';

/** Where it stands now. */
export function standsMessage({ standing, isDirect }: { standing: Standing; isDirect: boolean }): CardMessage {
  const { name, id } = standing.customer;
  return message({
    title: isDirect ? 'This space shows all that your rights reach' : `This space stands at ${shownName(name)}`,
    texts: [
      isDirect ? 'It is for you and me alone.' : 'It shows what stands there or below, to people with rights there.',
    ],
    buttons: [button('Customers', 'customers'), isDirect ? null : button('Organizations', 'list', { customer_id: id })],
    typed: isDirect
      ? md`Type **customers** for the tree.`
      : md`Type **use** with the name of a customer to have this space show it alone.`,
  });
}

/** It stands somewhere else now. */
export function usedMessage({ customer, rehomed }: { customer: Customer; rehomed: number }): CardMessage {
  const name = shownName(customer.name);
  return message({
    mark: '✅',
    title: `This space stands at ${name} now`,
    texts: [
      `It shows what stands there or below, and add offers ${name}.`,
      rehomed === 0
        ? null
        : `${counted(rehomed, 'organization')} of this space stand elsewhere: I tell you directly what happens to them.`,
    ],
    buttons: [button('Organizations', 'list'), button('Add organization', 'add'), button('Customers', 'customers')],
    typed: md`Type **add** for its first organization.`,
  });
}
