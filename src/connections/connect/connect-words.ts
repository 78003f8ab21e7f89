// A connect transaction in words: what it comes to, and what its cancellation leaves.

import { shownName } from '../../chat/facts.ts';
import { canceledReason, type WordedTransaction } from '../../transactions/workflow-words.ts';
import { hasStoredTokens, isDone, isOfTokens, proveTokensStep } from './connect-rules.ts';
import { mayBeReplaced, newLinkHint, newTokenLinkHint } from './steps/words.ts';

/** A sync that failed after the tokens were stored leaves the organization connected. */
export function connectOutcome(transaction: WordedTransaction, name: string): string {
  const { status, reason, replayOf } = transaction;
  const isCanceled = reason === canceledReason;
  if (status === 'success') return replayOf === null ? `${name} is connected` : `${name} is synced again`;
  if (status !== 'fail') return replayOf === null ? `Connecting ${name} to Webex` : `Syncing ${name} again`;
  if (hasStoredTokens(transaction)) {
    return `${name} is connected, but ${isCanceled ? 'the transaction was canceled' : 'not everything worked'}`;
  }
  if (isCanceled) return `${name} was not connected: the transaction was canceled`;
  if (reason === 'not_better') return `${name} keeps its connection: the new grant may read less`;
  if (reason === 'overtaken') return `${name} was connected meanwhile by somebody else`;
  return reason === 'wrong_organization'
    ? `${name} was not connected: wrong organization`
    : `${name} could not be connected`;
}

/** Whether somebody else consented than the record names; null where the record names nobody, or that person did. */
export function otherGrantorWords(
  { authorizedEmail }: { authorizedEmail: string | null },
  { account_email }: { account_email: string | null },
): string | null {
  if (account_email === null || authorizedEmail === null) return null;
  if (account_email.trim().toLowerCase() === authorizedEmail.trim().toLowerCase()) return null;
  return `${shownName(authorizedEmail)} authorized the connection, and not ${shownName(account_email)}, whom the record names.`;
}

/** What a cancellation leaves, and what to do next. */
export function canceledConnect(transaction: WordedTransaction): { message: string; hint: string } {
  const { steps } = transaction;
  if (hasStoredTokens(transaction)) {
    return steps.every(({ status }) => status === 'done')
      ? { message: 'All its steps had been done by then.', hint: 'Nothing is left to do.' }
      : { message: 'The tokens stay stored.', hint: 'Run the rest of it with “replay”.' };
  }
  const isTried = isDone(steps, proveTokensStep);
  const tokenHint = isTried ? `${mayBeReplaced} ${newTokenLinkHint}` : newTokenLinkHint;
  const hint = isOfTokens(transaction) ? tokenHint : newLinkHint;
  if (isDone(steps, 'verify_organization') || isDone(steps, 'verify_tokens'))
    return { message: 'The grant was verified, but not stored.', hint };
  const hasGrant = isDone(steps, 'exchange_code') || isTried;
  return { message: hasGrant ? 'The grant was not stored.' : 'Nothing was stored.', hint };
}
