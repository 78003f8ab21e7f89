// Why the tree of customers was not changed.

import { button } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { type Message, message } from '../chat/message.ts';
import { failureMessage } from '../chat/refusals.ts';
import { counted } from '../lib/text.ts';
import { instantWords } from '../lib/time-words.ts';
import { customerGoneMessage } from './choose-customer.view.ts';
import type { Customer, Hanging } from './customer.store.ts';
import { MOST_LEVELS } from './customer-rules.ts';

export type RefusedChange =
  | { readonly outcome: 'gone' | 'too_deep' | 'below_itself' | 'unchanged' }
  | { readonly outcome: 'name_taken'; readonly existing: Pick<Customer, 'id' | 'name'> }
  | { readonly outcome: 'outermost'; readonly customer: Pick<Customer, 'name'> }
  | {
      readonly outcome: 'in_use';
      readonly customer: Pick<Customer, 'id' | 'name'>;
      readonly hanging: Hanging;
      readonly deletedUntil: Date | null;
    };

export function refusedMessage(refused: RefusedChange): Message {
  switch (refused.outcome) {
    case 'gone':
      return customerGoneMessage;
    case 'too_deep':
      return failureMessage({
        what: `The tree would have more than ${MOST_LEVELS} levels.`,
        hint: 'Nothing was changed. Choose a parent further up.',
      });
    case 'below_itself':
      return failureMessage({
        what: 'A customer cannot stand below itself.',
        hint: 'Nothing was changed. Choose a parent that is not below it.',
      });
    case 'unchanged':
      return failureMessage({ what: 'It stands there already.', hint: 'Nothing was changed.' });
    case 'name_taken':
      return message({
        title: `There is a ${shownName(refused.existing.name)} at that place already`,
        texts: ['Nothing was changed. Choose another name.'],
        buttons: [button('Show', 'customers', { customer_id: refused.existing.id })],
      });
    case 'in_use':
      return inUseMessage(refused);
    case 'outermost':
      return failureMessage({
        what: `${shownName(refused.customer.name)} can be removed only by somebody who administers what it stands below.`,
        hint: 'Nothing was changed. Ask one of them: admins lists people with rights.',
      });
  }
}

function inUseMessage({
  customer: { id, name },
  hanging,
  deletedUntil,
}: Extract<RefusedChange, { outcome: 'in_use' }>): Message {
  const { children, organizations, deletedOrganizations, spaces, sites, deviceLists, mappings, people } = hanging;
  return message({
    title: `${shownName(name)} cannot be removed yet`,
    texts: [
      children === 0
        ? null
        : `${counted(children, 'node')} below it: move or remove them first, with customers move or customers remove.`,
      organizations === 0
        ? null
        : `${counted(organizations, 'organization')} belong to it: give them to another customer with move.`,
      deletedOrganizations === 0 || deletedUntil === null
        ? null
        : `${counted(deletedOrganizations, 'deleted organization')} belong to it: bring them back with undo and move them, or wait until ${instantWords(deletedUntil)}.`,
      spaces === 0 ? null : `${counted(spaces, 'space')} stand there: type use with another customer in them.`,
      mappings === 0
        ? null
        : `${counted(mappings, 'mapping')} lead there or belong to it: change or remove them with mappings.`,
      sites === 0
        ? null
        : `${counted(sites, 'site')} stand there: sites lists them. A removed mapping offers to move those that it has brought.`,
      deviceLists === 0
        ? null
        : `${counted(deviceLists, 'list', 'lists of network devices')} belong to it: remove them with ndl remove.`,
      people === 0
        ? null
        : `${people === 1 ? '1 person has' : `${people} people have`} rights there: take them away with admins remove.`,
    ],
    buttons: [button('Show', 'customers', { customer_id: id })],
  });
}
