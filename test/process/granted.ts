// Customers whose administrators have consented already, as rows of the store.
import { connections } from '../../src/connections/connections.schema.ts';
import type { Db } from '../../src/db/database.ts';
import { createSealer } from '../../src/db/seal/seal.ts';
import { tokenPlace } from '../../src/db/seal/sealed-places.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import type { GrantedOrganization } from '../../src/simulator/oauth/grant-many.ts';
import { encryptionKey } from './program.ts';

const sealer = createSealer([{ id: 'test', key: encryptionKey }]);

/** Makes organizations of what Webex granted: all due now, or one after the other, `apartMs` apart. */
export async function fallDue(
  db: Db,
  granted: readonly GrantedOrganization[],
  { roomId, apartMs = 0 }: { roomId: string; apartMs?: number },
): Promise<void> {
  const now = new Date();
  const days = (number: number) => new Date(now.getTime() + number * 24 * 60 * 60_000);
  const rows = granted.map((its, index) => ({
    ...its,
    id: crypto.randomUUID(),
    dueAt: new Date(now.getTime() + index * apartMs),
  }));
  await db.transaction(async (tx) => {
    for (let from = 0; from < rows.length; from += 500) {
      const some = rows.slice(from, from + 500);
      await tx.insert(organizations).values(
        some.map(({ id, organization }) => ({
          id,
          name: organization.displayName,
          wholesale_status: false,
          webex_contact_center: false,
          account_number_external: Buffer.from(organization.id, 'base64url').toString().split('/').at(-1) ?? '',
          account_number: organization.id,
          dirsync_enabled: false,
          sync: false,
          roomId,
          createdBy: 'ada@meridian.example',
          createdAt: now,
          updatedAt: now,
        })),
      );
      await tx.insert(connections).values(
        some.map(({ id, dueAt, administrator, accessToken, refreshToken, scopes }) => ({
          organizationId: id,
          accessToken: sealer.seal(accessToken, tokenPlace('access_token', id)),
          refreshToken: sealer.seal(refreshToken, tokenPlace('refresh_token', id)),
          accessTokenExpiresAt: days(7),
          refreshTokenExpiresAt: days(83),
          obtainedAt: days(-7),
          scopes,
          authorizedPersonId: administrator.id,
          authorizedEmail: administrator.email,
          way: 'consent' as const,
          byPartner: false,
          connectedAt: days(-7),
          refreshDueAt: dueAt,
          // Nothing else falls due in this test.
          probeDueAt: days(1),
        })),
      );
    }
  });
}
