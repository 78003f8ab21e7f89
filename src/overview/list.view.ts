// What `list` answers: a page of organizations by number, with their connections' state and a button each.

import { type Button, button, emphasized, pageButtons } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { type ListPage, pageWords } from '../chat/pages.ts';
import { type ConnectionState, connectVerb, isAlive } from '../connections/connection-words.ts';
import { hangingOn, shortLead } from '../connections/named-connections.view.ts';
import { statusWords } from '../directory/wholesale/wholesale-rules.ts';
import { capitalized, countedUpTo, shorten } from '../lib/text.ts';
import { inputsOf, type ListFilter, type ListQuery } from './list-filter.ts';
import type { ListedOrganization } from './listed-records.store.ts';
import type { ListCounts } from './overview.store.ts';

const TYPED_MAX_CHARACTERS = 60;
const CUSTOMER_MAX_CHARACTERS = 40;

export type ListRow = Omit<ListedOrganization, 'connection' | 'holdsOthers'> & {
  readonly connection: ConnectionState | null;
  /** How many organizations hang on its grant. */
  readonly served?: number;
  readonly heldByApp?: number;
};

export interface ListView extends ListPage<ListRow> {
  readonly query: ListQuery;
  readonly counts: ListCounts | null;
  /** Whoever may only read gets no button that changes anything. */
  readonly mayChange: boolean;
}

/** One page of what the query finds, with how many of all need attention. */
export function listMessage(view: ListView): CardMessage {
  const { firstNumber, total, now, query, counts, mayChange } = view;
  const rows = view.rows.map((row, index) => ({
    number: firstNumber + index,
    name: shownName(row.name),
    lead: shortLead(row.connection, now),
    state: recordWords(row),
    button: nextStep(row, { mayChange, now }),
  }));
  return message({
    title: `${capitalized(countedUpTo(total, 'organization'))}${whichWords(query)}`,
    lead: pageWords(view),
    texts: [counts && attentionWords(counts)],
    blocks: [{ kind: 'rows', rows, isCounted: true }],
    buttons: [
      ...pageButtons(view, 'list', inputsOf(query)),
      ...otherLists(query),
      mayChange ? button('Add', 'add') : null,
    ],
    typed: mayChange
      ? md`Type **show** or **connect** with a number, for example **show ${firstNumber}**.`
      : md`Type **show** with a number, for example **show ${firstNumber}**.`,
  });
}

/** `Of these: 3 lost or expired, 1 failing, 12 expire within 30 days, 4 not connected.` */
function attentionWords({ lost, failing, soon, notConnected }: ListCounts): string {
  const parts = [
    lost > 0 ? `${countedUpTo(lost)} lost or expired` : null,
    failing > 0 ? `${countedUpTo(failing)} failing` : null,
    soon > 0 ? `${countedUpTo(soon)} ${soon === 1 ? 'expires' : 'expire'} within 30 days` : null,
    notConnected > 0 ? `${countedUpTo(notConnected)} not connected` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'All are connected, and none expires within 30 days.' : `Of these: ${parts.join(', ')}.`;
}

/** `Acme; Wholesale Status: provisioned; 6c36e7a4-…`: the customer, and the number by which Control Hub knows it. */
const recordWords = ({ customer, isWholesale, wholesaleStatus, number, ...onGrant }: ListRow): string =>
  [
    ...hangingWordsOf(onGrant),
    shorten(shownName(customer), CUSTOMER_MAX_CHARACTERS),
    ...(isWholesale ? [`Wholesale Status: ${wholesaleWords(wholesaleStatus)}`] : []),
    number,
  ].join('; ');

/** `120 organizations hang on it`, before all else. */
function hangingWordsOf(onGrant: Pick<ListRow, 'served' | 'heldByApp'>): string[] {
  const count = hangingOn(onGrant);
  if (count === 0) return [];
  return [`${capitalized(countedUpTo(count, 'organization'))} ${count === 1 ? 'hangs' : 'hang'} on it`];
}

const wholesaleWords = (status: string | null): string =>
  status === null ? 'not synced' : shorten(statusWords(status).toLowerCase(), CUSTOMER_MAX_CHARACTERS);

/** What is most likely next for it. */
function nextStep({ id, connection }: ListRow, { mayChange, now }: { mayChange: boolean; now: Date }): Button {
  const isWell = connection !== null && isAlive(connection, now);
  if (isWell || !mayChange) return button('Show', 'show', { organization_id: id });
  return button(connectVerb(connection), 'connect', { organization_id: id });
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

/** ` lost or expired`, ` with “acme” in the name, with the label gold, lost or expired` */
function whichWords({ part, filter, label }: ListQuery): string {
  const words = [
    part === '' ? null : `with “${shorten(part, TYPED_MAX_CHARACTERS)}” in the name`,
    label === undefined ? null : `with the label ${label}`,
    filter === 'all' ? null : inWords[filter],
  ].filter((word) => word !== null);
  return words.length === 0 ? '' : ` ${words.join(', ')}`;
}

/** The lists that people look for most; the one in sight is not among them. */
function otherLists({ filter, part, label }: ListQuery): Button[] {
  const isAll = filter === 'all' && part === '' && label === undefined;
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
  if (query.filter === 'all' && query.part === '' && query.label === undefined) {
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
