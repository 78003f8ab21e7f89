// Holds an organization by the grant of its partner: proven by a read of that very organization, then stored without tokens of its own.

import type { Db } from '../../db/database.ts';
import type { Organization } from '../../organizations/organization.store.ts';
import type { WebexClient } from '../../webex/client.ts';
import { readOrganization } from '../../webex/directory.ts';
import { WebexRefused } from '../../webex/errors.ts';
import { organizationUuid } from '../../webex/ids.ts';
import { findConnection } from '../connection.store.ts';
import { grantThatServes } from './held-grant.store.ts';
import { type Held, type HoldDeps, storeHeld } from './store-held.ts';
import { neverEndsAt } from './ways.ts';
import { type GrantDeps, withGrant } from './with-grant.ts';

/** Webex with the grant of a partner's record; undefined where that grant is lost, or was never given. */
export async function asPartner(
  { db, ...deps }: GrantDeps & { db: Db },
  partner: Organization,
): Promise<WebexClient | undefined> {
  const source = grantThatServes(await findConnection(db, partner.id));
  return source && withGrant(deps, { organization: partner, source });
}

/** `another_organization`: Webex has answered with one that was not asked for. */
export type Proof = { outcome: 'proven' } | { outcome: 'refused'; code: string };

/** Whether a grant, such as the partner's, reads this organization, and no other in its place. @throws WebexUnavailable */
export async function provePartner(
  webex: WebexClient,
  organization: Pick<Organization, 'account_number' | 'account_number_external'>,
): Promise<Proof> {
  try {
    const { id } = await readOrganization(webex, organization.account_number);
    const isIt = organizationUuid(id) === organization.account_number_external;
    return isIt ? { outcome: 'proven' } : { outcome: 'refused', code: 'another_organization' };
  } catch (error) {
    if (!(error instanceof WebexRefused)) throw error;
    return { outcome: 'refused', code: error.code };
  }
}

/**
 * Stores that the partner's grant holds the organization. The record is locked, and the grant was proven.
 * @param input.probeDueAt when it is checked first; at once by default
 */
export const holdByPartner = (
  tx: Db,
  deps: HoldDeps,
  { partner, probeDueAt, ...held }: Held & { partner: Pick<Organization, 'id' | 'name'>; probeDueAt?: Date },
): Promise<void> =>
  storeHeld(tx, deps, {
    ...held,
    connectionOf: (now) => ({
      accessToken: null,
      refreshToken: null,
      accessTokenExpiresAt: neverEndsAt,
      refreshTokenExpiresAt: neverEndsAt,
      refreshDueAt: neverEndsAt,
      obtainedAt: now,
      // What was granted is said of the partner's own connection.
      scopes: [],
      way: 'partner',
      viaOrganizationId: partner.id,
      byPartner: true,
      ...(probeDueAt && { probeDueAt }),
    }),
    after: { way: 'partner', partner: partner.name },
  });
