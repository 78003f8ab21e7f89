// Connections that a story begins with: written into the store, since giving a hundred by hand is not what the story is about.
import { randomUUID } from 'node:crypto';
import { saveConnection } from '../../src/connections/connection.store.ts';
import type { Db } from '../../src/db/database.ts';
import { createSealer } from '../../src/db/seal/seal.ts';
import { tokenPlace } from '../../src/db/seal/sealed-places.ts';
import { insertOrganization, type Organization } from '../../src/organizations/organization.store.ts';
import { defaultSettings } from '../../src/settings/settings.ts';
import { encodeWebexId } from '../../src/webex/ids.ts';
import { encryptionKey } from './test-app.ts';

export const dayMs = 24 * 60 * 60_000;

/** What a story says of a connection; the rest is as usual. */
export interface GivenConnection {
  name: string;
  /** The space that is told. */
  roomId: string;
  now: Date;
  /** Until the refresh token ends; 90 by default. */
  daysLeft?: number;
  /** Until it is refreshed; far away by default, since Webex does not know the tokens. */
  refreshInDays?: number;
  authorizedEmail?: string;
  /** One that Webex has never heard of by default. */
  refreshToken?: string;
  /** Fields of the record beyond the usual. */
  record?: Partial<
    Pick<Organization, 'account_number' | 'account_number_external' | 'account_email' | 'notes' | 'customerId'>
  >;
}

/** Writes an organization with its connection; returns our id of it. */
export async function giveConnection(db: Db, given: GivenConnection): Promise<string> {
  const { name, roomId, now, daysLeft = 90, refreshInDays = 10_000, authorizedEmail = 'carol@acme.example' } = given;
  const sealer = createSealer([{ id: 'test', key: encryptionKey }]);
  const id = randomUUID();
  const uuid = randomUUID();
  const inDays = (days: number) => new Date(now.getTime() + days * dayMs);
  await insertOrganization(db, {
    id,
    name,
    wholesale_status: false,
    webex_contact_center: false,
    account_number_external: uuid,
    account_number: encodeWebexId({ cluster: 'us', kind: 'ORGANIZATION', value: uuid }),
    dirsync_enabled: false,
    sync: false,
    roomId,
    createdBy: 'ada@meridian.example',
    createdAt: now,
    updatedAt: now,
    ...given.record,
  });
  const connection = {
    organizationId: id,
    accessToken: sealer.seal(`access-${id}`, tokenPlace('access_token', id)),
    refreshToken: sealer.seal(given.refreshToken ?? `refresh-${id}`, tokenPlace('refresh_token', id)),
    accessTokenExpiresAt: inDays(14),
    refreshTokenExpiresAt: inDays(daysLeft),
    obtainedAt: now,
    scopes: [],
    authorizedPersonId: authorizedEmail,
    authorizedEmail,
    way: 'consent' as const,
    byPartner: false,
    connectedAt: now,
    refreshDueAt: inDays(refreshInDays),
    probeDueAt: inDays(10_000),
  };
  await saveConnection(db, connection, defaultSettings);
  return id;
}
