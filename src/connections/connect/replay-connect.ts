// Replays a connect transaction: the steps behind the stored tokens. Where no tokens are stored, a new consent is needed, since Webex accepts a code once.

import { appendAudit } from '../../audit/append-audit.ts';
import type { Db } from '../../db/database.ts';
import { findOrganization } from '../../organizations/organization.store.ts';
import { type StartAgainDeps, startAgain } from '../../transactions/start-again.ts';
import { addLogLine } from '../../transactions/transaction-log.store.ts';
import type { ReplayRequest } from '../../transactions/workflow.ts';
import { findConnection } from '../connection.store.ts';
import { hasStoredTokens, storeStep } from './connect-rules.ts';

export interface ReplayConnectDeps extends StartAgainDeps {
  db: Db;
}

/** Why a consent is needed first: the tokens were never stored, or the connection is lost. */
export type WhyConsent = 'never_stored' | 'lost';

export type ReplayConnectResult =
  /** The answer is queued as a notice, saved together with the new transaction. */
  { outcome: 'started' } | { outcome: 'needs_consent'; why: WhyConsent };

/** Starts the steps behind the stored tokens, as a new transaction, once for each event. */
export async function replayConnect(deps: ReplayConnectDeps, request: ReplayRequest): Promise<ReplayConnectResult> {
  const { db, clock } = deps;
  const { transaction, by, place } = request;
  const connection = await findConnection(db, transaction.organizationId);
  const isStored = hasStoredTokens(transaction);
  if (!isStored || !connection || connection.state === 'lost') {
    const now = clock.now();
    const message = `${by.email} wanted it run again, and got a new connect link.`;
    const { id: transactionId, organizationId } = transaction;
    const after = { transaction: transactionId, action: transaction.action, replay: null };
    await db.transaction(async (tx) => {
      await addLogLine(tx, { transactionId, now, message });
      await appendAudit(tx, { act: 'transaction.replayed', by, roomId: place.roomId, organizationId, after, now });
    });
    return { outcome: 'needs_consent', why: isStored ? 'lost' : 'never_stored' };
  }
  const record = await findOrganization(db, transaction.organizationId);
  await startAgain(deps, request, { behind: storeStep, record });
  return { outcome: 'started' };
}
