// What `list` answers: a page of organizations by number, with their connections' state and a button each.

import { type Button, button, emphasized, pageButtons } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import type { ListPage } from '../chat/pages.ts';
import { type ConnectionView, connectVerb, isAlive } from '../connections/connection-words.ts';
import { shortLead } from '../connections/named-connections.view.ts';
import { counted, shorten } from '../lib/text.ts';
import { inputsOf, type ListFilter, type ListQuery } from './list-filter.ts';

const TYPED_MAX_CHARACTERS = 60;

export interface ListRow {
  /** Our id of the organization. */
  readonly id: string;
  readonly name: string;
  readonly connection: ConnectionView | null;
}

/** One page of what the query finds. */
export function listMessage(view: ListPage<ListRow> & { readonly query: ListQuery }): CardMessage {
  const { firstNumber, total, now, query } = view;
  const rows = view.rows.map(({ id, name, connection }, index) => ({
    number: firstNumber + index,
    name: shownName(name),
    lead: shortLead(connection, now),
    button: nextStep(id, connection, now),
  }));
  const isWhole = rows.length === total;
  return message({
    title: `${counted(total, 'organization')}${whichWords(query)}`,
    lead: isWhole ? undefined : `Showing ${firstNumber} to ${firstNumber + rows.length - 1}.`,
    blocks: [{ kind: 'rows', rows, isCounted: true }],
    buttons: [...pageButtons(view, 'list', inputsOf(query)), ...otherLists(query), button('Add', 'add')],
    typed: md`Type **show** or **connect** with a number, for example **show ${firstNumber}**.`,
  });
}

/** What is most likely next for it. */
function nextStep(id: string, connection: ConnectionView | null, now: Date): Button {
  return connection !== null && isAlive(connection, now)
    ? button('Show', 'show', { organization_id: id })
    : button(connectVerb(connection), 'connect', { organization_id: id });
}

const inWords: Record<ListFilter, string> = {
  all: '',
  lost: 'lost or expired',
  failing: 'failing',
  soon: 'expiring within 30 days',
  'not connected': 'not connected',
  wholesale: 'of wholesale customers',
  'contact center': 'of contact-center customers',
};

/** ` lost or expired`, ` with “acme” in the name, lost or expired` */
function whichWords({ part, filter }: ListQuery): string {
  if (part === '') return filter === 'all' ? '' : ` ${inWords[filter]}`;
  const named = ` with “${shorten(part, TYPED_MAX_CHARACTERS)}” in the name`;
  return filter === 'all' ? named : `${named}, ${inWords[filter]}`;
}

/** The lists that people look for most; the one in sight is not among them. */
function otherLists({ filter, part }: ListQuery): Button[] {
  const isAll = filter === 'all' && part === '';
  const lists = (['lost', 'not connected'] as const).filter((other) => other !== filter);
  return [
    ...(isAll ? [] : [button('All', 'list')]),
    ...lists.map((other) => button(other === 'lost' ? 'Lost' : 'Not connected', 'list', { filter: other })),
  ];
}

/** No organization at all, or none that the query finds. `nearest` are names like the one that was typed. */
export function nothingListedMessage({
  query,
  nearest,
}: {
  readonly query: ListQuery;
  readonly nearest: readonly string[];
}): CardMessage {
  if (query.filter === 'all' && query.part === '') {
    return message({
      title: 'No organizations yet',
      texts: ['Add the first one, and then pass on its connect link.'],
      buttons: [emphasized(button('Add organization', 'add'))],
      typed: md`Type **add**.`,
    });
  }
  const meant = nearest.map(shownName).join(' or ');
  return message({
    title: `No organization${whichWords(query)}`,
    tone: query.filter === 'lost' || query.filter === 'failing' ? 'good' : 'default',
    texts: [meant === '' ? null : `Did you mean ${meant}?`],
    buttons: [button('All', 'list')],
    typed: md`Type **list** for all.`,
  });
}
