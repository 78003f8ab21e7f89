// The pages that a customer's administrator sees in the browser: nothing from elsewhere, one stylesheet and one small script of our own.

import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { shorten } from '../lib/text.ts';
import { deadlineWords, instantWords } from '../lib/time-words.ts';
import type { StepStatus } from '../transactions/transaction.ts';
import {
  cancellationWords,
  currentStepWords,
  outcomeWords,
  type StepView,
  statusWords,
  stepTitle,
  stepWords,
  type TransactionView,
  tookWords,
} from '../transactions/transaction-words.ts';
import { assetPath } from './assets.ts';

/** From src/http and from dist/http alike, the templates are two levels up. */
const folder = new URL('../../cards/pages/', import.meta.url);

type TemplateName = 'message.page' | 'transaction.page' | 'transaction.main';

const compiled = new Map<TemplateName, Handlebars.TemplateDelegate<object>>();
let engine: typeof Handlebars | undefined;

/** A page of a few sentences, each a paragraph. `hint` says what to do next. */
export function messagePage(page: {
  readonly title: string;
  readonly lines: readonly string[];
  readonly tone: 'good' | 'bad' | 'neutral';
  readonly hint?: string;
}): string {
  return render('message.page', { ...page, hint: page.hint ?? null, eventsPath: null });
}

/** Both deadlines of the connection that a transaction made. */
export interface Deadlines {
  readonly accessTokenExpiresAt: Date;
  readonly refreshTokenExpiresAt: Date;
}

export interface TransactionPageView {
  readonly transaction: TransactionView;
  readonly deadlines: Deadlines | null;
  /** Where the page hears of changes, until the transaction has ended. */
  readonly eventsPath: string;
  readonly now: Date;
}

/**
 * Where the administrator lands after consent: steps, result, both deadlines, and whether the page may be closed. It keeps
 * itself up to date; without script it asks for itself again every few seconds.
 */
export function transactionPage(view: TransactionPageView): string {
  return render('transaction.page', transactionView(view));
}

/** The part of the transaction page that changes: its `<main>`. */
export function transactionMain(view: TransactionPageView): string {
  return render('transaction.main', transactionView(view));
}

function transactionView({ transaction, deadlines, eventsPath, now }: TransactionPageView): object {
  const { id, status, message, steps, submittedAt, completedAt } = transaction;
  const hasEnded = status === 'success' || status === 'fail';
  // One that waits for its next try is as current as one that runs.
  const current = status === 'in_progress' ? steps.find(isOpen) : undefined;
  return {
    ...heading(transaction),
    status: statusLine(transaction, now),
    message: cancellationWords(transaction) ?? message,
    steps: steps.map((step) => ({
      status: step.status,
      mark: pageMarks[step.status],
      title: stepTitle(step.name),
      word: stepWords[step.status].word,
      // What the page's top says is not said again.
      message: step.message === message ? null : step.message,
      isCurrent: step === current,
    })),
    deadlines: deadlines === null ? [] : deadlineViews(deadlines, now),
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

const NAME_MAX_CHARACTERS = 80;

function heading(transaction: TransactionView): { title: string; tone: string } {
  const title = outcomeWords(transaction, shorten(transaction.organizationName, NAME_MAX_CHARACTERS));
  return { title, tone: tones[transaction.status] };
}

const tones: Record<TransactionView['status'], string> = {
  queued: 'neutral',
  in_progress: 'neutral',
  success: 'good',
  fail: 'bad',
};

/** What whoever looks at the page may do: of a connect, the customer's administrator; of a refresh, one of ours. */
function hintOf({ action, status }: TransactionView): string {
  const hasEnded = status === 'success' || status === 'fail';
  if (!hasEnded) {
    const why = action === 'connect' ? ', and whoever sent you the link sees the result' : '';
    return `This page keeps itself up to date. You may also close it: the work goes on${why}.`;
  }
  return action === 'connect' && status === 'fail'
    ? 'You may close this page. Whoever sent you the link sees what happened, and can send a new one.'
    : 'You may close this page.';
}

/** Plain signs that take the page's colors; emoji would not. */
const pageMarks: Record<StepStatus, string> = { waiting: '·', running: '…', done: '✓', failed: '✗', skipped: '–' };

function deadlineViews({ accessTokenExpiresAt, refreshTokenExpiresAt }: Deadlines, now: Date) {
  return [
    { title: 'Access token expires', at: accessTokenExpiresAt },
    { title: 'Refresh token expires', at: refreshTokenExpiresAt },
  ].map(({ title, at }) => ({ title, instant: at.toISOString(), value: deadlineWords(at, now) }));
}

function render(name: TemplateName, view: object): string {
  let template = compiled.get(name);
  if (template === undefined) {
    engine ??= createEngine();
    template = engine.compile<object>(readTemplate(`${name}.hbs`), { strict: true });
    compiled.set(name, template);
  }
  return template(view);
}

/** A Handlebars of our own, with its escaping for HTML, the layout that every page has, and the parts that change. */
function createEngine(): typeof Handlebars {
  const own = Handlebars.create();
  own.registerHelper('asset', assetPath);
  own.registerPartial('layout', readTemplate('layout.hbs'));
  own.registerPartial('transaction-main', readTemplate('transaction.main.hbs'));
  return own;
}

function readTemplate(file: string): string {
  return readFileSync(new URL(file, folder), 'utf8');
}
