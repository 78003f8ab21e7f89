// The way back from Webex's consent page: redeems the connect link, once, and starts the transaction that turns the code into a connection.

import type { Place } from '../../chat/place.ts';
import type { Db } from '../../db/database.ts';
import type { Jobs } from '../../db/jobs/jobs.ts';
import type { Sealer } from '../../db/seal/seal.ts';
import type { Clock } from '../../lib/clock.ts';
import { enqueueNotice } from '../../notices/enqueue-notice.ts';
import { findOrganization, type Organization } from '../../organizations/organization.store.ts';
import { startTransaction } from '../../transactions/start-transaction.ts';
import { readTransaction } from '../../transactions/transaction.store.ts';
import type { Workflows } from '../../transactions/workflow.ts';
import { connectRefusedNotice } from './connect.notice.ts';
import { connectAction } from './connect-rules.ts';
import {
  type ConnectLink,
  findConnectLink,
  findConnectLinkByState,
  redeemConnectLink,
  setTransactionOfLink,
} from './link.store.ts';
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
  /** The link leads to this transaction: it has just been started, or the link was redeemed before. */
  | { outcome: 'started'; transactionId: number; submittedAt: Date }
  /** Webex sent the person back without a grant; the link can be opened again. `error` is an OAuth code, such as `access_denied`. */
  | { outcome: 'refused'; error: string; organizationName: string; link: ConnectLink }
  | { outcome: 'missing_code'; organizationName: string; link: ConnectLink }
  /** The link cannot be used; absent where the state belongs to none. */
  | { outcome: 'dead'; link?: ConnectLink };

/**
 * Redeems the link in one statement, so that of two callbacks one wins, and creates the transaction with it, both or neither. Every later visit with the
 * state of a redeemed link leads to that transaction. A refusal leaves the link open and notifies the space that asked.
 */
export async function completeConnection(
  deps: CompleteConnectionDeps,
  { state, code, error }: CompleteConnectionInput,
): Promise<CompleteConnectionResult> {
  const { db, clock } = deps;
  const link = state === undefined ? undefined : await findConnectLinkByState(db, hashSecret(state));
  if (!link) return { outcome: 'dead' };
  if (connectLinkState(link, clock.now()) !== 'open') return afterRedemption(db, link);
  const organization = await findOrganization(db, link.organizationId);
  if (!organization) return { outcome: 'dead' };
  if (error !== undefined) {
    await notifyRefused(deps, link, error);
    return { outcome: 'refused', error, organizationName: organization.name, link };
  }
  if (code === undefined) return { outcome: 'missing_code', organizationName: organization.name, link };
  return redeem(deps, { link, organization, code });
}

async function redeem(
  deps: CompleteConnectionDeps,
  { link, organization, code }: { link: ConnectLink; organization: Organization; code: string },
): Promise<CompleteConnectionResult> {
  const { db, jobs } = deps;
  const now = deps.clock.now();
  const transactionId = await db.transaction(async (tx) => {
    const taken = await redeemConnectLink(tx, { id: link.id, organizationId: organization.id, now });
    if (!taken) return undefined;
    const id = await startTransaction(
      { tx, jobs },
      {
        action: connectAction,
        organizationId: organization.id,
        organizationName: organization.name,
        requestedBy: link.askedBy,
        ...placeOf(link),
        steps: deps.workflows.stepNames(connectAction, { record: organization }),
        submittedAt: now,
      },
    );
    await setTransactionOfLink(tx, { id: link.id, transactionId: id });
    await sealPending({ db: tx, sealer: deps.sealer }, id, {
      kind: 'code',
      code,
      codeVerifier: openCodeVerifier(deps.sealer, taken),
    });
    return id;
  });
  if (transactionId === undefined) return afterRedemption(db, (await findConnectLink(db, link.id)) ?? link);
  jobs.wake('notice');
  jobs.wake('transaction');
  return { outcome: 'started', transactionId, submittedAt: now };
}

/** Where a visit leads that comes with the state of a link that is not open. */
async function afterRedemption(db: Db, link: ConnectLink): Promise<CompleteConnectionResult> {
  const { redeemedAt, transactionId } = link;
  const isUsed = redeemedAt !== null && transactionId !== null;
  const transaction = isUsed ? await readTransaction(db, transactionId) : undefined;
  if (!transaction) return { outcome: 'dead', link };
  return { outcome: 'started', transactionId: transaction.id, submittedAt: transaction.submittedAt };
}

async function notifyRefused({ db, jobs, clock }: CompleteConnectionDeps, link: ConnectLink, error: string) {
  const told = error.slice(0, errorMaxCharacters);
  await db.transaction((tx) =>
    enqueueNotice(
      { tx, jobs },
      {
        // The browser says the code: whoever holds the link could otherwise fill the space with ever new ones.
        key: `connect-refused:${link.id}:${namedCodes.has(told) ? told : 'other'}`,
        notice: connectRefusedNotice.of({ organizationId: link.organizationId, linkId: link.id, error: told }),
        organizationId: link.organizationId,
        place: placeOf(link),
        now: clock.now(),
      },
    ),
  );
  jobs.wake('notice');
}

const placeOf = ({ roomId, parentMessageId }: ConnectLink): Place => ({ roomId, parentMessageId });
