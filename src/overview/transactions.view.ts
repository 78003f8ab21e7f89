// What `transactions` answers: a page of them by number, the newest first, with what can be done about each.

import { actionSets, type Button, inputsButton, submitButton } from '../chat/buttons.ts';
import { reply } from '../chat/compose.ts';
import { shownName } from '../chat/facts.ts';
import { lines, md, paragraphs } from '../chat/markdown.ts';
import { renderCard } from '../chat/render.ts';
import type { Reply } from '../chat/reply.ts';
import { shorten } from '../lib/text.ts';
import { distanceWords, instantWords } from '../lib/time-words.ts';
import type { TransactionFilter } from '../transactions/transaction-list.store.ts';
import { actionWords, markedStatus, type TransactionInShort, tookWords } from '../transactions/transaction-words.ts';

/** How many transactions a page holds. */
export const TRANSACTIONS_PAGE_SIZE = 10;

const WHO_MAX_CHARACTERS = 60;

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

/** One page, with buttons for the chosen transaction, for the filters and for the pages beside. */
export function transactionsReply(view: TransactionsView): Reply {
  if (view.rows.length === 0) return emptyReply(view);
  const title = titleOf(view);
  const rows = view.rows.slice(0, TRANSACTIONS_PAGE_SIZE).map((row) => ({
    number: String(row.id),
    name: `${actionWords[row.action]} ${shownName(row.organizationName)}`,
    state: stateOf(row, view.now),
  }));
  const more = view.hasOlder ? ['There are older ones.'] : [];
  return reply(
    paragraphs([
      md`**${title}**`,
      // No numbered list: Markdown would count upwards.
      lines(rows.map(({ number, name, state }) => md`- ${number}: **${name}** – ${state}`)),
      md`${more.join('')} Type **transaction**, **cancel** or **replay** with a number, for example **transaction ${rows[0]?.number ?? ''}**.`,
    ]),
    renderCard('transactions', {
      title,
      color: 'default',
      texts: more,
      rows,
      choices: rows.map(({ number, name }) => ({ title: `${number}: ${name}`, value: number })),
      choiceStyle: 'compact',
      // The other buttons need no choice, and not every client heeds that they take no inputs.
      choiceRequired: false,
      actionSets: [
        ...actionSets([
          inputsButton('Steps', { action: 'transaction' }),
          inputsButton('Cancel', { action: 'cancel' }),
          inputsButton('Replay', { action: 'replay' }),
        ]),
        ...actionSets([...filterButtons(view), ...besideButtons(view)]),
      ],
    }),
  );
}

const ofWhom = ({ organization }: TransactionsView): string =>
  organization === null ? '' : ` of ${shownName(organization.name)}`;

function titleOf(view: TransactionsView): string {
  const titles = { all: 'Transactions', failed: 'Failed transactions', running: 'Running transactions' };
  return `${titles[view.filter]}${ofWhom(view)}`;
}

/** `❌ Fail, 3 hours ago (Mon 23 Nov 2026, 12:00 UTC), took 9 seconds; ada@example.com` */
function stateOf(row: TransactionInShort, now: Date): string {
  const when = `${distanceWords(row.submittedAt, now)} (${instantWords(row.submittedAt)})`;
  const took = tookWords(row, now);
  const howLong = took === null ? [] : [row.completedAt === null ? `running for ${took}` : `took ${took}`];
  const who = shorten(row.requestedBy, WHO_MAX_CHARACTERS) || '(nobody)';
  return `${[markedStatus(row), when, ...howLong].join(', ')}; ${who}`;
}

/** What every button of this list sends: the same filter of the same organization, unless it changes one. */
const same = ({ filter, organization }: TransactionsView) => ({
  action: 'transactions',
  filter,
  ...(organization === null ? {} : { organization_id: organization.id }),
});

const filterButtons = (view: TransactionsView): Button[] => [
  submitButton('All', { ...same(view), filter: 'all' }),
  submitButton('Failed', { ...same(view), filter: 'failed' }),
  submitButton('Running', { ...same(view), filter: 'running' }),
];

function besideButtons(view: TransactionsView): Button[] {
  const [newest, oldest] = [view.rows[0], view.rows.at(-1)];
  return [
    ...(view.hasNewer && newest ? [submitButton('Newer', { ...same(view), newer_than: newest.id })] : []),
    ...(view.hasOlder && oldest ? [submitButton('Older', { ...same(view), older_than: oldest.id })] : []),
  ];
}

/** Nothing of the kind at all, or a page past the last one. */
function emptyReply(view: TransactionsView): Reply {
  const title = view.hasNewer || view.hasOlder ? 'There is nothing on this page' : noneOf(view);
  const text =
    view.filter === 'all' && view.organization === null
      ? 'Connecting an organization makes the first one.'
      : 'Look at others with the buttons, or type transactions for all.';
  return reply(
    paragraphs([md`**${title}**`, md`${text}`]),
    renderCard('message', { title, color: 'default', texts: [text], actionSets: actionSets(filterButtons(view)) }),
  );
}

function noneOf(view: TransactionsView): string {
  const whose = ofWhom(view);
  switch (view.filter) {
    case 'all':
      return `There are no transactions${whose} yet`;
    case 'failed':
      return `No transaction${whose} has failed`;
    case 'running':
      return `No transaction${whose} is running`;
  }
}
