// Moves an organization to the grant of its partner: that grant must read the organization first and, where a living connection stands, all that the record
// needs. A consent that held it is then revoked at Webex.

import type { Place } from '../../chat/place.ts';
import type { Jobs } from '../../db/jobs/jobs.ts';
import { holdsOthers } from '../../organizations/holds-others.ts';
import { lockOrganization, type Organization } from '../../organizations/organization.store.ts';
import { clientsOf, type LacksDeps, lacksOf } from '../connect/lacks.ts';
import { endConnectLinks } from '../connect/link.store.ts';
import { findConnection } from '../connection.store.ts';
import { isAlive } from '../connection-words.ts';
import { saveFallBack } from '../fall-back/fall-back.store.ts';
import { asFallBack } from '../fall-back/fall-back-rules.ts';
import { endOpenRefresh } from '../refresh/refresh.store.ts';
import { notAuthorized } from '../refresh/refresh-rules.ts';
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

/**
 * `held`: by this partner; `isMeasured`: against the connection that lived. `no_partner`: none is connected. `needs_consent`: it holds others. `refused`:
 * Webex shows the organization to no partner; `code` is Webex's.
 */
export type MigratedToPartner =
  | { outcome: 'held'; partnerName: string; isMeasured: boolean }
  | { outcome: 'no_partner' }
  | { outcome: 'needs_consent' }
  | { outcome: 'gone' }
  | { outcome: 'refused'; code: string }
  /** The grant may do less than the connection that lives. */
  | { outcome: 'not_better'; partnerName: string; lacks: readonly string[] };

/** @throws WebexUnavailable: nothing has changed then */
export async function migrateToPartner(
  deps: MigrateDeps,
  { organization, by, place }: { organization: Organization; by: { personId: string; email: string }; place: Place },
): Promise<MigratedToPartner> {
  if (holdsOthers(organization)) return { outcome: 'needs_consent' };
  let last: MigratedToPartner = { outcome: 'no_partner' };
  for (const { organization: partner } of await listPartners(deps.db)) {
    const webex = partner.id === organization.id ? undefined : await asPartner(deps, partner);
    if (!webex) continue;
    const proof = await provePartner(webex, organization);
    if (proof.outcome === 'refused') {
      // Of another partner more is known.
      if (last.outcome !== 'not_better') last = proof;
      continue;
    }
    const lacks = await lacksOfPartner(deps, { organization, partner });
    const isMeasured = lacks !== undefined;
    if (!isMeasured || lacks.length === 0) return hold(deps, { organization, partner, by, place, isMeasured });
    last = { outcome: 'not_better', partnerName: partner.name, lacks };
  }
  return last;
}

/**
 * What the grant of the partner lacks where a living connection of another holder stands; undefined where there is none to be measured against. What this
 * way cannot do is no lack.
 */
async function lacksOfPartner(
  deps: MigrateDeps,
  { organization, partner }: { organization: Organization; partner: Organization },
): Promise<string[] | undefined> {
  const { db, clock, contactCenterUrl } = deps;
  const standing = await findConnection(db, organization.id);
  if (!standing || !isAlive(standing, clock.now()) || standing.way === 'partner') return undefined;
  const source = grantThatServes(await findConnection(db, partner.id));
  if (!source) return undefined;
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
  {
    organization,
    partner,
    by,
    place,
    isMeasured,
  }: {
    organization: Organization;
    partner: Organization;
    by: { personId: string; email: string };
    place: Place;
    isMeasured: boolean;
  },
): Promise<MigratedToPartner> {
  const { db, jobs, clock } = deps;
  const { id: organizationId } = organization;
  const now = clock.now();
  const held: MigratedToPartner = { outcome: 'held', partnerName: partner.name, isMeasured };
  const result = await db.transaction(async (tx): Promise<MigratedToPartner> => {
    const locked = await lockOrganization(tx, organizationId);
    if (!locked) return { outcome: 'gone' };
    if (holdsOthers(locked)) return { outcome: 'needs_consent' };
    const former = await findConnection(tx, organizationId);
    const isHeld = former?.viaOrganizationId === partner.id && former.state !== 'lost';
    if (isHeld) return held;
    const withdrawal = { why: 'disconnected', withdrawnBy: by.email, noticeRoomId: place.roomId } as const;
    const withdrawnId =
      former?.way === 'consent' ? await withdrawConnection(tx, { organizationId, ...withdrawal, now }) : undefined;
    await endConnectLinks(tx, { organizationId, now });
    await endOpenRefresh(tx, { organizationId, message: replacedWords, now });
    await holdByPartner(tx, deps, { organization, partner, by, roomId: place.roomId });
    // The row of a consent is another one now, without its fall-back.
    const fallBack = withdrawnId === undefined ? null : asFallBack(former?.fallbackWay ?? null);
    if (fallBack === 'service_app') {
      // As `saveConnection` keeps it.
      const fallbackRefusal = former?.fallbackRefusal === notAuthorized ? notAuthorized : null;
      const itsFallBack = { fallbackWay: fallBack, fallbackViaOrganizationId: null, fallbackRefusal };
      await saveFallBack(tx, organizationId, itsFallBack);
    }
    if (withdrawnId !== undefined) await jobs.send('revoke_withdrawn', { withdrawnId }, { tx });
    return held;
  });
  jobs.wake('revoke_withdrawn');
  return result;
}
