// Moves an organization to the grant of its partner: that grant must read the organization first, and a consent that held it is then revoked at Webex.

import type { Place } from '../../chat/place.ts';
import type { Jobs } from '../../db/jobs/jobs.ts';
import { lockOrganization, type Organization } from '../../organizations/organization.store.ts';
import { endConnectLinks } from '../connect/link.store.ts';
import { findConnection } from '../connection.store.ts';
import { saveFallBack } from '../fall-back/fall-back.store.ts';
import { asFallBack } from '../fall-back/fall-back-rules.ts';
import { endOpenRefresh } from '../refresh/refresh.store.ts';
import { replacedWords } from '../refresh/refresh-words.ts';
import { asPartner, holdByPartner, provePartner } from '../ways/hold-by-partner.ts';
import { listPartners } from '../ways/served.store.ts';
import type { HoldDeps } from '../ways/store-held.ts';
import { withdrawConnection } from '../withdrawn.store.ts';

export type MigrateDeps = HoldDeps & Parameters<typeof asPartner>[0] & { jobs: Jobs };

/** `held`: by this partner. `no_partner`: none is connected. `refused`: Webex shows the organization to no partner; `code` is Webex's. */
export type MigratedToPartner =
  | { outcome: 'held'; partnerName: string }
  | { outcome: 'no_partner' }
  | { outcome: 'gone' }
  | { outcome: 'refused'; code: string };

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
    if (proof.outcome === 'proven') return hold(deps, { organization, partner, by, place });
    last = proof;
  }
  return last;
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
