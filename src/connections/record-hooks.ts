// What an edited, deleted, restored or purged record means for its connection.

import type { Db } from '../db/database.ts';
import { counted } from '../lib/text.ts';
import { instantWords } from '../lib/time-words.ts';
import type { PurgeResult, RecordHooks } from '../organizations/record-hooks.ts';
import { isInProgress } from '../transactions/transaction.store.ts';
import { connectAction } from './connect/connect-rules.ts';
import { countOpenLinks } from './connect/link.store.ts';
import { findConnection } from './connection.store.ts';
import { isAlive } from './connection-words.ts';
import { type NotifyScopesDeps, notifyMissingScopes } from './notify-missing-scopes.ts';
import { probeAgain } from './probe/probe.store.ts';
import { endOpenRefresh } from './refresh/refresh.store.ts';
import { type Revocation, revocationNotes } from './revocation.ts';
import { type RevokeDeps, revokeWithdrawn } from './revoke-withdrawn.ts';
import { describeScope, missingScopes, neededScopes, reconnectorOf } from './scopes.ts';
import { restoreConnection, withdrawConnection, withdrawnOf } from './withdrawn.store.ts';

/**
 * A connection binds the record's number. An edited record is probed at once, and its space is notified of missing scopes. With a deleted record its
 * connection is withdrawn: no schedule finds it until an undo brings it back, and a purge revokes its grant.
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
    const more = missingScopes(neededScopes(before), neededScopes(after));
    const missing = missingScopes(connection.scopes, more);
    if (missing.length === 0) return undefined;
    const scopes = missing.map((scope) => ({ scope, allows: describeScope(scope) }));
    return { scopes, reconnector: reconnectorOf(missing), authorizedBy: connection.authorizedEmail };
  },
  edited: probeAgain,
  featuresChanged: (deps, organizationId) => notifyMissingScopes(deps, { organizationId }),
  contents,
  async deleted(tx, { organizationId, by, roomId, now }) {
    await withdrawConnection(tx, { organizationId, why: 'deleted', withdrawnBy: by, noticeRoomId: roomId, now });
    await endOpenRefresh(tx, { organizationId, message: 'The organization was deleted.', now });
  },
  restored: restoreConnection,
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
    connection && isAlive(connection, now) ? ` until ${instantWords(connection.refreshTokenExpiresAt)}` : '';
  return [
    ...(connection
      ? [`The connection that ${connection.authorizedEmail} authorized${until}, and the history of its refreshes`]
      : []),
    ...(links > 0 ? [counted(links, 'open connect link')] : []),
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
  { authorizedEmail: email, clientId: appId }: { authorizedEmail: string; clientId: string },
): string[] => revocationNotes({ outcome, email, appId });
