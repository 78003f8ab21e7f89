// Which organization owns the service app: one that somebody names, at once or from its next consent on.

import { appendAudit } from '../../audit/append-audit.ts';
import { PROVIDER_ID } from '../../customers/customers.schema.ts';
import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import { findOrganization } from '../../organizations/organization.store.ts';
import { bringsTokens } from '../../webex/scopes.ts';
import { findConnection } from '../connection.store.ts';
import { grantThatServes } from '../ways/held-grant.store.ts';
import { type RecordOfOwnInput, recordOfOwn } from '../ways/record-of-own.ts';
import { findAppOwner, saveAsAppOwner, saveAsNextOwner } from './owner.store.ts';

/** `deleted`: the number belongs to a record that is being deleted. `below`: to one that stands below the provider, whose branch would read how much hangs on it. */
export type SaveOwnerResult =
  | { outcome: 'saved'; organizationId: string }
  | { outcome: 'deleted' }
  | { outcome: 'below'; name: string };

/**
 * Makes the record of the organization that owns the app, or marks one that is there. While the grant of another owner works, this one takes its place with
 * its next consent, and the app is not without an owner. To name the present owner takes that back.
 */
export function saveAppOwner(
  { db, clock }: { db: Db; clock: Clock },
  { values, by, roomId }: RecordOfOwnInput,
): Promise<SaveOwnerResult> {
  const now = clock.now();
  return db.transaction(async (tx) => {
    const own = await recordOfOwn(tx, { values, by, roomId, now });
    if ('deletedId' in own) return { outcome: 'deleted' };
    const { id: organizationId, name: organizationName, customerId, ownsServiceApp, toOwnServiceApp } = own.record;
    if (customerId !== PROVIDER_ID) return { outcome: 'below', name: organizationName };
    const saved = { outcome: 'saved', organizationId } as const;
    const present = await findAppOwner(tx);
    const isOwned = !ownsServiceApp && grantThatServes(present?.connection) !== undefined;
    if (toOwnServiceApp && isOwned) return saved;
    const isChanged = await (isOwned ? saveAsNextOwner : saveAsAppOwner)(tx, organizationId);
    if (!isChanged) return saved;
    const about = { by, roomId, organizationId, organizationName, now };
    const after = isOwned ? { from: 'its next consent' } : undefined;
    await appendAudit(tx, { act: 'service_app.owner_marked', ...about, after });
    return saved;
  });
}

/** Has the organization that was connected own the app, where that was wanted and Webex names among its scopes what brings the tokens. In the transaction of its Connect. */
export async function takeServiceApp(tx: Db, organizationId: string, now: Date): Promise<void> {
  const record = await findOrganization(tx, organizationId);
  if (!record?.toOwnServiceApp) return;
  const connection = grantThatServes(await findConnection(tx, organizationId));
  if (!connection?.scopes.includes(bringsTokens)) return;
  const former = await findAppOwner(tx);
  await saveAsAppOwner(tx, organizationId);
  await appendAudit(tx, {
    act: 'service_app.owner_marked',
    by: 'hubkeeper',
    roomId: null,
    organizationId,
    organizationName: record.name,
    before: former && { owner: former.organization.name },
    after: { owner: record.name },
    now,
  });
}
