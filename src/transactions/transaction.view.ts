// A transaction with its steps: the message that shows its progress, and the answer to `transaction <number>`.

import { button, linkButton } from '../chat/buttons.ts';
import { type Fact, fact, shownName } from '../chat/facts.ts';
import { lines, link, type Markdown, md, paragraphs } from '../chat/markdown.ts';
import { type CardMessage, message, section, type TextMessage } from '../chat/message.ts';
import { counted, shorten } from '../lib/text.ts';
import { instantWords } from '../lib/time-words.ts';
import { cancelButton, replayButton } from './transaction-answers.view.ts';
import {
  cancellationWords,
  markedStatus,
  type StepView,
  statusWords,
  stepWords,
  type TransactionView,
  tookWords,
} from './transaction-words.ts';

const TEXT_MAX_CHARACTERS = 300;

/**
 * The message that is edited while the transaction goes on. It shows no running time, so that the same state always gives the same text and costs no
 * edit. `pageUrl` is the address of the page that shows the same.
 */
export function progressMessage(transaction: TransactionView, pageUrl: string): TextMessage {
  const { actionTitle, organizationName, status, steps, message, id, startedAt, completedAt } = transaction;
  const took = completedAt === null ? null : tookWords({ startedAt, completedAt }, completedAt);
  const cancellation = cancellationWords(transaction);
  const isSaidBySteps = steps.some((step) => step.message === message);
  return {
    text: paragraphs([
      md`**${actionTitle} ${shownName(organizationName)}** – ${statusWords[status]}`,
      lines(steps.map(stepLine)),
      status === 'fail' && message !== null && !isSaidBySteps ? md`${shorten(message, TEXT_MAX_CHARACTERS)}` : null,
      cancellation === null ? null : md`${shorten(cancellation, TEXT_MAX_CHARACTERS)}`,
      md`${took === null ? md`Transaction ${id}` : md`Transaction ${id}, took ${took}`} · ${link(pageUrl, 'Live page')}`,
    ]),
  };
}

/** The answer to `transaction` shows this many of the last lines of the log. */
export const LOG_LINES = 10;
const LOG_LINE_MAX_CHARACTERS = 160;

/** Number, organization, status, who, when, how long, what to do, each step, and the end of the log. */
export function transactionMessage(view: {
  readonly transaction: TransactionView;
  readonly log: {
    readonly lines: readonly { readonly at: Date; readonly message: string }[];
    readonly hasMore: boolean;
  };
  /** The page that shows the same; null once its address has expired. */
  readonly pageUrl: string | null;
  readonly now: Date;
}): CardMessage {
  const { transaction, log, pageUrl } = view;
  const { organizationId } = transaction;
  return message({
    title: `Transaction ${transaction.id}`,
    facts: transactionFacts(transaction, view.now),
    blocks: [
      section('Steps', transaction.steps.map(stepFact)),
      {
        kind: 'log',
        title: log.hasMore ? `Log, the last ${counted(log.lines.length, 'line')}` : 'Log',
        lines: log.lines.map(({ at, message }) => `${instantWords(at)}: ${shorten(message, LOG_LINE_MAX_CHARACTERS)}`),
      },
    ],
    buttons: [
      cancelButton(transaction),
      replayButton(transaction),
      pageUrl === null ? null : linkButton('Live page', pageUrl),
      organizationId === null ? null : button('Show organization', 'show', { organization_id: organizationId }),
      button('Transactions', 'transactions'),
    ],
  });
}

function transactionFacts(transaction: TransactionView, now: Date): (Fact | null)[] {
  const { message, hint, completedAt, cancelRequestedBy, cancelRequestedAt, replayOf, organizationId } = transaction;
  const name = shownName(transaction.organizationName);
  const canceler = cancelRequestedBy && cancelRequestedAt && shownName(cancelRequestedBy);
  return [
    { title: 'Action', value: transaction.actionTitle },
    fact('Replay of', replayOf === null ? null : `transaction ${replayOf}`),
    transaction.customerId
      ? { title: 'About', value: name }
      : { title: 'Organization', value: organizationId === null ? `${name} (deleted)` : name },
    { title: 'Status', value: markedStatus(transaction) },
    fact('Message', message && shorten(message, TEXT_MAX_CHARACTERS)),
    fact('What to do', hint && shorten(hint, TEXT_MAX_CHARACTERS)),
    { title: 'Requested by', value: shownName(transaction.requestedBy) },
    { title: 'Submitted', value: instantWords(transaction.submittedAt) },
    fact('Ended', completedAt && instantWords(completedAt)),
    fact(completedAt === null ? 'Running for' : 'Took', tookWords(transaction, now)),
    fact('Cancellation requested by', canceler && `${canceler}, ${instantWords(cancelRequestedAt)}`),
  ];
}

function stepLine({ title, status, message }: StepView): Markdown {
  const step = md`${stepWords[status].mark} ${shownName(title)}`;
  return message === null ? step : md`${step}: ${shorten(message, TEXT_MAX_CHARACTERS)}`;
}

function stepFact({ title, status, message }: StepView): Fact {
  const { mark, word } = stepWords[status];
  return {
    title: `${mark} ${shownName(title)}`,
    value: message === null ? word : shorten(message, TEXT_MAX_CHARACTERS),
  };
}
