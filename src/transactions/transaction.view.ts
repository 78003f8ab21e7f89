// A transaction with its steps: the message that shows its progress, and what `transaction <number>` answers.

import { actionSets, linkButton, submitButton } from '../chat/buttons.ts';
import { reply } from '../chat/compose.ts';
import { type Fact, factLines, shownName } from '../chat/facts.ts';
import { cutToBytes, lines, link, type Markdown, md, paragraphs } from '../chat/markdown.ts';
import { renderCard } from '../chat/render.ts';
import type { Reply } from '../chat/reply.ts';
import { counted, shorten } from '../lib/text.ts';
import { instantWords } from '../lib/time-words.ts';
import { cancelButtons, replayButtons } from './transaction-answers.view.ts';
import {
  actionWords,
  cancellationWords,
  markedStatus,
  type StepView,
  statusWords,
  stepTitle,
  stepWords,
  type TransactionView,
  tookWords,
} from './transaction-words.ts';

const TEXT_MAX_CHARACTERS = 300;

/**
 * The one message that is edited while the transaction goes on. It tells no running time, so that the same state always
 * gives the same text and costs no edit. `pageUrl` is the page that shows the same to whoever has its address.
 */
export function progressMarkdown(transaction: TransactionView, pageUrl: string): string {
  const { action, organizationName, status, steps, message, id, startedAt, completedAt } = transaction;
  const took = completedAt === null ? null : tookWords({ startedAt, completedAt }, completedAt);
  const wish = cancellationWords(transaction);
  return cutToBytes(
    paragraphs([
      md`**${actionWords[action]} ${shownName(organizationName)}** – ${statusWords[status]}`,
      lines(steps.map(stepLine)),
      status === 'fail' && message !== null ? md`${shorten(message, TEXT_MAX_CHARACTERS)}` : null,
      wish === null ? null : md`${shorten(wish, TEXT_MAX_CHARACTERS)}`,
      md`${took === null ? md`Transaction ${id}` : md`Transaction ${id}, took ${took}`} · ${link(pageUrl, 'Live page')}`,
    ]),
  );
}

/** How many lines of the log are shown: the last ones. */
export const LOG_LINES = 10;
const LOG_LINE_MAX_CHARACTERS = 160;

/** Number, organization, status, who, when, how long, what to do, each step, and the end of the log. */
export function transactionReply({
  transaction,
  log,
  pageUrl,
  now,
}: {
  readonly transaction: TransactionView;
  readonly log: {
    readonly lines: readonly { readonly at: Date; readonly message: string }[];
    readonly hasMore: boolean;
  };
  /** The page that shows the same; null once its address has ceased to work. */
  readonly pageUrl: string | null;
  readonly now: Date;
}): Reply {
  const title = `Transaction ${transaction.id}`;
  const facts = transactionFacts(transaction, now);
  const { organizationId } = transaction;
  const logTitle = log.hasMore ? `Log, the last ${counted(log.lines.length, 'line')}` : 'Log';
  const logLines = log.lines.map(
    ({ at, message }) => `${instantWords(at)}: ${shorten(message, LOG_LINE_MAX_CHARACTERS)}`,
  );
  return reply(
    paragraphs([
      md`**${title}**`,
      factLines(facts),
      lines(transaction.steps.map(stepLine)),
      logLines.length === 0 ? null : lines([md`**${logTitle}**`, ...logLines.map((line) => md`- ${line}`)]),
    ]),
    renderCard('transaction', {
      title,
      color: 'default',
      sections: [{ title: 'Steps', facts: transaction.steps.map(stepFact) }],
      facts,
      logTitle,
      log: logLines,
      actionSets: actionSets([
        ...cancelButtons(transaction),
        ...replayButtons(transaction),
        ...(pageUrl === null ? [] : [linkButton('Live page', pageUrl)]),
        ...(organizationId === null
          ? []
          : [submitButton('Show organization', { action: 'show', organization_id: organizationId })]),
        submitButton('Transactions', { action: 'transactions' }),
      ]),
    }),
  );
}

function transactionFacts(transaction: TransactionView, now: Date): Fact[] {
  const { message, hint, completedAt, cancelRequestedBy, cancelRequestedAt, replayOf, organizationId } = transaction;
  const took = tookWords(transaction, now);
  const name = shownName(transaction.organizationName);
  return [
    { title: 'Action', value: actionWords[transaction.action] },
    ...(replayOf === null ? [] : [{ title: 'Replay of', value: `transaction ${replayOf}` }]),
    { title: 'Organization', value: organizationId === null ? `${name} (deleted)` : name },
    { title: 'Status', value: markedStatus(transaction) },
    ...(message === null ? [] : [{ title: 'Message', value: shorten(message, TEXT_MAX_CHARACTERS) }]),
    ...(hint === null ? [] : [{ title: 'What to do', value: shorten(hint, TEXT_MAX_CHARACTERS) }]),
    { title: 'Asked for by', value: shownName(transaction.requestedBy) },
    { title: 'Submitted', value: instantWords(transaction.submittedAt) },
    ...(took === null ? [] : [{ title: completedAt === null ? 'Running for' : 'Took', value: took }]),
    ...(cancelRequestedBy === null || cancelRequestedAt === null
      ? []
      : [
          {
            title: 'Cancel asked for by',
            value: `${shownName(cancelRequestedBy)}, ${instantWords(cancelRequestedAt)}`,
          },
        ]),
  ];
}

function stepLine({ name, status, message }: StepView): Markdown {
  const step = md`${stepWords[status].mark} ${shownName(stepTitle(name))}`;
  return message === null ? step : md`${step}: ${shorten(message, TEXT_MAX_CHARACTERS)}`;
}

function stepFact({ name, status, message }: StepView): Fact {
  const { mark, word } = stepWords[status];
  return {
    title: `${mark} ${shownName(stepTitle(name))}`,
    value: message === null ? word : shorten(message, TEXT_MAX_CHARACTERS),
  };
}
