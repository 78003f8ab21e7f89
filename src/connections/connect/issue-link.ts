// Makes a one-time connect link.

import { randomBytes, randomUUID } from 'node:crypto';
import type { Place } from '../../chat/place.ts';
import type { Db } from '../../db/database.ts';
import type { Sealer } from '../../db/seal/seal.ts';
import { codeVerifierPlace } from '../../db/seal/sealed-places.ts';
import type { Clock } from '../../lib/clock.ts';
import type { organizations } from '../../organizations/organizations.schema.ts';
import { settingsOfOrganization } from '../../settings/settings-of-many.store.ts';
import { createCodeVerifier } from '../../webex/pkce.ts';
import { type Features, neededScopes } from '../scopes.ts';
import { addConnectLink } from './link.store.ts';
import { hashSecret, stateOfLink } from './link-secrets.ts';

export interface IssueLinkDeps {
  db: Db;
  sealer: Sealer;
  clock: Clock;
  publicUrl: string;
}

export interface IssueConnectLinkInput {
  organization: Pick<typeof organizations.$inferSelect, 'id'> & Features;
  /** E-mail of the administrator who asked for it. */
  askedBy: string;
  /** Where the result is posted. */
  place: Place;
}

/** Saves the hashes of a fresh link, and returns its URL: a secret, which is never stored or logged. */
export async function issueConnectLink(
  { db, sealer, clock, publicUrl }: IssueLinkDeps,
  { organization, askedBy, place }: IssueConnectLinkInput,
): Promise<{ url: string; expiresAt: Date }> {
  const id = randomUUID();
  const token = randomBytes(32).toString('base64url');
  const codeVerifier = createCodeVerifier();
  const now = clock.now();
  const { link_lifetime_hours } = await settingsOfOrganization(db, organization.id);
  const expiresAt = new Date(now.getTime() + link_lifetime_hours * 60 * 60_000);
  await addConnectLink(db, {
    id,
    organizationId: organization.id,
    tokenHash: hashSecret(token),
    stateHash: hashSecret(stateOfLink(token)),
    codeVerifier: sealer.seal(codeVerifier, codeVerifierPlace(id)),
    scopes: neededScopes(organization),
    askedBy,
    roomId: place.roomId,
    parentMessageId: place.parentMessageId,
    createdAt: now,
    expiresAt,
  });
  return { url: `${publicUrl}/connect/${token}`, expiresAt };
}
