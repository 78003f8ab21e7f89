// The pages that a customer's administrator sees in the browser: no script, nothing from elsewhere, one stylesheet of our own.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import { deadlineWords } from '../domain/expiry-words.ts';
import { shorten } from '../domain/text.ts';
import type { StepStatus } from '../domain/transaction.ts';
import { statusWords, stepTitle, stepWords, type TransactionView, tookWords } from '../domain/transaction-words.ts';

/** From src/http and from dist/http alike, the templates are two levels up. */
const folder = new URL('../../cards/pages/', import.meta.url);

/** The file that is to be served as `/assets/style.css`. */
export const stylesheetPath = fileURLToPath(new URL('style.css', folder));

type PageName = 'message' | 'transaction';

const compiled = new Map<PageName, Handlebars.TemplateDelegate<object>>();
let engine: typeof Handlebars | undefined;

/** A page of a few sentences, each a paragraph. `hint` says what to do next. */
export function messagePage(page: {
  readonly title: string;
  readonly lines: readonly string[];
  readonly tone: 'good' | 'bad' | 'neutral';
  readonly hint?: string;
}): string {
  return render('message', { ...page, hint: page.hint ?? null, refreshSeconds: null });
}

/** Both deadlines of the connection that a transaction made. */
export interface Deadlines {
  readonly accessTokenExpiresAt: Date;
  readonly refreshTokenExpiresAt: Date;
}

/**
 * Where the administrator lands after consent: steps, result, both deadlines, and whether the page may be closed. It asks
 * for itself again every `refreshSeconds` until the transaction has ended.
 */
export function transactionPage(page: {
  readonly transaction: TransactionView;
  readonly deadlines: Deadlines | null;
  readonly refreshSeconds?: number;
  readonly now: Date;
}): string {
  const { transaction, deadlines, now } = page;
  const { status, message, steps } = transaction;
  const hasEnded = status === 'success' || status === 'fail';
  const took = tookWords(transaction, now);
  const result = message === null ? '' : ` ${message}`;
  return render('transaction', {
    ...heading(transaction),
    status: `${statusWords[status]}${hasEnded && took !== null ? `, after ${took}` : ''}.${result}`,
    steps: steps.map((step) => ({
      status: step.status,
      mark: pageMarks[step.status],
      title: stepTitle(step.name),
      word: stepWords[step.status].word,
      message: step.message,
    })),
    deadlines: deadlines === null ? [] : deadlineViews(deadlines, now),
    hint: hints[status],
    refreshSeconds: hasEnded ? null : (page.refreshSeconds ?? null),
  });
}

const NAME_MAX_CHARACTERS = 80;

/** A sync that failed after the tokens were stored leaves the organization connected, and the heading says so. */
function heading({ organizationName, status, steps }: TransactionView): { title: string; tone: string } {
  const name = shorten(organizationName, NAME_MAX_CHARACTERS);
  if (status === 'success') return { title: `${name} is connected`, tone: 'good' };
  if (status !== 'fail') return { title: `Connecting ${name} to Webex`, tone: 'neutral' };
  return steps.some((step) => step.name === 'store_tokens' && step.status === 'done')
    ? { title: `${name} is connected, but not everything worked`, tone: 'bad' }
    : { title: `${name} could not be connected`, tone: 'bad' };
}

const goesOn =
  'This page looks again by itself. You may also close it: the work goes on, and whoever sent you the link sees the result.';

const hints: Record<TransactionView['status'], string> = {
  queued: goesOn,
  in_progress: goesOn,
  success: 'You may close this page.',
  fail: 'You may close this page. Whoever sent you the link sees what happened, and can send a new one.',
};

/** Plain signs that take the page's colors; emoji would not. */
const pageMarks: Record<StepStatus, string> = { waiting: '·', running: '…', done: '✓', failed: '✗', skipped: '–' };

function deadlineViews({ accessTokenExpiresAt, refreshTokenExpiresAt }: Deadlines, now: Date) {
  return [
    { title: 'Access token expires', at: accessTokenExpiresAt },
    { title: 'Refresh token expires', at: refreshTokenExpiresAt },
  ].map(({ title, at }) => ({ title, instant: at.toISOString(), value: deadlineWords(at, now) }));
}

function render(name: PageName, view: object): string {
  let template = compiled.get(name);
  if (template === undefined) {
    engine ??= createEngine();
    template = engine.compile<object>(readTemplate(`${name}.page.hbs`), { strict: true });
    compiled.set(name, template);
  }
  return template(view);
}

/** A Handlebars of our own, with its escaping for HTML and the layout that every page has. */
function createEngine(): typeof Handlebars {
  const own = Handlebars.create();
  own.registerPartial('layout', readTemplate('layout.hbs'));
  return own;
}

function readTemplate(file: string): string {
  return readFileSync(new URL(file, folder), 'utf8');
}
