// Stores a connection for which no person has consented: what holds it was proven by a read of that very organization.

import { appendAudit } from '../../audit/append-audit.ts';
import type { AuditPerson } from '../../audit/audit-entry.ts';
import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Organization } from '../../organizations/organization.store.ts';
import type { RecordHooks } from '../../organizations/record-hooks.ts';
import type { Settings } from '../../settings/settings.ts';
import { settingsOfOrganization } from '../../settings/settings-of-many.store.ts';
import { findConnection, saveConnection } from '../connection.store.ts';

export interface HoldDeps {
  clock: Clock;
  recordHooks: readonly Pick<RecordHooks<never>, 'connected'>[];
}

/** What is held, and for whom: the administrator who wants it, or nobody. */
export interface Held {
  organization: Pick<Organization, 'id' | 'name'>;
  by: AuditPerson | 'hubkeeper';
  roomId: string | null;
}

type Connection = Parameters<typeof saveConnection>[1];
type OfNobody = 'organizationId' | 'connectedAt' | 'authorizedPersonId' | 'authorizedEmail';

/**
 * In place of any earlier connection. The record is locked. What becomes of an earlier grant at Webex is the caller's.
 * @param input.after what the audit says of it
 */
export async function storeHeld(
  tx: Db,
  { clock, recordHooks }: HoldDeps,
  {
    organization: { id: organizationId, name: organizationName },
    by,
    roomId,
    connectionOf,
    after,
  }: Held & { connectionOf(now: Date, rules: Settings): Omit<Connection, OfNobody>; after: Record<string, unknown> },
): Promise<void> {
  const now = clock.now();
  const former = await findConnection(tx, organizationId);
  const rules = await settingsOfOrganization(tx, organizationId);
  const ofNobody = { organizationId, connectedAt: now, authorizedPersonId: null, authorizedEmail: null };
  await saveConnection(tx, { ...connectionOf(now, rules), ...ofNobody }, rules);
  for (const { connected } of recordHooks) await connected?.(tx, organizationId, now);
  await appendAudit(tx, {
    act: former ? 'connection.replaced' : 'connection.made',
    ...{ by, roomId, organizationId, organizationName, now },
    before: former && { way: former.way, authorizedBy: former.authorizedEmail, state: former.state },
    after,
  });
}
