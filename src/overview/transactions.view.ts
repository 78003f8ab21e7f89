// What `transactions` answers: a page of them by number, the newest first, with what can be done about each.

import type { RowLead } from '../chat/blocks.ts';
import { type Button, button, emphasized } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { shorten } from '../lib/text.ts';
import { instantWords, sinceWords } from '../lib/time-words.ts';
import type { TransactionFilter } from '../transactions/transaction-list.store.ts';
import { markedStatus, type TransactionInShort, tookWords } from '../transactions/transaction-words.ts';

/** How many transactions a page holds. */
export const TRANSACTIONS_PAGE_SIZE = 10;

const WHO_MAX_CHARACTERS = 60;
const WHY_MAX_CHARACTERS = 160;

export interface TransactionsView {
  /** One page, the newest first. */
  readonly rows: readonly TransactionInShort[];
  readonly hasNewer: boolean;
  readonly hasOlder: boolean;
  readonly filter: TransactionFilter;
  /** Null where those of every organization are shown. */
  readonly organization: { readonly id: string; readonly name: string } | null;
  readonly now: Date;
}

/** One page, with a button for each transaction, for the filters and for the pages beside. */
export function transactionsMessage(view: TransactionsView): CardMessage {
  const [first] = view.rows;
  if (first === undefined) return emptyMessage(view);
  const rows = view.rows.slice(0, TRANSACTIONS_PAGE_SIZE).map((row) => ({
    number: row.id,
    name: `${row.actionTitle} ${shownName(row.organizationName)}`,
    lead: leadOf(row),
    state: stateOf(row, view.now),
    button: button('Steps', 'transaction', { transaction_id: row.id }),
  }));
  return message({
    title: `${titles[view.filter]}${ofWhom(view)}`,
    texts: [view.hasOlder ? 'There are older ones.' : null],
    blocks: [{ kind: 'rows', rows }],
    buttons: [...filterButtons(view), ...besideButtons(view)],
    typed: md`Type **transaction**, **cancel** or **replay** with a number, for example **transaction ${first.id}**.`,
  });
}

const titles = { all: 'Transactions', failed: 'Failed transactions', running: 'Running transactions' };

const ofWhom = ({ organization }: TransactionsView): string =>
  organization === null ? '' : ` of ${shownName(organization.name)}`;

/** `✅ Success`, `❌ Fail: Webex refused it` */
function leadOf(row: TransactionInShort): RowLead {
  const isFailed = row.status === 'fail';
  const why =
    isFailed && row.message !== null ? `: ${shorten(row.message.replace(/\.$/, ''), WHY_MAX_CHARACTERS)}` : '';
  return { text: `${markedStatus(row)}${why}`, tone: isFailed ? 'attention' : 'default' };
}

/** `3 hours ago (Mon 23 Nov 2026, 12:00 UTC), took 9 seconds; ada@example.com` */
function stateOf(row: TransactionInShort, now: Date): string {
  const when = `${sinceWords(row.submittedAt, now)} (${instantWords(row.submittedAt)})`;
  const took = tookWords(row, now);
  const howLong = took === null ? [] : [row.completedAt === null ? `running for ${took}` : `took ${took}`];
  return `${[when, ...howLong].join(', ')}; ${shorten(row.requestedBy, WHO_MAX_CHARACTERS) || '(nobody)'}`;
}

/** What every button of this list sends: the same filter of the same organization, unless it changes one. */
const same = ({ filter, organization }: TransactionsView) => ({
  filter,
  ...(organization === null ? {} : { organization_id: organization.id }),
});

const filterButtons = (view: TransactionsView): Button[] => [
  button('All', 'transactions', { ...same(view), filter: 'all' }),
  button('Failed', 'transactions', { ...same(view), filter: 'failed' }),
  button('Running', 'transactions', { ...same(view), filter: 'running' }),
];

function besideButtons(view: TransactionsView): (Button | null)[] {
  const [newest, oldest] = [view.rows[0], view.rows.at(-1)];
  return [
    view.hasNewer && newest ? button('Newer', 'transactions', { ...same(view), newer_than: newest.id }) : null,
    view.hasOlder && oldest ? button('Older', 'transactions', { ...same(view), older_than: oldest.id }) : null,
  ];
}

/** Nothing of the kind at all, or a page past the last one. */
function emptyMessage(view: TransactionsView): CardMessage {
  const whose = ofWhom(view);
  const none = {
    all: `There are no transactions${whose} yet`,
    failed: `No transaction${whose} has failed`,
    running: `No transaction${whose} is running`,
  };
  const { filter, organization } = view;
  const isPast = view.hasNewer || view.hasOlder;
  if (isPast || filter !== 'all') {
    return message({
      title: isPast ? 'There is nothing on this page' : none[filter],
      texts: ['Press a button for others, or type transactions for all.'],
      buttons: filterButtons(view),
    });
  }
  return message({
    title: none.all,
    texts: [
      organization === null ? 'Connecting an organization makes the first one.' : 'Connecting it makes the first one.',
    ],
    buttons:
      organization === null
        ? [emphasized(button('Add organization', 'add')), button('Not connected', 'list', { filter: 'not connected' })]
        : [
            emphasized(button('Connect', 'connect', { organization_id: organization.id })),
            button('All', 'transactions'),
          ],
    typed: organization === null ? md`Type **add**, or **connect** with a name.` : md`Type **connect** with its name.`,
  });
}
