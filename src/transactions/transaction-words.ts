// A transaction in words, for the space and for the page in the browser.

import { minuteMs } from '../lib/durations.ts';
import { durationWords } from '../lib/time-words.ts';
import type { StepStatus, TransactionStatus } from './transaction.ts';
import { canceledReason } from './workflow-words.ts';

export interface StepView {
  readonly title: string;
  readonly status: StepStatus;
  readonly message: string | null;
}

/** A transaction as a list shows it: one row. */
export interface TransactionInShort {
  readonly id: number;
  /** `Connect` */
  readonly actionTitle: string;
  /** Null where the organization was deleted. */
  readonly organizationId: string | null;
  /** Of one that is about no single organization: the node of the tree that it belongs to. */
  readonly customerId?: string | null;
  readonly organizationName: string;
  /** Shown as it stands: a name or an e-mail address. */
  readonly requestedBy: string;
  readonly status: TransactionStatus;
  /** Why it failed, as a code and in words. */
  readonly reason: string | null;
  readonly message: string | null;
  readonly submittedAt: Date;
  readonly startedAt: Date | null;
  readonly completedAt: Date | null;
  /** Who asked to cancel it. */
  readonly cancelRequestedBy: string | null;
}

/** A transaction as people see it: a row with its steps, in order. */
export interface TransactionView extends TransactionInShort {
  readonly hint: string | null;
  readonly cancelRequestedAt: Date | null;
  /** The transaction that this one runs again. */
  readonly replayOf: number | null;
  readonly steps: readonly StepView[];
  /** Its result in one line: `Acme is connected`. */
  readonly outcome: string;
  /** Who looks at its page. */
  readonly audience: 'customer' | 'administrators';
}

export const statusWords: Record<TransactionStatus, string> = {
  queued: 'Queued',
  in_progress: 'In Progress',
  success: 'Success',
  fail: 'Fail',
};

/** The status as a list marks it for the eye. */
const statusMarks: Record<TransactionStatus, string> = { queued: '▫️', in_progress: '⏳', success: '✅', fail: '❌' };

/** `❌ Fail`, `❌ Fail, canceled`, `⏳ In Progress, cancellation requested` */
export function markedStatus({
  status,
  reason,
  completedAt,
  cancelRequestedBy,
}: Pick<TransactionInShort, 'status' | 'reason' | 'completedAt' | 'cancelRequestedBy'>): string {
  const isCancelPending = completedAt === null && cancelRequestedBy !== null;
  const more = isCancelPending ? ', cancellation requested' : reason === canceledReason ? ', canceled' : '';
  return `${statusMarks[status]} ${statusWords[status]}${more}`;
}

/** Who asked to cancel an open transaction, and when it will end; null where no cancellation is pending. */
export function cancellationWords({
  completedAt,
  cancelRequestedBy,
}: Pick<TransactionInShort, 'completedAt' | 'cancelRequestedBy'>): string | null {
  if (completedAt !== null || cancelRequestedBy === null) return null;
  return `${cancelRequestedBy} requested cancellation: the transaction ends once the running step has ended.`;
}

/** What became of a step, and the mark that says the same to the eye. */
export const stepWords: Record<StepStatus, { readonly word: string; readonly mark: string }> = {
  waiting: { word: 'waiting', mark: '▫️' },
  running: { word: 'running', mark: '⏳' },
  done: { word: 'done', mark: '✅' },
  failed: { word: 'failed', mark: '❌' },
  skipped: { word: 'skipped', mark: '⏭️' },
};

/** `Step 2 of 5: Verify the organization`: the step that runs or comes next; null where none is left. */
export function currentStepWords(steps: readonly StepView[]): string | null {
  const index = steps.findIndex(({ status }) => status === 'running' || status === 'waiting');
  const step = steps[index];
  return step === undefined ? null : `Step ${index + 1} of ${steps.length}: ${step.title}`;
}

/**
 * The longest time that is told as work. Beyond that the transaction waited, for Webex or in a machine that slept, or the clock was set: the instants of
 * its beginning and its end say what is known.
 */
const longestWorkMs = 60 * minuteMs;

/** How long the transaction took or has been running; null until it starts, and where no clock can tell. */
export function tookWords(
  { startedAt, completedAt }: Pick<TransactionView, 'startedAt' | 'completedAt'>,
  now: Date,
): string | null {
  if (startedAt === null) return null;
  const tookMs = (completedAt ?? now).getTime() - startedAt.getTime();
  return tookMs < 0 || tookMs > longestWorkMs ? null : durationWords(tookMs);
}
