// Rows that the tests of the store write: believable, and each given only what its test is about.
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { NewRefresh } from '../../src/connections/refresh/journal.store.ts';
import { type Db, rows } from '../../src/db/database.ts';
import { insertOrganization, type Organization } from '../../src/organizations/organization.store.ts';

export const at = (time: string): Date => new Date(`2026-03-01T${time}Z`);
export const now = at('12:00:00');

export async function anOrganization(db: Db, values: Partial<Organization> = {}): Promise<Organization> {
  const uuid = randomUUID();
  const inserted = await insertOrganization(db, {
    id: randomUUID(),
    name: 'Acme Robotics',
    wholesale_status: false,
    webex_contact_center: false,
    account_number_external: uuid,
    account_number: Buffer.from(`ciscospark://us/ORGANIZATION/${uuid}`).toString('base64url'),
    dirsync_enabled: false,
    sync: true,
    roomId: 'room-operations',
    createdBy: 'ada@meridian.example',
    createdAt: now,
    updatedAt: now,
    ...values,
  });
  if (!inserted) throw new Error('the organization exists already');
  return inserted;
}

export const aGrant = (organizationId: string) => ({
  organizationId,
  accessToken: 'v1.k.sealed-access',
  refreshToken: 'v1.k.sealed-refresh',
  accessTokenExpiresAt: new Date('2026-03-15T12:00:00Z'),
  refreshTokenExpiresAt: new Date('2026-05-30T12:00:00Z'),
  obtainedAt: now,
  scopes: ['spark:people_read', 'spark-admin:roles_read'],
  authorizedPersonId: 'person-carol',
  authorizedEmail: 'carol@acme.example',
  way: 'consent' as const,
  byPartner: false,
  connectedAt: now,
  refreshDueAt: new Date('2026-03-08T12:00:00Z'),
});

export const aRefresh = (organizationId: string): NewRefresh => ({
  organizationId,
  at: now,
  reason: 'due',
  outcome: 'renewed',
  oldDeadlineAt: now,
  newDeadlineAt: now,
  accessTokenExpiresAt: now,
  accessTokenFingerprint: 'aaaa',
  refreshTokenFingerprint: 'bbbb',
});

/** How many statements on this database wait for others' locks; on PostgreSQL alone. */
export async function waitingForLocks(db: Db): Promise<number> {
  const [found] = await rows<{ count: number }>(
    db,
    sql`select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return found?.count ?? 0;
}
