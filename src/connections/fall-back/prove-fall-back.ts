// Proves that a way can hold an organization now, without a person: by a read of that very organization.

import type { AuditPerson } from '../../audit/audit-entry.ts';
import type { Db } from '../../db/database.ts';
import { findOrganization, type Organization } from '../../organizations/organization.store.ts';
import { organizationProxy } from '../../organizations/organization-proxy.ts';
import { holdByOwnApp } from '../service-app/hold-by-own-app.ts';
import { askOwnTokens, type OwnAppDeps } from '../service-app/own-app.ts';
import { asPartner, holdByPartner, provePartner } from '../ways/hold-by-partner.ts';
import { listPartners } from '../ways/served.store.ts';
import type { HoldDeps } from '../ways/store-held.ts';
import type { FallBack } from './fall-back-rules.ts';

export type ProveDeps = OwnAppDeps & HoldDeps;

/** What proven fall-backs are: `hold` stores it as the connection, in a transaction that has locked the record and its connections. */
export type ProvenFallBack =
  | {
      outcome: 'proven';
      /** The record of the partner; null for the service app. */
      partner: Organization | null;
      hold(tx: Db, about: { by: AuditPerson | 'hubkeeper'; roomId: string | null }): Promise<void>;
    }
  /** `code`: Webex's, or why nobody could be asked. */
  | { outcome: 'refused'; code: string };

/**
 * @param viaOrganizationId of the partner's record; where it is left out, the first partner that reads the organization
 * @throws WebexUnavailable
 */
export function proveFallBack(
  deps: ProveDeps,
  {
    organization,
    way,
    viaOrganizationId,
  }: { organization: Organization; way: FallBack; viaOrganizationId?: string | null | undefined },
): Promise<ProvenFallBack> {
  return way === 'partner'
    ? proveByPartner(deps, { organization, viaOrganizationId })
    : proveByOwnApp(deps, organization);
}

async function proveByPartner(
  deps: ProveDeps,
  { organization, viaOrganizationId }: { organization: Organization; viaOrganizationId?: string | null | undefined },
): Promise<ProvenFallBack> {
  const named = viaOrganizationId == null ? undefined : await findOrganization(deps.db, viaOrganizationId);
  const partners =
    viaOrganizationId == null
      ? (await listPartners(deps.db)).map((one) => one.organization)
      : named?.servesAsPartner
        ? [named]
        : [];
  let last: ProvenFallBack = { outcome: 'refused', code: 'no_partner' };
  for (const partner of partners) {
    const webex = partner.id === organization.id ? undefined : await asPartner(deps, partner);
    if (!webex) continue;
    const proof = await provePartner(webex, organization);
    if (proof.outcome === 'proven') {
      return {
        ...{ outcome: 'proven', partner },
        hold: (tx, about) => holdByPartner(tx, deps, { organization, partner, ...about }),
      };
    }
    last = proof;
  }
  return last;
}

async function proveByOwnApp(deps: ProveDeps, organization: Organization): Promise<ProvenFallBack> {
  const asked = await askOwnTokens(deps, organization);
  if ('refused' in asked) return { outcome: 'refused', code: asked.refused };
  const { grant } = asked;
  const { refreshToken } = grant;
  if (refreshToken === undefined) return { outcome: 'refused', code: 'incomplete_grant' };
  const webex = deps.connectAs(grant.accessToken, organizationProxy(deps.sealer, organization));
  const proof = await provePartner(webex, organization);
  if (proof.outcome === 'refused') return proof;
  return {
    ...{ outcome: 'proven', partner: null },
    hold: (tx, about) => holdByOwnApp(tx, deps, { organization, grant: { ...grant, refreshToken }, ...about }),
  };
}
