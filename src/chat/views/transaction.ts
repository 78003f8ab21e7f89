// A transaction with its steps: the message that shows its progress, and what `transaction <number>` answers.

import { instantWords } from '../../domain/expiry-words.ts';
import { shorten } from '../../domain/text.ts';
import {
  actionWords,
  type StepView,
  statusWords,
  stepTitle,
  stepWords,
  type TransactionView,
  tookWords,
} from '../../domain/transaction-words.ts';
import { cutToBytes, lines, link, type Markdown, md, paragraphs } from '../markdown.ts';
import { renderCard } from '../render.ts';
import type { Reply } from '../reply.ts';
import { actionSets, submitButton } from './buttons.ts';
import { reply } from './compose.ts';
import { type Fact, factLines, shownName } from './facts.ts';

const TEXT_MAX_CHARACTERS = 300;

/**
 * The one message that is edited while the transaction goes on. It tells no running time, so that the same state always
 * gives the same text and costs no edit. `pageUrl` is the page that shows the same to whoever has its address.
 */
export function progressMarkdown(transaction: TransactionView, pageUrl: string): string {
  const { action, organizationName, status, steps, message, id, startedAt, completedAt } = transaction;
  const took = completedAt === null ? null : tookWords({ startedAt, completedAt }, completedAt);
  return cutToBytes(
    paragraphs([
      md`**${actionWords[action]} ${shownName(organizationName)}** – ${statusWords[status]}`,
      lines(steps.map(stepLine)),
      status === 'fail' && message !== null ? md`${shorten(message, TEXT_MAX_CHARACTERS)}` : null,
      md`${took === null ? md`Transaction ${id}` : md`Transaction ${id}, took ${took}`} · ${link(pageUrl, 'Live page')}`,
    ]),
  );
}

/** Number, organization, status, who, when, how long, and each step. */
export function transactionReply(transaction: TransactionView, now: Date): Reply {
  const title = `Transaction ${transaction.id}`;
  const facts = transactionFacts(transaction, now);
  const { organizationId } = transaction;
  return reply(
    paragraphs([md`**${title}**`, factLines(facts), lines(transaction.steps.map(stepLine))]),
    renderCard('transaction', {
      title,
      color: 'default',
      sections: [{ title: 'Steps', facts: transaction.steps.map(stepFact) }],
      facts,
      actionSets: actionSets([
        ...(organizationId === null
          ? []
          : [submitButton('Show organization', { action: 'show', organization_id: organizationId })]),
        submitButton('List organizations', { action: 'list' }),
      ]),
    }),
  );
}

function transactionFacts(transaction: TransactionView, now: Date): Fact[] {
  const { message, completedAt } = transaction;
  const took = tookWords(transaction, now);
  return [
    { title: 'Action', value: actionWords[transaction.action] },
    { title: 'Organization', value: shownName(transaction.organizationName) },
    { title: 'Status', value: statusWords[transaction.status] },
    ...(message === null ? [] : [{ title: 'Message', value: shorten(message, TEXT_MAX_CHARACTERS) }]),
    { title: 'Asked for by', value: shownName(transaction.requestedBy) },
    { title: 'Submitted', value: instantWords(transaction.submittedAt) },
    ...(took === null ? [] : [{ title: completedAt === null ? 'Running for' : 'Took', value: took }]),
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
