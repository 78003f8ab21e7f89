// The outcome of a refresh in words, as its transaction keeps it.

import { durationWords, nextWords } from '../../lib/time-words.ts';
import type { Failure } from '../../transactions/transaction.ts';
import type { WebexRefused } from '../../webex/errors.ts';
import { unavailableSentence } from '../../webex/unavailable-words.ts';
import { isRefusedApp, judgeRefusal, noOwner, notAuthorized, type Renewal, refusedTogether } from './refresh-rules.ts';
import { codeOf, type WhyAgain } from './why-again.ts';

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
  error: WhyAgain,
  { nextTryAt, now, isOfOwnApp = false }: { nextTryAt: Date; now: Date; isOfOwnApp?: boolean },
): string {
  return `${whyRescheduled(error, isOfOwnApp)} Next try ${nextWords(nextTryAt, now)}.`;
}

function whyRescheduled(error: WhyAgain, isOfOwnApp: boolean): string {
  if (typeof error === 'string')
    return 'Something went wrong on our side; the operator finds it in the log by this transaction’s number.';
  if ('reason' in error) return unavailableSentence(error);
  if (error.code === noOwner) {
    return 'The grant of the organization that owns the service app is lost, and it alone brings new tokens: type “connect service app”.';
  }
  const refused =
    judgeRefusal(error.code, { isByOwnApp: isOfOwnApp }) === 'misconfigured' ? 'our integration' : 'the request';
  return `Webex refuses ${refused} (${[error.code, ...trackingWords(error)].join(', ')}).`;
}

/** A person wanted a lost connection asked for again, and that failed. */
export function stillLostWords(error: WhyAgain, { isOfOwnApp }: { isOfOwnApp: boolean }): Failure {
  return {
    reason: codeOf(error),
    message: `${whyRescheduled(error, isOfOwnApp)} The connection stays lost.`,
    hint: 'Try again later with “refresh”, or have a full administrator of the organization reconnect it: type “connect”.',
  };
}

/** Webex refused many grants of unrelated people together. */
export const heldWords = ({ nextTryAt }: { nextTryAt: Date }, now: Date): string =>
  `Webex refuses the refresh token, and those of other people too: the fault may be ours, and nothing is lost yet. Next try ${nextWords(nextTryAt, now)}.`;

/** The same, of a refresh that had ended by then. */
export const heldAfterLossWords = {
  reason: refusedTogether,
  message:
    'Webex refuses the refresh token, and those of other people too: the fault may be ours, and nothing is lost yet.',
  hint: 'Hubkeeper asks Webex once more within the hour, as a new transaction.',
};

/** Why Webex was not asked although the refresh was claimed. */
export const notAskedWords = {
  stopping: 'The service stopped before it could ask Webex. It tries again by itself.',
  too_late: 'The service was too busy to ask Webex in time. It tries again by itself.',
};

/** The same, of a connection that is lost: it is not tried again by itself. */
export const notAskedOfLost = (reason: keyof typeof notAskedWords): Failure => ({
  reason,
  message: 'Webex was not asked: the service stopped, or was too busy. The connection stays lost.',
  hint: 'Try again with “refresh”.',
});

/** Webex refused the grant itself. */
export function lostWords(error: WebexRefused, isByOwnApp = false): Failure {
  if (isByOwnApp) {
    const what = isRefusedApp(error.code) ? 'client ID and secret' : 'refresh token';
    return {
      reason: error.code,
      message: `Webex refuses the ${what} of the organization’s own service app (${[error.code, ...trackingWords(error)].join(', ')}).`,
      hint: 'New tokens of the app must be entered: type “connect”, the organization’s name and “tokens”.',
    };
  }
  return {
    reason: error.code,
    message:
      error.code === notAuthorized
        ? `The service app is not authorized any more in its Control Hub (${trackingWords(error).join(', ') || error.code}).`
        : `Webex refuses the refresh token (${[error.code, ...trackingWords(error)].join(', ')}).`,
    hint: 'A full administrator of the organization must reconnect it: type “connect”.',
  };
}

/** Somebody reconnected the organization meanwhile. */
export const replacedWords = 'It was reconnected meanwhile, and the new tokens are in use.';

const trackingWords = ({ trackingId }: { trackingId?: string | undefined }): string[] =>
  trackingId === undefined ? [] : [`tracking id ${trackingId}`];
