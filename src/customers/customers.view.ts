// What `customers` answers: the tree as an indented list, with how many organizations stand at or below each node and what needs attention there.

import type { RowLead } from '../chat/blocks.ts';
import { button, pageButtons } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import type { ListPage } from '../chat/pages.ts';
import { capitalized, counted, countedUpTo } from '../lib/text.ts';
import type { CountedCustomer } from './customer.store.ts';
import { kindWords, levelOf, pathWords } from './customer-rules.ts';

/** `names`: from above down to the node. */
export interface ShownRoot {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly names: readonly string[];
}

/**
 * One page of the tree in sight; `root`: the node from which on it is shown, null for all. `parentId`: below which node the reader may add customers; null
 * for none.
 */
export function customersMessage(
  view: ListPage<CountedCustomer> & { readonly root: ShownRoot | null; readonly parentId: string | null },
): CardMessage {
  const { root, total, rows, firstNumber } = view;
  const about = root === null ? {} : { customer_id: root.id };
  const highest = Math.min(...rows.map(({ path }) => levelOf(path)));
  const from = root === null ? highest : levelOf(root.path);
  const isWhole = rows.length === total;
  const isBare = total === 1;
  return message({
    title: root === null ? `${counted(total, 'node')} of the tree of customers` : pathWords(root.names),
    lead: isWhole ? undefined : `Showing ${firstNumber} to ${firstNumber + rows.length - 1} of ${total}.`,
    texts: [
      isBare && root === null
        ? 'Add resellers and customers below it, to give each its own people, spaces and settings.'
        : null,
    ],
    blocks: [
      {
        kind: 'rows',
        rows: rows.map((row) => ({
          name: `${'– '.repeat(Math.max(0, levelOf(row.path) - from))}${shownName(row.name)}`,
          lead: leadOf(row),
          state: `${kindWords[row.kind]}; ${countedUpTo(row.organizations, 'organization')}`,
          button:
            row.id === root?.id
              ? button('Organizations', 'list', { customer_id: row.id })
              : button('Show', 'customers', { customer_id: row.id }),
        })),
      },
    ],
    buttons: [
      ...pageButtons(view, 'customers', about),
      view.parentId === null ? null : button('Add customer', 'add-customer', { parent_id: view.parentId }),
      root === null ? null : button('All customers', 'customers'),
    ],
    typed: md`Type **customers** with a name to see what stands below it, or **customers add** with a name.`,
  });
}

/** What is worst at or below the node. */
function leadOf({ organizations, lost, failing, soon, notConnected }: CountedCustomer): RowLead {
  if (lost > 0) return { text: `${capitalized(countedUpTo(lost))} lost or expired`, tone: 'attention' };
  if (failing > 0) return { text: `${capitalized(countedUpTo(failing))} failing`, tone: 'attention' };
  if (soon > 0) return { text: `${capitalized(countedUpTo(soon))} expiring within 30 days`, tone: 'default' };
  if (notConnected > 0) return { text: `${capitalized(countedUpTo(notConnected))} not connected`, tone: 'default' };
  return { text: organizations === 0 ? 'Empty' : 'All connected', tone: 'default' };
}
