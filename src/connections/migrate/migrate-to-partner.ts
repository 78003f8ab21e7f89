// Moves an organization to the grant of its partner: that grant must read the organization first and, where a living connection stands, all that the record
// needs. A consent that held it is then revoked at Webex.

import type { Place } from '../../chat/place.ts';
import type { Jobs } from '../../db/jobs/jobs.ts';
import { lockOrganization, type Organization } from '../../organizations/organization.store.ts';
import { clientsOf, type LacksDeps, lacksOf } from '../connect/lacks.ts';
import { endConnectLinks } from '../connect/link.store.ts';
import { findConnection } from '../connection.store.ts';
import { isAlive } from '../connection-words.ts';
import { saveFallBack } from '../fall-back/fall-back.store.ts';
import { asFallBack } from '../fall-back/fall-back-rules.ts';
import { endOpenRefresh } from '../refresh/refresh.store.ts';
import { replacedWords } from '../refresh/refresh-words.ts';
import { grantThatServes } from '../ways/held-grant.store.ts';
import { asPartner, holdByPartner, provePartner } from '../ways/hold-by-partner.ts';
import { listPartners } from '../ways/served.store.ts';
import type { HoldDeps } from '../ways/store-held.ts';
import { whyWayCannot } from '../ways/ways.ts';
import { withGrant } from '../ways/with-grant.ts';
import { withdrawConnection } from '../withdrawn.store.ts';

export type MigrateDeps = HoldDeps &
  LacksDeps &
  Parameters<typeof asPartner>[0] & {
    jobs: Jobs;
    /** In place of Webex's own addresses of the contact center. */
    contactCenterUrl: string | undefined;
  };

/** `held`: by this partner. `no_partner`: none is connected. `refused`: Webex shows the organization to no partner; `code` is Webex's. */
export type MigratedToPartner =
  | { outcome: 'held'; partnerName: string }
  | { outcome: 'no_partner' }
  | { outcome: 'gone' }
  | { outcome: 'refused'; code: string }
  /** The grant may do less than the connection that lives. */
  | { outcome: 'not_better'; partnerName: string; lacks: readonly string[] };

/** @throws WebexUnavailable: nothing has changed then */
export async function migrateToPartner(
  deps: MigrateDeps,
  { organization, by, place }: { organization: Organization; by: { personId: string; email: string }; place: Place },
): Promise<MigratedToPartner> {
  let last: MigratedToPartner = { outcome: 'no_partner' };
  for (const { organization: partner } of await listPartners(deps.db)) {
    const webex = partner.id === organization.id ? undefined : await asPartner(deps, partner);
    if (!webex) continue;
    const proof = await provePartner(webex, organization);
    const lacks = proof.outcome === 'proven' ? await lacksOfPartner(deps, { organization, partner }) : [];
    if (proof.outcome === 'proven' && lacks.length === 0) return hold(deps, { organization, partner, by, place });
    last = proof.outcome === 'proven' ? { outcome: 'not_better', partnerName: partner.name, lacks } : proof;
  }
  return last;
}

/** What the grant of the partner lacks where a living connection of another holder stands. What this way cannot do is no lack. */
async function lacksOfPartner(
  deps: MigrateDeps,
  { organization, partner }: { organization: Organization; partner: Organization },
): Promise<string[]> {
  const { db, clock, contactCenterUrl } = deps;
  const standing = await findConnection(db, organization.id);
  if (!standing || !isAlive(standing, clock.now()) || standing.way === 'partner') return [];
  const source = grantThatServes(await findConnection(db, partner.id));
  if (!source) return [];
  const connect = (baseUrl?: string) =>
    withGrant(deps, { organization, source, ...(baseUrl !== undefined && { baseUrl }) });
  const clients = clientsOf(connect, organization, contactCenterUrl);
  return lacksOf(deps, {
    ...{ organization, standing },
    grant: { scopes: source.scopes, isOfApp: false, personId: undefined, clients },
    tries: () => source.scopes.length === 0,
    needs: ({ ability }) => ability === undefined || whyWayCannot('partner', ability) === undefined,
  });
}

async function hold(
  deps: MigrateDeps,
  input: { organization: Organization; partner: Organization; by: { personId: string; email: string }; place: Place },
): Promise<MigratedToPartner> {
  const { db, jobs, clock } = deps;
  const { organization, partner, by, place } = input;
  const { id: organizationId } = organization;
  const now = clock.now();
  const isThere = await db.transaction(async (tx) => {
    if (!(await lockOrganization(tx, organizationId))) return false;
    const former = await findConnection(tx, organizationId);
    const isHeld = former?.viaOrganizationId === partner.id && former.state !== 'lost';
    if (isHeld) return true;
    const withdrawal = { why: 'disconnected', withdrawnBy: by.email, noticeRoomId: place.roomId } as const;
    const withdrawnId =
      former?.way === 'consent' ? await withdrawConnection(tx, { organizationId, ...withdrawal, now }) : undefined;
    await endConnectLinks(tx, { organizationId, now });
    await endOpenRefresh(tx, { organizationId, message: replacedWords, now });
    await holdByPartner(tx, deps, { organization, partner, by, roomId: place.roomId });
    // The row of a consent is another one now, without its fall-back.
    const fallBack = withdrawnId === undefined ? null : asFallBack(former?.fallbackWay ?? null);
    if (fallBack === 'service_app') {
      await saveFallBack(tx, organizationId, { fallbackWay: fallBack, fallbackViaOrganizationId: null });
    }
    if (withdrawnId !== undefined) await jobs.send('revoke_withdrawn', { withdrawnId }, { tx });
    return true;
  });
  jobs.wake('revoke_withdrawn');
  return isThere ? { outcome: 'held', partnerName: partner.name } : { outcome: 'gone' };
}
