// Makes one-time connect links.

import { randomBytes, randomUUID } from 'node:crypto';
import { appendAudits } from '../../audit/append-audit.ts';
import type { AuditPerson } from '../../audit/audit-entry.ts';
import type { Place } from '../../chat/place.ts';
import type { Db } from '../../db/database.ts';
import type { Sealer } from '../../db/seal/seal.ts';
import { codeVerifierPlace } from '../../db/seal/sealed-places.ts';
import type { Clock } from '../../lib/clock.ts';
import type { organizations } from '../../organizations/organizations.schema.ts';
import { defaultSettings } from '../../settings/settings.ts';
import { settingsOfOrganizations } from '../../settings/settings-of-many.store.ts';
import { createCodeVerifier } from '../../webex/pkce.ts';
import type { Features, Serving } from '../scopes.ts';
import type { LinkPurpose } from '../tokens/token-rules.ts';
import { scopesNeeded } from '../ways/served.store.ts';
import { addConnectLinks } from './link.store.ts';
import { hashSecret, stateOfLink } from './link-secrets.ts';

export interface IssueLinkDeps {
  db: Db;
  sealer: Sealer;
  clock: Clock;
  publicUrl: string;
}

export interface IssueConnectLinkInput {
  organization: Pick<typeof organizations.$inferSelect, 'id' | 'name' | 'servesAsPartner'> & Features & Serving;
  /** The administrator who asked for it. */
  askedBy: AuditPerson;
  /** Where the result is posted. */
  place: Place;
  /** What it leads to: to a consent by default. */
  purpose?: LinkPurpose | undefined;
}

const pathOf: Record<LinkPurpose, string> = { consent: '/connect', tokens: '/tokens' };

/** A link's URL is a secret, which is never stored or logged. */
export interface IssuedLink {
  url: string;
  expiresAt: Date;
}

/** Saves the hashes of a fresh link and whom it is shown to, and returns it. */
export async function issueConnectLink(
  deps: IssueLinkDeps,
  { organization, ...asked }: IssueConnectLinkInput,
): Promise<IssuedLink> {
  const links = await issueConnectLinks(deps, { ...asked, organizations: [organization] });
  const link = links.get(organization.id);
  if (!link) throw new Error('a connect link was not made');
  return link;
}

/** Saves the hashes of a fresh link for each organization, and whom they are shown to, and returns them by the organizations' ids. */
export async function issueConnectLinks(
  { db, sealer, clock, publicUrl }: IssueLinkDeps,
  {
    organizations: many,
    askedBy,
    place,
    purpose = 'consent',
  }: Omit<IssueConnectLinkInput, 'organization'> & { organizations: readonly IssueConnectLinkInput['organization'][] },
): Promise<ReadonlyMap<string, IssuedLink>> {
  if (many.length === 0) return new Map();
  const now = clock.now();
  const settings = await settingsOfOrganizations(
    db,
    many.map(({ id }) => id),
  );
  const links = many.map((organization) => {
    const its = settings.get(organization.id) ?? defaultSettings;
    return {
      organization,
      id: randomUUID(),
      token: randomBytes(32).toString('base64url'),
      expiresAt: new Date(now.getTime() + its.link_lifetime_hours * 60 * 60_000),
    };
  });
  const scopesOf = await scopesNeeded(db, many, ({ id }) => settings.get(id) ?? defaultSettings);
  const stored = links.map(({ organization, id, token, expiresAt }) => ({
    id,
    organizationId: organization.id,
    tokenHash: hashSecret(token),
    stateHash: hashSecret(stateOfLink(token)),
    purpose,
    codeVerifier: purpose === 'consent' ? sealer.seal(createCodeVerifier(), codeVerifierPlace(id)) : null,
    scopes: scopesOf(organization),
    askedBy: askedBy.email,
    roomId: place.roomId,
    parentMessageId: place.parentMessageId,
    createdAt: now,
    expiresAt,
  }));
  const entry = { act: 'connect_link.shown', by: askedBy, roomId: place.roomId, now } as const;
  await db.transaction(async (tx) => {
    await addConnectLinks(tx, stored);
    await appendAudits(
      tx,
      links.map(({ organization: { id: organizationId, name: organizationName }, expiresAt }) => ({
        ...{
          ...entry,
          organizationId,
          organizationName,
          after: { expiresAt, ...(purpose !== 'consent' && { purpose }) },
        },
      })),
    );
  });
  return new Map(
    links.map(({ organization, token, expiresAt }) => [
      organization.id,
      { url: `${publicUrl}${pathOf[purpose]}/${token}`, expiresAt },
    ]),
  );
}
