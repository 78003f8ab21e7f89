// What is said of an import, from the file to the confirmation.

import { button, emphasized } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { md, paragraphs } from '../chat/markdown.ts';
import { type CardMessage, type FileMessage, message, type TextMessage } from '../chat/message.ts';
import { counted, shorten } from '../lib/text.ts';
import type { MessageFile } from '../webex/messages.ts';
import type { FileProblem } from './csv-text.ts';
import { rowsAtOnce, toWrite, type Verdict, type VerdictCounts } from './import-rules.ts';
import type { RowProblem } from './read-cells.ts';

/** There was no file. */
export const howToImportMessage: CardMessage = message({
  title: 'Import organizations from a CSV file',
  texts: [
    'Write import and attach the file to the same message, up to 10 MB. The first row names the columns: name and account_number_external at least.',
    'First you read what each row would do. Nothing is written before you confirm.',
    'An organization is known by its number: a number that is new here adds a record, another changes it. A column that the file lacks leaves its field as it is.',
  ],
  buttons: [emphasized(button('Template', 'import', { what: 'template' })), button('Export', 'export')],
  typed: md`Type **import template** for a file to fill in, or **export** for one with what is there.`,
});

/** The file is being read. */
export const importBegunMessage: TextMessage = {
  text: md`📥 I am reading the file. What each row would do follows here. It can take some minutes while Webex scans the file for malware.`,
};

export const templateMessage = (file: MessageFile): FileMessage => ({
  text: paragraphs([
    md`**Template for an import**: fill in a row for each organization, save it as CSV UTF-8, and send it with the word import.`,
    md`Only name and account_number_external are required. What the columns take is written in Hubkeeper’s operations guide.`,
  ]),
  file,
});

const verdictWords: Readonly<Record<Verdict, string>> = {
  new: 'New: will be added',
  changed: 'Changed: will be updated',
  same: 'Same: nothing to do',
  wrong: 'Wrong: will be left out',
};

const shownMaxCharacters = 200;

export interface WrongRow {
  readonly number: number;
  readonly problems: readonly RowProblem[];
}

/** What each row would do, in numbers; the first wrong ones in words. */
export function importCheckedMessage(view: {
  readonly importId: string;
  readonly fileName: string;
  readonly counts: VerdictCounts;
  readonly wrong: readonly WrongRow[];
  /** Of how many rows the grant lacks what they switch on. */
  readonly lacking: number;
  readonly passedOver: readonly string[];
}): CardMessage {
  const { importId, fileName, counts, wrong, lacking, passedOver } = view;
  const writes = toWrite(counts);
  const more = counts.wrong - wrong.length;
  return message({
    mark: counts.wrong > 0 ? '⚠️' : '📥',
    title:
      writes === 0
        ? `Nothing to import from ${shownFile(fileName)}`
        : `Import ${counted(writes, 'organization')} from ${shownFile(fileName)}?`,
    facts: (Object.keys(verdictWords) as Verdict[]).map((verdict) => ({
      title: verdictWords[verdict],
      value: counted(counts[verdict], 'row'),
    })),
    blocks: [
      {
        kind: 'log',
        title: 'What is wrong',
        lines: [...wrong.map(wrongLine), ...(more > 0 ? [`and ${counted(more, 'more row')}`] : [])],
      },
      lacking === 0
        ? null
        : {
            kind: 'text',
            text: `${counted(lacking, 'row')} ${lacking === 1 ? 'switches' : 'switch'} on what the connection does not permit yet: an administrator of the customer must reconnect. What works now goes on. The file says who, and what for.`,
          },
      passedOver.length === 0
        ? null
        : { kind: 'text', text: shorten(`Read and passed over: ${passedOver.join(', ')}.`, shownMaxCharacters) },
      {
        kind: 'text',
        text:
          writes === 0
            ? 'Correct the file and send it again. All verdicts are in the file below.'
            : 'All verdicts are in the file below. Confirm within a day; rows that are wrong are left out.',
      },
    ],
    buttons: [
      writes === 0 ? null : emphasized(button('Confirm', 'confirm_import', { import_id: importId })),
      button('Cancel', 'cancel_import', { import_id: importId }),
    ],
  });
}

const shownFile = (name: string): string => (name === '' ? 'the file' : shownName(name));

const wrongLine = ({ number, problems }: WrongRow): string =>
  shorten(`Row ${number}: ${problems.map(problemWords).join('; ')}`, shownMaxCharacters);

/** `account_email: … is not an e-mail address`: the field by the name that it has in the file. */
export const problemWords = ({ field, message: words }: RowProblem): string =>
  field === 'row' ? words : `${field}: ${words}`;

const mostProblems = 10;

/** The file cannot be read as a whole. */
export function importRefusedMessage({
  fileName,
  problems,
}: {
  readonly fileName: string;
  readonly problems: readonly FileProblem[];
}): CardMessage {
  const more = problems.length - mostProblems;
  return message({
    mark: '❌',
    title: `${fileName === '' ? 'The file' : shownName(fileName)} cannot be imported`,
    texts: [
      ...problems.slice(0, mostProblems).map(({ what, hint }) => shorten(`${what} ${hint}`, 400)),
      more > 0 ? `And ${counted(more, 'more problem')}.` : null,
      'Nothing was changed.',
    ],
    buttons: [button('Template', 'import', { what: 'template' })],
    typed: md`Type **import template** for a file to fill in.`,
  });
}

/** The words beside the file with all verdicts. */
export const verdictsMessage = (file: MessageFile, rows: number): FileMessage => ({
  text: md`What each of ${counted(rows, 'row')} would do: ${file.name}`,
  file,
});

/** The import waits for nobody any more. */
export function notPendingMessage(why: 'unknown' | 'already' | 'expired' | 'nothing'): CardMessage {
  const texts = {
    unknown: 'It was sent by somebody else, or is not known here. Whoever sent the file confirms it.',
    already: 'It was confirmed or canceled before.',
    expired: 'The check is older than a day, and the records may have changed since.',
    nothing: 'None of its rows would change anything.',
  };
  return message({
    isBrief: true,
    title: 'This import does not wait to be confirmed',
    texts: [`${texts[why]} To import, send the file again with the word import.`],
    buttons: [button('How to import', 'import')],
    typed: md`Type **import** with the file.`,
  });
}

/** The rows are being written. */
export const importConfirmedMessage = ({
  transactionId,
  rows,
}: {
  readonly transactionId: number;
  readonly rows: number;
}): CardMessage =>
  message({
    isBrief: true,
    title: `📥 Importing ${counted(rows, 'organization')}`,
    texts: [
      `Transaction ${transactionId} writes them, ${rowsAtOnce} rows at a time. Cancel it to stop after the present ones. What is written then stays.`,
    ],
    buttons: [
      button('Steps', 'transaction', { transaction_id: transactionId }),
      button('Cancel', 'cancel', { transaction_id: transactionId }),
    ],
    typed: md`Type **cancel ${String(transactionId)}** to stop it.`,
  });

export const importCanceledMessage: CardMessage = message({
  isBrief: true,
  title: 'The import is canceled',
  texts: ['Nothing was changed, and the file is forgotten.'],
  buttons: [button('How to import', 'import')],
  typed: md`Type **import** to begin again.`,
});
