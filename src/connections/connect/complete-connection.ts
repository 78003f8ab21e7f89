// The way back from Webex's consent page: redeems the connect link, once, and starts the transaction that turns the code into a connection.

import type { Db } from '../../db/database.ts';
import type { Jobs } from '../../db/jobs/jobs.ts';
import type { Sealer } from '../../db/seal/seal.ts';
import type { Clock } from '../../lib/clock.ts';
import { enqueueNotice } from '../../notices/enqueue-notice.ts';
import { findOrganization } from '../../organizations/organization.store.ts';
import { startTransaction } from '../../transactions/start-transaction.ts';
import type { Workflows } from '../../transactions/workflow.ts';
import { connectRefusedNotice } from './connect.notice.ts';
import { connectAction } from './connect-rules.ts';
import { findConnectLinkByState, redeemConnectLink } from './link.store.ts';
import { hashSecret, openCodeVerifier } from './link-secrets.ts';
import { connectLinkState } from './link-state.ts';
import { sealPending } from './steps/pending.ts';

/** OAuth's codes that have messages of their own. */
const namedCodes = new Set(['access_denied', 'invalid_scope']);

export interface CompleteConnectionDeps {
  db: Db;
  sealer: Sealer;
  jobs: Jobs;
  clock: Clock;
  workflows: Pick<Workflows<never>, 'stepNames'>;
}

/** Longer than any code of OAuth. Longer ones are made up, and not kept. */
const errorMaxCharacters = 40;

/** What the redirect's query said. Everything may be missing: browsers go back, people cut links. */
export interface CompleteConnectionInput {
  state?: string | undefined;
  code?: string | undefined;
  error?: string | undefined;
}

export type CompleteConnectionResult =
  | { outcome: 'started'; transactionId: number; submittedAt: Date }
  /** Webex sent the person back without a grant; the link can be opened again. `error` is an OAuth code, such as `access_denied`. */
  | { outcome: 'refused'; error: string; organizationName: string }
  | { outcome: 'missing_code'; organizationName: string }
  | { outcome: 'unknown_state' | 'used' | 'expired' };

/**
 * Redeems the link in one statement, so that of two callbacks one wins, and creates the transaction with it, both or neither. A refusal leaves the
 * link open and notifies the space that asked.
 */
export async function completeConnection(
  deps: CompleteConnectionDeps,
  { state, code, error }: CompleteConnectionInput,
): Promise<CompleteConnectionResult> {
  const { db, jobs, clock } = deps;
  const now = clock.now();
  const link = state === undefined ? undefined : await findConnectLinkByState(db, hashSecret(state));
  if (!link) return { outcome: 'unknown_state' };
  const linkState = connectLinkState(link, now);
  if (linkState !== 'open') return { outcome: linkState };
  const organization = await findOrganization(db, link.organizationId);
  if (!organization) return { outcome: 'unknown_state' };
  const place = { roomId: link.roomId, parentMessageId: link.parentMessageId };

  if (error !== undefined) {
    const told = error.slice(0, errorMaxCharacters);
    await db.transaction((tx) =>
      enqueueNotice(
        { tx, jobs },
        {
          // The browser says the code: whoever holds the link could otherwise fill the space with ever new ones.
          key: `connect-refused:${link.id}:${namedCodes.has(told) ? told : 'other'}`,
          notice: connectRefusedNotice.of({ organizationId: organization.id, error: told }),
          organizationId: organization.id,
          place,
          now,
        },
      ),
    );
    jobs.wake('notice');
    return { outcome: 'refused', error, organizationName: organization.name };
  }
  if (code === undefined) return { outcome: 'missing_code', organizationName: organization.name };

  const transactionId = await db.transaction(async (tx) => {
    const taken = await redeemConnectLink(tx, { id: link.id, now });
    if (!taken) return undefined;
    const transaction = {
      action: connectAction,
      organizationId: organization.id,
      organizationName: organization.name,
      requestedBy: link.askedBy,
      ...place,
      steps: deps.workflows.stepNames(connectAction),
      submittedAt: now,
    };
    const id = await startTransaction({ tx, jobs }, transaction);
    await sealPending({ db: tx, sealer: deps.sealer }, id, {
      kind: 'code',
      code,
      codeVerifier: openCodeVerifier(deps.sealer, taken),
    });
    return id;
  });
  if (transactionId === undefined) return { outcome: 'used' };
  jobs.wake('notice');
  jobs.wake('transaction');
  return { outcome: 'started', transactionId, submittedAt: now };
}
