// Gives a connect link back whose code came to nothing, so that nobody can use up a link without a grant.

import { codeVerifierPlace } from '../../../db/seal/sealed-places.ts';
import type { Failure } from '../../../transactions/transaction.ts';
import type { StepResult } from '../../../transactions/workflow.ts';
import { findConnectLinkOfTransaction, giveBackConnectLink } from '../link.store.ts';
import { canComeBack } from '../link-state.ts';
import type { StepDeps } from './step.ts';
import { newLinkHint, sameLinkHint } from './words.ts';

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
