// Gives a connection its fall-back, once it is proven to work now, or takes it away.

import { appendAudit } from '../../audit/append-audit.ts';
import type { AuditPerson } from '../../audit/audit-entry.ts';
import { holdsOthers } from '../../organizations/holds-others.ts';
import { lockOrganization, type Organization } from '../../organizations/organization.store.ts';
import { type Connection, findConnection, lockConnection } from '../connection.store.ts';
import { findAppOwner } from '../service-app/owner.store.ts';
import { whyWayCannot } from '../ways/ways.ts';
import { saveFallBack } from './fall-back.store.ts';
import type { FallBack, FallBackSet } from './fall-back-rules.ts';
import { type ProveDeps, proveFallBack } from './prove-fall-back.ts';

/** @throws WebexUnavailable: nothing has changed then */
export async function setFallBack(
  deps: ProveDeps,
  input: { organization: Organization; way: FallBack | 'none'; by: AuditPerson; roomId: string },
): Promise<FallBackSet | { outcome: 'gone' }> {
  const { organization, way } = input;
  const refused = whyNot(organization, await findConnection(deps.db, organization.id), way);
  if (refused) return refused;
  if (way === 'none') return save(deps, input, { fallbackWay: null, fallbackViaOrganizationId: null });
  if (way === 'service_app' && organization.wholesale_status && whyWayCannot('service_app', 'wholesale')) {
    return { outcome: 'refused', way, code: 'wholesale' };
  }
  if (way === 'service_app' && (await isHeldByOwner(deps, organization.id))) {
    return { outcome: 'refused', way, code: 'same_grant' };
  }
  const proof = await proveFallBack(deps, { organization, way });
  if (proof.outcome === 'refused') return { ...proof, way };
  const fallBack = { fallbackWay: way, fallbackViaOrganizationId: proof.partner?.id ?? null };
  return save(deps, input, fallBack, proof.partner?.name ?? null);
}

/** Whether the partner that holds it owns the app, too: then one grant brings both, and they end together. */
async function isHeldByOwner({ db }: ProveDeps, organizationId: string): Promise<boolean> {
  const via = (await findConnection(db, organizationId))?.viaOrganizationId ?? null;
  return via !== null && (await findAppOwner(db))?.organization.id === via;
}

function whyNot(
  record: Organization,
  connection: Connection | undefined,
  way: FallBack | 'none',
): { outcome: 'not_connected' | 'same_way' | 'needs_consent' } | undefined {
  if (!connection || connection.state === 'lost') return { outcome: 'not_connected' };
  if (way === 'none') return undefined;
  if (holdsOthers(record)) return { outcome: 'needs_consent' };
  return connection.way === way && connection.appClientId === null ? { outcome: 'same_way' } : undefined;
}

function save(
  { db, clock }: ProveDeps,
  { organization, by, roomId }: { organization: Organization; by: AuditPerson; roomId: string },
  fallBack: { fallbackWay: FallBack | null; fallbackViaOrganizationId: string | null },
  partnerName: string | null = null,
): Promise<FallBackSet | { outcome: 'gone' }> {
  const { id: organizationId, name: organizationName } = organization;
  const { fallbackWay: way } = fallBack;
  return db.transaction(async (tx) => {
    const record = await lockOrganization(tx, organizationId);
    if (!record) return { outcome: 'gone' };
    // While Webex was asked, it may have been lost, or moved to this very way.
    const its = await lockConnection(tx, organizationId);
    const refused = whyNot(record, its, way ?? 'none');
    if (refused) return refused;
    await saveFallBack(tx, organizationId, fallBack);
    await appendAudit(tx, {
      ...{ act: 'connection.fall_back_set', by, roomId, organizationId, organizationName, now: clock.now() },
      before: { fallBack: its?.fallbackWay ?? null },
      after: { fallBack: way, ...(partnerName !== null && { partner: partnerName }) },
    });
    return way === null ? { outcome: 'none' } : { outcome: 'set', way, partnerName };
  });
}
