// Why the tree of customers was not changed.

import { button } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { type Message, message } from '../chat/message.ts';
import { failureMessage } from '../chat/refusals.ts';
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
        title: `${shownName(refused.existing.name)} stands at that place already`,
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
      hangs('Nodes below it', children, 'Move or remove them first, with customers move or customers remove.'),
      hangs('Organizations that belong to it', organizations, 'Give them to another customer with move.'),
      deletedUntil === null
        ? null
        : hangs(
            'Deleted organizations that belong to it',
            deletedOrganizations,
            `Bring them back with undo and move them, or wait until ${instantWords(deletedUntil)}.`,
          ),
      hangs('Spaces that stand there', spaces, 'Type use with another customer in them.'),
      hangs('Mappings that lead there or belong to it', mappings, 'Change or remove them with mappings.'),
      hangs(
        'Sites that stand there',
        sites,
        'Type sites to see them. A removed mapping offers to move those that it has brought.',
      ),
      hangs('Lists of network devices that belong to it', deviceLists, 'Remove them with ndl remove.'),
      hangs('People with rights there', people, 'Take the rights away with admins remove.'),
    ],
    buttons: [button('Show', 'customers', { customer_id: id })],
  });
}

/** What of a kind hangs on it, and what to do with that; nothing where there is none. */
const hangs = (what: string, count: number, hint: string): string | null =>
  count === 0 ? null : `${what}: ${count}. ${hint}`;
