// Gives a connect link back whose code or tokens came to nothing, so that nobody can use up a link without a grant.

import { codeVerifierPlace } from '../../../db/seal/sealed-places.ts';
import type { Failure } from '../../../transactions/transaction.ts';
import type { StepResult } from '../../../transactions/workflow.ts';
import { isDone, proveTokensStep } from '../connect-rules.ts';
import { findConnectLinkOfTransaction, giveBackConnectLink } from '../link.store.ts';
import { canComeBack } from '../link-state.ts';
import type { StepDeps, StepInput } from './step.ts';
import { mayBeReplaced, newLinkHint, newTokenLinkHint, sameLinkHint } from './words.ts';

/**
 * The end of a transaction whose code gave no grant. The link that brought the code can be used again, unless it has expired, was ended or has come back
 * too often.
 * @param failure.hint said in place of what to do with the link
 */
export async function failAndGiveBack(
  { db, sealer, clock }: Pick<StepDeps, 'db' | 'sealer' | 'clock'>,
  { transactionId, codeVerifier }: { transactionId: number; codeVerifier: string },
  failure: Omit<Failure, 'hint'> & { hint?: string },
): Promise<StepResult> {
  const failed = { outcome: 'failed', fatal: true, ...failure } as const;
  const link = await findConnectLinkOfTransaction(db, transactionId);
  if (!link || !canComeBack(link, clock.now())) return { ...failed, hint: failure.hint ?? newLinkHint };
  return {
    ...failed,
    hint: failure.hint ?? sameLinkHint,
    async save(tx) {
      // Sealed for the link's own row: what the steps hand on is erased with the transaction's end.
      const sealed = sealer.seal(codeVerifier, codeVerifierPlace(link.id));
      await giveBackConnectLink(tx, { id: link.id, transactionId, codeVerifier: sealed });
    },
  };
}

/**
 * The same where tokens were entered that Webex refuses, or that are for another organization. The page says what was wrong; what was entered is gone.
 */
export async function failAndGiveBackTokens(
  { db, clock }: Pick<StepDeps, 'db' | 'clock'>,
  { id: transactionId, steps }: Pick<StepInput['transaction'], 'id' | 'steps'>,
  { reason, message }: Omit<Failure, 'hint'>,
): Promise<StepResult> {
  const first = isDone(steps, proveTokensStep) ? `${mayBeReplaced} ` : '';
  const failed = { outcome: 'failed', fatal: true, reason, message: `${message} Nothing was stored.` } as const;
  const link = await findConnectLinkOfTransaction(db, transactionId);
  if (!link || !canComeBack(link, clock.now())) return { ...failed, hint: first + newTokenLinkHint };
  return {
    ...failed,
    hint: `${first}The same link works again: open it once more, and enter the tokens anew.`,
    async save(tx) {
      await giveBackConnectLink(tx, { id: link.id, transactionId, refusal: reason });
    },
  };
}
