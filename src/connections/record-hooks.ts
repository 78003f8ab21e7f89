// What an edited, deleted, restored or purged record means for its connection.

import type { Db } from '../db/database.ts';
import { everything } from '../db/scope.ts';
import { counted, countedUpTo } from '../lib/text.ts';
import { instantWords } from '../lib/time-words.ts';
import type { PurgeResult, RecordHooks } from '../organizations/record-hooks.ts';
import { settingsOfOrganization } from '../settings/settings-of-many.store.ts';
import { isInProgress } from '../transactions/transaction.store.ts';
import { connectAction } from './connect/connect-rules.ts';
import { countOpenLinks } from './connect/link.store.ts';
import { findConnection } from './connection.store.ts';
import { holderWords, isAlive } from './connection-words.ts';
import { type NotifyScopesDeps, notifyMissingScopes } from './notify-missing-scopes.ts';
import { probeAgain } from './probe/probe.store.ts';
import { endOpenRefresh } from './refresh/refresh.store.ts';
import { type Revocation, revocationNotes } from './revocation.ts';
import { type RevokeDeps, revokeWithdrawn } from './revoke-withdrawn.ts';
import { describeScope, missingScopes, neededScopes, reconnectorOf } from './scopes.ts';
import { countHeldByApp, findAppOwner } from './service-app/owner.store.ts';
import { takeServiceApp } from './service-app/save-owner.ts';
import { followPartner } from './ways/follow-partner.ts';
import { countServedBy } from './ways/read-partners.ts';
import { hasDeadline } from './ways/ways.ts';
import { restoreConnection, withdrawConnection, withdrawnOf } from './withdrawn.store.ts';

/**
 * A connection binds the record's number. An edited record is probed at once, and its space is notified of missing scopes. With a deleted record its
 * connection is withdrawn: no schedule finds it until an undo brings it back, and a purge revokes its grant. What hangs on that grant follows it.
 */
export const connectionRecordHooks: RecordHooks<NotifyScopesDeps & RevokeDeps> = {
  async bindsNumber(tx, organizationId) {
    if (await findConnection(tx, organizationId)) return 'connection';
    return (await isInProgress(tx, { organizationId, action: connectAction })) ? 'transaction' : undefined;
  },
  async lacksFor(tx, { organizationId, before, after, now }) {
    const connection = await findConnection(tx, organizationId);
    // Of a connection that has ended, the next consent asks for all that is needed.
    if (!connection || !isAlive(connection, now) || connection.scopes.length === 0) return undefined;
    const settings = await settingsOfOrganization(tx, organizationId);
    const more = missingScopes(neededScopes(before, settings), neededScopes(after, settings));
    const missing = missingScopes(connection.scopes, more);
    if (missing.length === 0) return undefined;
    const scopes = missing.map((scope) => ({ scope, allows: describeScope(scope) }));
    return { scopes, reconnector: reconnectorOf(missing), authorizedBy: connection.authorizedEmail };
  },
  edited: probeAgain,
  featuresChanged: (deps, organizationId) => notifyMissingScopes(deps, { organizationId }),
  contents,
  connected: takeServiceApp,
  async deleted({ tx, jobs }, { organizationId, by, roomId, now }) {
    await withdrawConnection(tx, { organizationId, why: 'deleted', withdrawnBy: by, noticeRoomId: roomId, now });
    await endOpenRefresh(tx, { organizationId, message: 'The organization was deleted.', now });
    await followPartner({ tx, jobs }, organizationId);
  },
  async restored({ tx, jobs }, organizationId) {
    await restoreConnection(tx, organizationId);
    await followPartner({ tx, jobs }, organizationId);
  },
  purging: endGrants,
  async purgeGivenUp({ db, clientId }, { organizationId }) {
    const left = await withdrawnOf(db, organizationId);
    return left.flatMap(({ authorizedEmail }) => notesOf('unanswered', { authorizedEmail, clientId }));
  },
};

async function contents(db: Db, organizationId: string, now: Date): Promise<string[]> {
  const connection = await findConnection(db, organizationId);
  const links = await countOpenLinks(db, { organizationId, now });
  const until =
    connection && isAlive(connection, now) && hasDeadline(connection)
      ? ` until ${instantWords(connection.refreshTokenExpiresAt)}`
      : '';
  return [
    ...(connection ? [`The connection ${holderWords(connection)}${until}, and the history of its refreshes`] : []),
    ...(links > 0 ? [counted(links, 'open connect link')] : []),
    ...(await hangingLines(db, organizationId)),
  ];
}

/** Other organizations that suffer where this record's grant goes. */
async function hangingLines(db: Db, organizationId: string): Promise<string[]> {
  const served = await countServedBy(db, { scope: everything, organizationId });
  const owner = await findAppOwner(db);
  const held = owner?.organization.id === organizationId ? await countHeldByApp(db) : 0;
  const some = (count: number) => countedUpTo(count, 'organization');
  return [
    ...(served > 0 ? [`The connections of ${some(served)} held by its grant: they are lost until it is back`] : []),
    ...(held > 0
      ? [`The tokens of ${some(held)} held by the service app: they cannot be fetched anew until it is back`]
      : []),
  ];
}

/** Ends all grants of the organization at Webex: of the connection that was withdrawn with it, and of one that was disconnected before. */
async function endGrants(
  deps: RevokeDeps,
  { organizationId, since }: { organizationId: string; since: Date },
): Promise<PurgeResult> {
  const { db, clock, clientId } = deps;
  // An older version knows no deletions, and may have connected it meanwhile.
  await db.transaction((tx) =>
    withdrawConnection(tx, { organizationId, why: 'deleted', withdrawnBy: '', noticeRoomId: '', now: clock.now() }),
  );
  const notes: string[] = [];
  for (const { id, authorizedEmail } of await withdrawnOf(db, organizationId)) {
    const { outcome } = await revokeWithdrawn(deps, { id, since });
    if (outcome === 'later') return { outcome };
    notes.push(...notesOf(outcome, { authorizedEmail, clientId }));
  }
  return { outcome: 'done', notes };
}

const notesOf = (
  outcome: Revocation,
  { authorizedEmail: email, clientId: appId }: { authorizedEmail: string | null; clientId: string },
): string[] => revocationNotes({ outcome, email, appId });
