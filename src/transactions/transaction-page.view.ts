// The page of a transaction: where the administrator lands after consent.

import { renderPage } from '../http/page.ts';
import { deadlineWords, instantWords } from '../lib/time-words.ts';
import type { StepStatus } from './transaction.ts';
import {
  cancellationWords,
  currentStepWords,
  type StepView,
  statusWords,
  stepWords,
  type TransactionView,
  tookWords,
} from './transaction-words.ts';

/** An instant that the page shows with a title. */
export interface PageDeadline {
  readonly title: string;
  readonly at: Date;
}

export interface TransactionPageView {
  readonly transaction: TransactionView;
  readonly deadlines: readonly PageDeadline[];
  /** The address of the page's live feed, until the transaction has ended. */
  readonly eventsPath: string;
  readonly now: Date;
}

/**
 * The page where the administrator lands after consent: steps, result, both deadlines, and whether the page may be closed. It updates itself; without
 * script it reloads every few seconds.
 */
export function transactionPage(view: TransactionPageView): string {
  return renderPage('transaction.page', transactionView(view));
}

/** The part of the transaction page that changes: its `<main>`. */
export function transactionMain(view: TransactionPageView): string {
  return renderPage('transaction.main', transactionView(view));
}

function transactionView({ transaction, deadlines, eventsPath, now }: TransactionPageView): object {
  const { id, status, message, steps, submittedAt, completedAt } = transaction;
  const hasEnded = status === 'success' || status === 'fail';
  // A step that waits for its next try is shown like one that runs.
  const current = status === 'in_progress' ? steps.find(isOpen) : undefined;
  return {
    ...heading(transaction),
    status: statusLine(transaction, now),
    message: cancellationWords(transaction) ?? message,
    steps: steps.map((step) => ({
      status: step.status,
      mark: pageMarks[step.status],
      title: step.title,
      word: stepWords[step.status].word,
      // The top of the page shows the message already.
      message: step.message === message ? null : step.message,
      isCurrent: step === current,
    })),
    deadlines: deadlines.map(({ title, at }) => ({ title, instant: at.toISOString(), value: deadlineWords(at, now) })),
    next: isForCustomer(transaction) && hasEnded ? transaction.hint : null,
    hint: hintOf(transaction),
    number: id,
    submitted: timeView(submittedAt),
    ended: completedAt === null ? null : timeView(completedAt),
    eventsPath: hasEnded ? null : eventsPath,
  };
}

const isOpen = ({ status }: StepView): boolean => status === 'running' || status === 'waiting';

/** What a screen reader announces when it changes. */
function statusLine(transaction: TransactionView, now: Date): string {
  const { status, steps } = transaction;
  const word = statusWords[status];
  if (status === 'success' || status === 'fail') {
    const took = tookWords(transaction, now);
    return took === null ? `${word}.` : `${word}, after ${took}.`;
  }
  const step = currentStepWords(steps);
  return step === null ? `${word}.` : `${word}. ${step}.`;
}

const timeView = (at: Date) => ({ instant: at.toISOString(), words: instantWords(at) });

function heading({ outcome, status }: TransactionView): { title: string; tone: string } {
  return { title: outcome, tone: tones[status] };
}

const tones: Record<TransactionView['status'], string> = {
  queued: 'neutral',
  in_progress: 'neutral',
  success: 'good',
  fail: 'bad',
};

const isForCustomer = ({ audience }: TransactionView): boolean => audience === 'customer';

/** What the person at the page can do: the customer's administrator at a connect, one of ours at a refresh. */
function hintOf(transaction: TransactionView): string {
  const { status } = transaction;
  const hasEnded = status === 'success' || status === 'fail';
  if (!hasEnded) {
    const why = isForCustomer(transaction) ? ', and whoever sent you the link sees the result' : '';
    return `This page keeps itself up to date. You may also close it: the work goes on${why}.`;
  }
  const mayClose = 'You may close this page.';
  return isForCustomer(transaction) && transaction.status === 'fail' && transaction.hint === null
    ? `${mayClose} Whoever sent you the link sees what happened, and can send a new one.`
    : mayClose;
}

/** Plain characters, which take the page's colors; emoji do not. */
const pageMarks: Record<StepStatus, string> = { waiting: '·', running: '…', done: '✓', failed: '✗', skipped: '–' };
