// How a Connect ended, as the customer's administrator reads it: what happened to whom is told as "you", without Webex's codes and without the names of
// others.

import type { Db } from '../../db/database.ts';
import type { TransactionWithSteps } from '../../transactions/transaction.store.ts';
import type { EndedForCustomer, ForCustomer } from '../../transactions/workflow.ts';
import { canceledReason } from '../../transactions/workflow-words.ts';
import { refusalWords } from '../tokens/token-rules.ts';
import { hasStoredTokens, isDone, isOfTokens, proveTokensStep } from './connect-rules.ts';
import { findConnectLinkOfTransaction } from './link.store.ts';
import { connectLinkState } from './link-state.ts';
import { linkStillWorks } from './link-words.ts';
import { mayBeReplaced } from './steps/words.ts';

const NEW_LINK = 'Whoever sent you the link can send you a new one.';
const NOTHING_TO_DO = 'There is nothing for you to do: whoever sent you the link sees what happened.';

/** Nulls where the transaction goes on, or has succeeded. */
export async function connectForCustomer(
  db: Db,
  transaction: TransactionWithSteps,
  gives: ForCustomer,
): Promise<EndedForCustomer> {
  if (transaction.status !== 'fail') return { message: null, hint: null };
  if (hasStoredTokens(transaction)) return connected(transaction, gives);
  const link = await findConnectLinkOfTransaction(db, transaction.id);
  const again = link && connectLinkState(link, gives.now) === 'open' ? linkStillWorks(link.expiresAt, gives.now) : null;
  if (isOfTokens(transaction)) return tokensNotStored(transaction, again);
  return notConnected(transaction, again);
}

/** The tokens are stored: the connection works, and something that follows does not. */
function connected({ reason }: TransactionWithSteps, { works, lacks }: ForCustomer): EndedForCustomer {
  const working = `What works: ${['the connection itself', ...works].join(', ')}.`;
  const missing = lacks.length === 0 ? '' : ` What does not: ${lacks.join(', ')}.`;
  switch (reason) {
    case canceledReason:
      return { message: `${working} The rest was canceled.`, hint: NOTHING_TO_DO };
    case 'unavailable':
    case 'internal_error':
      return {
        message: `${working}${missing} It could not be read this time, which says nothing about your account.`,
        hint: NOTHING_TO_DO,
      };
    default:
      return {
        message: `${working}${missing} Webex does not show that with the rights of your account.`,
        hint: `A full administrator of your organization must accept: open a new connect link with such an account, or have your own account made a full administrator in Control Hub first. ${NEW_LINK}`,
      };
  }
}

/** Of tokens that were entered on our page. */
function tokensNotStored(transaction: TransactionWithSteps, again: string | null): EndedForCustomer {
  const { reason, organizationName, steps } = transaction;
  const isTried = isDone(steps, proveTokensStep);
  const next = again === null ? NEW_LINK : `Open the link again, and enter the tokens anew. ${again}`;
  const hint = isTried ? `${mayBeReplaced} ${next}` : next;
  switch (reason) {
    case 'overtaken':
      return {
        message: `${organizationName} was connected in another way meanwhile. That connection stays, and the tokens were not stored.`,
        hint: NOTHING_TO_DO,
      };
    case 'not_better':
      return {
        message:
          'The app may not read all that this connection needs. The connection of before still works: it stays, and nothing was replaced.',
        hint: `Give the app the scopes that the page named, and have it authorized once more. ${hint}`,
      };
    case 'unavailable':
    case 'internal_error':
    case 'grant_lost':
    case 'organization_deleted':
    case 'needs_consent':
    case canceledReason:
      return {
        message: isTried
          ? 'The tokens were not stored.'
          : 'The tokens were not stored, and nothing is wrong with them as far as we know.',
        hint,
      };
    default:
      return {
        message: `${refusalWords(reason ?? '').words} Nothing was stored.`,
        hint,
      };
  }
}

/** @param again says that the same link works still; null where it does not */
function notConnected({ reason, organizationName }: TransactionWithSteps, again: string | null): EndedForCustomer {
  const next = again === null ? NEW_LINK : `Open the connect link again. ${again}`;
  const asFullAdministrator = `Sign in with an account that is a full administrator of ${organizationName}. ${NEW_LINK}`;
  switch (reason) {
    case 'code_refused':
    case 'code_lost':
      return {
        message:
          'Webex did not confirm your sign-in: it had been used already, or was too long ago. Nothing was stored.',
        hint: next,
      };
    case 'wrong_organization':
      return {
        message: `You signed in with an account that does not administer ${organizationName}. Nothing was stored.`,
        hint: asFullAdministrator,
      };
    case 'not_better':
      return {
        message: `Your account may not read all that this connection needs. The connection of before still works: it stays, and nothing was replaced.`,
        hint: asFullAdministrator,
      };
    case 'overtaken':
      return {
        message: `${organizationName} was connected with another link meanwhile. That connection stays, and yours was not stored.`,
        hint: NOTHING_TO_DO,
      };
    case canceledReason:
      return { message: 'Whoever sent you the link has canceled this.', hint: NEW_LINK };
    case 'invalid_client':
    case 'incomplete_grant':
    case 'internal_error':
    case 'grant_lost':
    case 'organization_deleted':
      return {
        message: 'Something is wrong on our side; you did everything right. Nothing was stored.',
        hint: again === null ? NOTHING_TO_DO : `${NOTHING_TO_DO} ${again}`,
      };
    case 'unavailable':
    case 'answer_lost':
      return { message: 'Webex’s answer did not arrive. Nothing was stored.', hint: next };
    default:
      return {
        message: 'Webex does not let your account do what this connection needs. Nothing was stored.',
        hint: again === null ? asFullAdministrator : next,
      };
  }
}
