// What `list` answers: a page of organizations by number, with their connections' state.

import { actionSets, emphasized, inputsButton, type PagesBeside, pageButtons, submitButton } from '../chat/buttons.ts';
import { reply } from '../chat/compose.ts';
import { shownName } from '../chat/facts.ts';
import { lines, md, paragraphs } from '../chat/markdown.ts';
import { renderCard } from '../chat/render.ts';
import type { Reply } from '../chat/reply.ts';
import { type ConnectionView, connectionInShort, connectionMark } from '../connections/connection-words.ts';
import { counted } from '../lib/text.ts';

/** How many organizations a page of the list holds. */
export const LIST_PAGE_SIZE = 10;

export interface ListRow {
  /** Our id of the organization. */
  readonly id: string;
  readonly name: string;
  readonly connection: ConnectionView | null;
}

/** `rows` is one page, of which the first carries `firstNumber`; `total` counts the rows of all pages. */
export function listReply(
  view: PagesBeside & {
    readonly rows: readonly ListRow[];
    readonly firstNumber: number;
    readonly total: number;
    readonly now: Date;
  },
): Reply {
  if (view.rows.length === 0) return emptyReply(view);
  const rows = view.rows.slice(0, LIST_PAGE_SIZE).map(({ id, name, connection }, index) => ({
    id,
    number: String(view.firstNumber + index),
    name: shownName(name),
    state: `${connectionMark(connection, view.now)} ${connectionInShort(connection, view.now)}`,
  }));
  const title = counted(view.total, 'organization');
  const lastNumber = view.firstNumber + rows.length - 1;
  const range = rows.length === view.total ? [] : [`Showing ${view.firstNumber} to ${lastNumber}.`];
  return reply(
    paragraphs([
      md`**${title}** ${range.join('')}`,
      lines(rows.map(({ number, name, state }) => md`${number}. **${name}** – ${state}`)),
      md`Type **show** or **connect** with a number, for example **show ${view.firstNumber}**.`,
    ]),
    renderCard('list', {
      title,
      color: 'default',
      texts: range,
      rows,
      choices: rows.map(({ id, number, name }) => ({ title: `${number}. ${name}`, value: id })),
      choiceStyle: 'compact',
      // The page buttons need no choice, and not every client heeds that they take no inputs.
      choiceRequired: false,
      actionSets: actionSets([
        inputsButton('Show', { action: 'show' }),
        inputsButton('Connect', { action: 'connect' }),
        ...pageButtons(view, { action: 'list' }),
        submitButton('Add', { action: 'add' }),
      ]),
    }),
  );
}

/** No organization at all, or a page past the last one. */
function emptyReply({ total }: { readonly total: number }): Reply {
  const title = total === 0 ? 'No organizations yet' : 'There is nothing on this page';
  const text = total === 0 ? 'Add the first one, and then pass on its connect link.' : 'Go back to the first page.';
  const command = total === 0 ? 'add' : 'list';
  const button = submitButton(total === 0 ? 'Add organization' : 'First page', { action: command });
  return reply(
    paragraphs([md`**${title}**`, md`${text} Type **${command}**.`]),
    renderCard('message', { title, color: 'default', texts: [text], actionSets: actionSets([emphasized(button)]) }),
  );
}
