// What `list` answers: a page of organizations by number, with their connections' state.

import { button, emphasized, inputsButton, pageButtons } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import type { ListPage } from '../chat/pages.ts';
import { type ConnectionView, connectionInShort, connectionMark } from '../connections/connection-words.ts';
import { counted } from '../lib/text.ts';
import { pickOrganization } from '../organizations/choose.view.ts';

export interface ListRow {
  /** Our id of the organization. */
  readonly id: string;
  readonly name: string;
  readonly connection: ConnectionView | null;
}

/** One page of all organizations. */
export function listMessage(view: ListPage<ListRow>): CardMessage {
  const { firstNumber, total, now } = view;
  if (view.rows.length === 0) return emptyMessage(total);
  const rows = view.rows.map(({ id, name, connection }, index) => ({
    number: firstNumber + index,
    name: shownName(name),
    state: `${connectionMark(connection, now)} ${connectionInShort(connection, now)}`,
    value: id,
  }));
  const isWhole = rows.length === total;
  return message({
    title: counted(total, 'organization'),
    lead: isWhole ? undefined : `Showing ${firstNumber} to ${firstNumber + rows.length - 1}.`,
    blocks: [{ kind: 'rows', rows, isCounted: true, pick: pickOrganization }],
    buttons: [
      inputsButton('Show', 'show'),
      inputsButton('Connect', 'connect'),
      ...pageButtons(view, 'list'),
      button('Add', 'add'),
    ],
    typed: md`Type **show** or **connect** with a number, for example **show ${firstNumber}**.`,
  });
}

/** No organization at all, or a page past the last one. */
const emptyMessage = (total: number): CardMessage =>
  total === 0
    ? message({
        title: 'No organizations yet',
        texts: ['Add the first one, and then pass on its connect link.'],
        buttons: [emphasized(button('Add organization', 'add'))],
        typed: md`Type **add**.`,
      })
    : message({
        title: 'There is nothing on this page',
        texts: ['Go back to the first page.'],
        buttons: [emphasized(button('First page', 'list'))],
        typed: md`Type **list**.`,
      });
