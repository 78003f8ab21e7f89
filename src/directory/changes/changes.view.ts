// What people read of changes: a page of them, what scheduled syncs found, and the words beside the file.

import { button } from '../../chat/buttons.ts';
import { shownName } from '../../chat/facts.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message, type TextMessage } from '../../chat/message.ts';
import { counted, shorten } from '../../lib/text.ts';
import { sinceDeadlineWords } from '../../lib/time-words.ts';
import type { CountedChange, NamedChange } from './change.store.ts';
import { changeWords, countedWords, nounOf } from './change-words.ts';

export const CHANGES_PAGE_SIZE = 10;
const WORDS_MAX_CHARACTERS = 200;

declare module '../../chat/actions.ts' {
  interface Actions {
    changes: {
      organization_id?: string;
      days?: number;
      older_than?: number;
      newer_than?: number;
      /** `csv`: as a file. */
      as?: 'csv';
    };
  }
}

export interface ChangesView {
  /** One page, the newest first. */
  readonly rows: readonly NamedChange[];
  readonly hasNewer: boolean;
  readonly hasOlder: boolean;
  /** Undefined for those of all in scope. */
  readonly organization: { readonly id: string; readonly name: string } | undefined;
  /** How many days back; undefined for all that are kept. */
  readonly days: number | undefined;
  readonly now: Date;
}

/** One page, with buttons for the pages beside and for the file. */
export function changesMessage(view: ChangesView): CardMessage {
  const { rows, hasNewer, hasOlder, organization, days, now } = view;
  const [newest, oldest] = [rows[0], rows.at(-1)];
  const same = {
    ...(organization && { organization_id: organization.id }),
    ...(days === undefined ? {} : { days }),
  };
  const whose = organization ? ` of ${shownName(organization.name)}` : '';
  const when = days === undefined ? '' : `, the last ${counted(days, 'day')}`;
  return message({
    title: newest ? `Changes${whose}${when}` : `No changes${whose}${when}`,
    texts: [
      newest
        ? null
        : 'Syncs note what they find otherwise than the sync before. What is read for the first time is no change.',
    ],
    blocks: [
      {
        kind: 'rows',
        rows: rows.map((row) => ({
          number: row.id,
          name: [
            ...(organization ? [] : [shownName(row.organizationName)]),
            `${nounOf(row)} ${shownName(row.name)}`,
          ].join(': '),
          lead: { text: shorten(changeWords(row), WORDS_MAX_CHARACTERS), tone: 'default' },
          state: sinceDeadlineWords(row.seenAt, now),
        })),
      },
    ],
    buttons: [
      hasNewer && newest ? button('Newer', 'changes', { ...same, newer_than: newest.id }) : null,
      hasOlder && oldest ? button('Older', 'changes', { ...same, older_than: oldest.id }) : null,
      newest ? button('As CSV', 'changes', { ...same, as: 'csv' }) : null,
      organization ? button('Sync now', 'sync', { organization_id: organization.id }) : null,
    ],
    typed: md`Type **changes** with an organization or a number of days, or **changes csv** for a file.`,
  });
}

/** What scheduled syncs found. */
export function changesFoundMessage(view: {
  readonly rows: readonly { readonly id: string; readonly name: string; readonly counts: readonly CountedChange[] }[];
  readonly total: number;
}): CardMessage {
  const { rows, total } = view;
  const hidden = total - rows.length;
  return message({
    title: total === 1 ? 'A scheduled sync found changes' : `${total} scheduled syncs found changes`,
    texts: [hidden > 0 ? `${hidden} more not named here.` : null],
    blocks: [
      {
        kind: 'rows',
        rows: rows.map(({ id, name, counts }) => ({
          name: shownName(name),
          state: countedWords(counts),
          button: button('Changes', 'changes', { organization_id: id }),
        })),
      },
    ],
    buttons: [button('All changes', 'changes')],
    typed: md`Type **changes** with a name for what has changed.`,
  });
}

/** The words beside the file, or in place of one where there is nothing to write. */
export function changesFileMessage({ rows, mostRows }: { rows: number; mostRows: number }): TextMessage {
  if (rows === 0) return { text: md`No changes: no sync has found anything otherwise than before.` };
  const cut =
    rows >= mostRows ? ' These are the newest: ask for fewer days, or for one organization, for the rest.' : '';
  return { text: md`${counted(rows, 'change')} as a CSV file, the newest first.${cut}` };
}

export const DAYS_PROBLEM = {
  what: 'Enter 1 to 90 days.',
  hint: 'Type, for example, changes acme 7, or changes csv 30.',
};
