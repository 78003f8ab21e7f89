// The outcome of a refresh in words, as its transaction keeps it.

import { durationWords, nextWords } from '../../lib/time-words.ts';
import type { Failure } from '../../transactions/transaction.ts';
import type { WebexRefused, WebexUnavailable } from '../../webex/errors.ts';
import { unavailableSentence } from '../../webex/unavailable-words.ts';
import { judgeRefusal, type Renewal } from './refresh-rules.ts';

/** What was gained. */
export function gainWords(renewal: Renewal): string {
  switch (renewal.outcome) {
    case 'renewed':
      return `Renewed by ${durationWords(renewal.gainedMs)}.`;
    case 'not_renewed':
      return 'New access token; the expiry stays the same.';
    case 'shortened':
      return `New access token; the expiry is ${durationWords(renewal.lostMs)} earlier than before.`;
    case 'same_token':
      return 'Webex gave the same tokens again.';
  }
}

/** Why a try failed, and when the next one is. A refusal here is never one of the grant. */
export function rescheduledWords(
  error: WebexUnavailable | WebexRefused,
  { nextTryAt, now }: { nextTryAt: Date; now: Date },
): string {
  return `${whyRescheduled(error)} Next try ${nextWords(nextTryAt, now)}.`;
}

function whyRescheduled(error: WebexUnavailable | WebexRefused): string {
  if ('reason' in error) return unavailableSentence(error);
  const refused = judgeRefusal(error.code) === 'misconfigured' ? 'our integration' : 'the request';
  return `Webex refuses ${refused} (${[error.code, ...trackingWords(error)].join(', ')}).`;
}

/** Why Webex was not asked although the refresh was claimed. */
export const notAskedWords = {
  stopping: 'The service stopped before it could ask Webex. It tries again by itself.',
  too_late: 'The service was too busy to ask Webex in time. It tries again by itself.',
};

/** Webex refused the grant itself. */
export function lostWords(error: WebexRefused): Failure {
  return {
    reason: error.code,
    message: `Webex refuses the refresh token (${[error.code, ...trackingWords(error)].join(', ')}).`,
    hint: 'A full administrator of the organization must reconnect it: type “connect”.',
  };
}

/** Somebody reconnected the organization meanwhile. */
export const replacedWords = 'It was reconnected meanwhile, and the new tokens are in use.';

const trackingWords = ({ trackingId }: { trackingId?: string | undefined }): string[] =>
  trackingId === undefined ? [] : [`tracking id ${trackingId}`];
