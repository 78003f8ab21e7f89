// What was entered on the page for tokens: redeems the link, once, and starts the transaction that tries the tokens at Webex and stores them.

import { appendAudit } from '../../audit/append-audit.ts';
import type { Db } from '../../db/database.ts';
import type { Jobs } from '../../db/jobs/jobs.ts';
import type { Sealer } from '../../db/seal/seal.ts';
import type { Clock } from '../../lib/clock.ts';
import { holdsOthers } from '../../organizations/holds-others.ts';
import { findOrganization, type Organization } from '../../organizations/organization.store.ts';
import { startTransaction } from '../../transactions/start-transaction.ts';
import { isInProgress, readTransaction } from '../../transactions/transaction.store.ts';
import type { Workflows } from '../../transactions/workflow.ts';
import { connectAction, proveTokensStep, storeStep } from '../connect/connect-rules.ts';
import {
  type ConnectLink,
  findConnectLinkByToken,
  redeemConnectLink,
  setTransactionOfLink,
} from '../connect/link.store.ts';
import { hashSecret } from '../connect/link-secrets.ts';
import { connectLinkState } from '../connect/link-state.ts';
import { sealPending } from '../connect/steps/pending.ts';
import { verifyTokensStep } from '../connect/steps/verify-tokens.ts';
import type { EnteredTokens } from './token-rules.ts';

export interface TokenPageDeps {
  db: Db;
  sealer: Sealer;
  jobs: Jobs;
  clock: Clock;
  workflows: Pick<Workflows<never>, 'stepNames'>;
}

/** The link's page, or a link that cannot be used; `link` is absent where nobody knows the token. */
export type OpenedTokenLink =
  | { outcome: 'open'; link: ConnectLink; organization: Organization }
  | { outcome: 'dead'; link?: ConnectLink };

/** Opening stores nothing, so that link previews do no harm. */
export async function openTokenLink(
  { db, clock }: Pick<TokenPageDeps, 'db' | 'clock'>,
  { token }: { token: string },
): Promise<OpenedTokenLink> {
  const link = await findConnectLinkByToken(db, hashSecret(token), 'tokens');
  if (!link) return { outcome: 'dead' };
  const organization = await findOrganization(db, link.organizationId);
  if (!organization || connectLinkState(link, clock.now()) !== 'open') return { outcome: 'dead', link };
  return { outcome: 'open', link, organization };
}

/** The transaction to which a used link has led: a form that is sent twice leads there too. */
export async function transactionOfLink(
  db: Db,
  link: ConnectLink | undefined,
): Promise<{ transactionId: number; submittedAt: Date } | undefined> {
  if (!link || link.redeemedAt === null || link.transactionId === null) return undefined;
  const transaction = await readTransaction(db, link.transactionId);
  return transaction && { transactionId: transaction.id, submittedAt: transaction.submittedAt };
}

/** `refusal`: a Connect of the organization is under way, the one of the same form too, or a person's grant alone can hold the organization. */
export type SubmitResult = { transactionId: number; submittedAt: Date } | { refusal: 'busy' | 'needs_consent' };

/** The tokens are sealed in the transaction's row, together with the link's redemption. Of two forms that are sent at once, one wins. */
export async function submitTokens(
  { db, sealer, jobs, clock, workflows }: TokenPageDeps,
  { link, organization, tokens }: { link: ConnectLink; organization: Organization; tokens: EnteredTokens },
): Promise<SubmitResult> {
  const { id: organizationId, name: organizationName } = organization;
  const submittedAt = clock.now();
  if (tokens.app !== null && holdsOthers(organization)) return { refusal: 'needs_consent' };
  const result = await db.transaction(async (tx): Promise<SubmitResult> => {
    if (await isInProgress(tx, { organizationId, action: connectAction })) return { refusal: 'busy' };
    if (!(await redeemConnectLink(tx, { id: link.id, organizationId, now: submittedAt }))) return { refusal: 'busy' };
    const { askedBy: requestedBy, roomId, parentMessageId } = link;
    const transactionId = await startTransaction(
      { tx, jobs },
      {
        ...{
          action: connectAction,
          organizationId,
          organizationName,
          requestedBy,
          roomId,
          parentMessageId,
          submittedAt,
        },
        steps: [
          ...[proveTokensStep, verifyTokensStep, storeStep],
          ...workflows.stepNames(connectAction, { record: organization, behind: storeStep }),
        ],
      },
    );
    await setTransactionOfLink(tx, { id: link.id, transactionId });
    await sealPending({ db: tx, sealer }, transactionId, { kind: 'tokens', ...tokens });
    await appendAudit(tx, {
      act: 'tokens.entered',
      // Whoever holds the link: nobody signs in on the page.
      by: 'hubkeeper',
      ...{ roomId, organizationId, organizationName, now: submittedAt },
      after: { transaction: transactionId, requestedBy },
    });
    return { transactionId, submittedAt };
  });
  if (!('transactionId' in result)) return result;
  jobs.wake('notice');
  jobs.wake('transaction');
  return result;
}
