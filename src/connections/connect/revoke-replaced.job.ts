// Revokes a grant at Webex that a newer consent has replaced, where it is surely that one. It would live on for months, and nobody would know what for.

import type { Db } from '../../db/database.ts';
import { job } from '../../db/jobs/job.ts';
import { SealError, type Sealer } from '../../db/seal/seal.ts';
import { replacedGrantPlace, tokenPlace } from '../../db/seal/sealed-places.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../log.ts';
import { findOrganization } from '../../organizations/organization.store.ts';
import { organizationProxy } from '../../organizations/organization-proxy.ts';
import { addLogLine } from '../../transactions/transaction-log.store.ts';
import { deleteAuthorization, listAuthorizations } from '../../webex/authorizations.ts';
import { WebexRefused } from '../../webex/errors.ts';
import { countConnectionsOfPerson, findConnection, hasTokens } from '../connection.store.ts';
import { replacedAuthorization } from './replaced-grant.ts';
import type { ConnectAs } from './steps/step.ts';

declare module '../../db/jobs/queues.ts' {
  interface JobData {
    revoke_replaced: ReplacedGrant;
  }
}

/** The replaced grant. Times are ISO texts. */
export interface ReplacedGrant {
  organizationId: string;
  /** Of the Connect that replaced it: its log says what became of the grant. */
  transactionId: number;
  personId: string;
  /** The grantor's e-mail. */
  email: string;
  connectedAt: string;
  obtainedAt: string;
  /** When Webex gave the new grant. */
  newObtainedAt: string;
  /** Its access token, sealed: it exists nowhere else, and its grantor may always revoke it. */
  accessToken: string;
}

interface Deps {
  db: Db;
  sealer: Sealer;
  clock: Clock;
  log: Log;
  connectAs: ConnectAs;
  clientId: string;
}

/**
 * Revokes by authorization id alone, never for the whole organization. Where the same person's grant holds another record, Webex may know both as one: then
 * it stays.
 * @throws WebexUnavailable: it is tried again
 */
export async function revokeReplaced(deps: Deps, grant: ReplacedGrant): Promise<void> {
  const { db, sealer, clock } = deps;
  const { organizationId, transactionId, personId, email } = grant;
  const organization = await findOrganization(db, organizationId);
  const connection = organization && (await findConnection(db, organizationId));
  if (!connection || !hasTokens(connection)) return;
  const isSamePerson = connection.authorizedPersonId === personId;
  const holds = (await countConnectionsOfPerson(db, personId)) - (isSamePerson ? 1 : 0);
  if (holds > 0) return note('stays at Webex: the same person authorized other organizations.');
  const proxy = organizationProxy(sealer, organization);
  const present = sealer.open(connection.accessToken, tokenPlace('access_token', organizationId));
  for (const accessToken of [formerToken(sealer, grant), present]) {
    if (accessToken === undefined) continue;
    const webex = deps.connectAs(accessToken, proxy);
    try {
      const authorization = replacedAuthorization(await listAuthorizations(webex, { personId }), {
        clientId: deps.clientId,
        replaced: { connectedAt: new Date(grant.connectedAt), obtainedAt: new Date(grant.obtainedAt) },
        newObtainedAt: new Date(grant.newObtainedAt),
        isSamePerson,
      });
      if (!authorization) return await note('stays at Webex, which does not say for sure which one it is.');
      await deleteAuthorization(webex, authorization, { personId });
      return await note('was revoked at Webex.');
    } catch (error) {
      // Its own token may have ended, or may not do this: then an administrator's may.
      if (!(error instanceof WebexRefused)) throw error;
    }
  }
  return note(
    `could not be revoked: Webex refuses that. ${email} can remove it under “Authorized apps” of the Webex account.`,
  );

  async function note(what: string): Promise<void> {
    await addLogLine(db, { transactionId, now: clock.now(), message: `The earlier grant of ${email} ${what}` });
  }
}

/** Undefined where its key was given up meanwhile: the new grant may do the same. */
function formerToken(sealer: Sealer, { organizationId, accessToken }: ReplacedGrant): string | undefined {
  try {
    return sealer.open(accessToken, replacedGrantPlace(organizationId));
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    return undefined;
  }
}

export const revokeReplacedJob = job({
  name: 'revoke_replaced',
  // About an hour.
  retryLimit: 8,
  retryDelaySeconds: 10,
  timeoutMs: 120_000,
  concurrency: 2,
  run: revokeReplaced,
});
