// A transaction with its steps: the message that shows its progress, and what `transaction <number>` answers.

import type { transactionSteps, transactions } from '../../db/schema.ts';
import { durationWords, instantWords } from '../../domain/expiry-words.ts';
import { isStepName, stepTitles } from '../../domain/transaction.ts';
import { cutToBytes, lines, type Markdown, md, paragraphs, shorten } from '../markdown.ts';
import { renderCard } from '../render.ts';
import type { Reply } from '../reply.ts';
import { actionSets, submitButton } from './buttons.ts';
import { reply } from './compose.ts';
import { type Fact, factLines, shownName } from './facts.ts';

type Row = typeof transactions.$inferSelect;

export type StepView = Pick<typeof transactionSteps.$inferSelect, 'name' | 'status' | 'message'>;

/** A transaction as people see it; `requestedBy` is shown as it stands, so give a name or an e-mail address. */
export interface TransactionView
  extends Pick<
    Row,
    | 'id'
    | 'action'
    | 'organizationId'
    | 'organizationName'
    | 'status'
    | 'message'
    | 'submittedAt'
    | 'startedAt'
    | 'completedAt'
  > {
  readonly requestedBy: string;
  /** In order. */
  readonly steps: readonly StepView[];
}

const TEXT_MAX_CHARACTERS = 300;

const actionWords: Record<Row['action'], string> = { connect: 'Connect' };
const statusWords: Record<Row['status'], string> = {
  queued: 'Queued',
  in_progress: 'In Progress',
  success: 'Success',
  fail: 'Fail',
};
const stepMarks: Record<StepView['status'], string> = {
  waiting: '▫️',
  running: '⏳',
  done: '✅',
  failed: '❌',
  skipped: '⏭',
};
const stepWords: Record<StepView['status'], string> = {
  waiting: 'waiting',
  running: 'running',
  done: 'done',
  failed: 'failed',
  skipped: 'skipped',
};

export function statusWord(status: Row['status']): string {
  return statusWords[status];
}

export function actionWord(action: Row['action']): string {
  return actionWords[action];
}

/** The step's name as a person reads it, what became of it in a word, and the mark that says so to the eye. */
export function stepInWords(step: StepView): { title: string; word: string; mark: string; message: string | null } {
  return {
    title: isStepName(step.name) ? stepTitles[step.name] : shorten(step.name, TEXT_MAX_CHARACTERS),
    word: stepWords[step.status],
    mark: stepMarks[step.status],
    message: step.message === null ? null : shorten(step.message, TEXT_MAX_CHARACTERS),
  };
}

/** How long the transaction took, or has been running; null while it is queued. */
export function tookWords(transaction: Pick<Row, 'startedAt' | 'completedAt'>, now: Date): string | null {
  if (transaction.startedAt === null) return null;
  const endedAt = transaction.completedAt ?? now;
  return durationWords(endedAt.getTime() - transaction.startedAt.getTime());
}

/** The one message that is edited while the transaction goes on. The same for the same state, so that it can be compared. */
export function progressMarkdown(transaction: TransactionView): string {
  return cutToBytes(
    paragraphs([
      md`**${heading(transaction)}** – ${statusWord(transaction.status)}`,
      stepLines(transaction.steps),
      transaction.status === 'fail' && transaction.message !== null
        ? md`${shorten(transaction.message, TEXT_MAX_CHARACTERS)}`
        : null,
      md`Transaction ${transaction.id}`,
    ]),
  );
}

/** Number, organization, status, who, when, how long, and each step. */
export function transactionReply(transaction: TransactionView, now: Date): Reply {
  const facts = transactionFacts(transaction, now);
  const title = `Transaction ${transaction.id}`;
  const steps = transaction.steps.map((step) => {
    const { mark, title: name, word, message } = stepInWords(step);
    return { title: `${mark} ${name}`, value: message === null ? word : `${word}: ${message}` };
  });
  const { organizationId } = transaction;
  return reply(
    paragraphs([md`**${title}**`, factLines(facts), stepLines(transaction.steps)]),
    renderCard('transaction', {
      title,
      color: 'default',
      texts: [],
      facts: [...facts, ...steps],
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
  const took = tookWords(transaction, now);
  return [
    { title: 'Action', value: actionWord(transaction.action) },
    { title: 'Organization', value: shownName(transaction.organizationName) },
    { title: 'Status', value: statusWord(transaction.status) },
    ...(transaction.message === null
      ? []
      : [{ title: 'Message', value: shorten(transaction.message, TEXT_MAX_CHARACTERS) }]),
    { title: 'Asked for by', value: shownName(transaction.requestedBy) },
    { title: 'Submitted', value: instantWords(transaction.submittedAt) },
    ...(took === null ? [] : [{ title: transaction.completedAt === null ? 'Running for' : 'Took', value: took }]),
  ];
}

function heading({ action, organizationName }: TransactionView): string {
  return `${actionWord(action)} ${shownName(organizationName)}`;
}

function stepLines(steps: readonly StepView[]): Markdown {
  return lines(
    steps.map((step) => {
      const { mark, title, message } = stepInWords(step);
      return message === null ? md`${mark} ${title}` : md`${mark} ${title}: ${message}`;
    }),
  );
}
