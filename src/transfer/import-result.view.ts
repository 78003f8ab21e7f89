// How an import has ended, and its files.

import { button } from '../chat/buttons.ts';
import { md, paragraphs } from '../chat/markdown.ts';
import { type CardMessage, type FileMessage, message, type TextMessage } from '../chat/message.ts';
import { counted, shorten } from '../lib/text.ts';
import { deadlineWords } from '../lib/time-words.ts';
import { type TransactionView, tookWords } from '../transactions/transaction-words.ts';
import type { MessageFile } from '../webex/messages.ts';
import type { RowOutcome } from './import-rules.ts';

const outcomeTitles: Readonly<Record<RowOutcome, string>> = {
  created: 'Added',
  updated: 'Updated',
  conflict: 'Changed by others since the check',
  taken: 'Number taken since the check',
  gone: 'Deleted since the check',
  not_allowed: 'Not yours to change any more',
  not_written: 'Not written',
};

const textMaxCharacters = 300;

export function importResultMessage({
  transaction,
  outcomes,
}: {
  readonly transaction: TransactionView;
  readonly outcomes: ReadonlyMap<RowOutcome | null, number>;
}): CardMessage {
  const { id, status, message: why, hint, completedAt } = transaction;
  const countOf = (outcome: RowOutcome) => outcomes.get(outcome) ?? 0;
  const written = countOf('created') + countOf('updated');
  const left = [...outcomes.values()].reduce((sum, count) => sum + count, 0) - written;
  const isDone = status === 'success';
  const took = completedAt === null ? null : tookWords(transaction, completedAt);
  return message({
    mark: isDone ? (left === 0 ? '✅' : '⚠️') : '❌',
    title: `${counted(written, 'organization')} imported${left === 0 ? '' : `, ${counted(left, 'row')} not written`}`,
    facts: [
      ...(Object.keys(outcomeTitles) as RowOutcome[]).flatMap((outcome) =>
        countOf(outcome) === 0 ? [] : [{ title: outcomeTitles[outcome], value: String(countOf(outcome)) }],
      ),
      { title: 'Transaction', value: took === null ? String(id) : `${id}, took ${took}` },
    ],
    texts: [
      isDone ? null : why && shorten(why, textMaxCharacters),
      isDone ? null : hint && shorten(hint, textMaxCharacters),
      left === 0 ? null : 'Why each row was not written is in the file below.',
      countOf('created') === 0 ? null : 'A file with a connect link for each new organization follows.',
    ],
    buttons: [
      button('List organizations', 'list'),
      button('Steps', 'transaction', { transaction_id: id }),
      left === 0 ? null : button('How to import', 'import'),
    ],
  });
}

/** The words beside the file with the rows that were not written. */
export const leftOutMessage = (file: MessageFile, rows: number): FileMessage => ({
  text: md`${counted(rows, 'row')} of the import not written, with the reasons: ${file.name}`,
  file,
});

/** The words beside the file with connect links. */
export const linksMessage = ({
  file,
  count,
  expiresAt,
  now,
}: {
  readonly file: MessageFile;
  readonly count: number;
  readonly expiresAt: Date | null;
  readonly now: Date;
}): FileMessage => ({
  text: paragraphs([
    md`🔗 **${counted(count, 'connect link')}**, one for each new organization`,
    md`Each works once${expiresAt === null ? '' : `; the first expires ${deadlineWords(expiresAt, now)}`}. Pass each on to the organization’s own administrator alone: the file is as good as their keys. Later, connect gives a fresh link.`,
  ]),
  file,
});

/** None of the new organizations needs one any more. */
export const noLinksMessage: TextMessage = {
  text: md`None of the new organizations needs a connect link any more: they are connected, gone, or not yours to change.`,
};
