// Takes over what is lost: the fall-back is proven first, and stored as the connection then. Nobody has to do anything. Where it cannot hold the organization,
// the loss is told of, with why.

import { appendAudit } from '../../audit/append-audit.ts';
import type { Jobs } from '../../db/jobs/jobs.ts';
import { minuteMs } from '../../lib/durations.ts';
import { holdsOthers } from '../../organizations/holds-others.ts';
import { findOrganization, lockOrganization, type Organization } from '../../organizations/organization.store.ts';
import { settingsOfOrganization } from '../../settings/settings-of-many.store.ts';
import { WebexUnavailable } from '../../webex/errors.ts';
import { type Connection, findConnection, lockConnection } from '../connection.store.ts';
import { notifySoon } from '../notify-soon.ts';
import { endOpenRefresh } from '../refresh/refresh.store.ts';
import { replacedWords } from '../refresh/refresh-words.ts';
import { lostWithPartner } from '../ways/ways.ts';
import { askWhySoon } from '../why/ask-why.ts';
import { saveFallBack, saveFallBackRefusal } from './fall-back.store.ts';
import { asFallBack, type FallBackRefusal, isFallingBack, mayBeTakenBack, nextFallBack } from './fall-back-rules.ts';
import { takenOver } from './notify-fell-back.ts';
import { type ProveDeps, type ProvenFallBack, proveFallBack } from './prove-fall-back.ts';

export type FallBackDeps = ProveDeps & { jobs: Jobs };

const leastWaitMs = 5 * minuteMs;
/** For so long an outage is waited out: then the loss is told of, and the hourly look goes on. */
const patienceMs = 60 * minuteMs;

/** `left`: nothing is lost any more, no fall-back is set, or the loss may be taken back. `later`: Webex had no answer. */
export type FallBackOutcome = 'taken_over' | 'refused' | 'left' | 'later';

export async function fallBack(
  deps: FallBackDeps,
  { organizationId, since }: { organizationId: string; since?: string },
): Promise<FallBackOutcome> {
  const now = deps.clock.now();
  const organization = await findOrganization(deps.db, organizationId);
  const lost = organization && (await findConnection(deps.db, organizationId));
  const way = lost && isFallingBack(lost) ? asFallBack(lost.fallbackWay) : null;
  if (!lost || way === null || mayBeTakenBack(lost, now)) return 'left';
  const asked = { organization, way, viaOrganizationId: lost.fallbackViaOrganizationId };
  try {
    return await settle(deps, organization, lost, await proveFallBack(deps, asked));
  } catch (error) {
    if (!(error instanceof WebexUnavailable)) throw error;
    const begun = since === undefined ? now : new Date(since);
    // Once the loss was told of, the hourly look tries again.
    if (now.getTime() - begun.getTime() >= patienceMs || lost.fallbackRefusal !== null) {
      return settle(deps, organization, lost, { outcome: 'refused', code: 'unavailable' });
    }
    const afterMs = Math.max(leastWaitMs, error.retryAfterMs ?? 0);
    await deps.jobs.send('fall_back', { organizationId, since: begun.toISOString() }, { afterMs });
    return 'later';
  }
}

/** A fault of ours has kept the fall-back from being tried: the loss is told of all the same, and the hourly look tries again. */
export async function fallBackBroke(deps: FallBackDeps, organizationId: string): Promise<void> {
  const organization = await findOrganization(deps.db, organizationId);
  const lost = organization && (await findConnection(deps.db, organizationId));
  if (lost && isFallingBack(lost))
    await settle(deps, organization, lost, { outcome: 'refused', code: 'internal_error' });
}

/** Saves what was found, unless somebody has connected the organization or changed its fall-back meanwhile. */
async function settle(
  deps: FallBackDeps,
  organization: Organization,
  lost: Connection,
  proof: ProvenFallBack,
): Promise<FallBackOutcome> {
  const { db, jobs, clock } = deps;
  const { id: organizationId } = organization;
  const now = clock.now();
  /** As it is when this is saved: Webex may have been asked for long. */
  let record: Organization | undefined;
  const outcome = await db.transaction(async (tx): Promise<FallBackOutcome> => {
    record = await lockOrganization(tx, organizationId);
    const partnerId = proof.outcome === 'proven' ? proof.partner?.id : undefined;
    const locked = await lockInOrder(tx, [organizationId, ...(partnerId === undefined ? [] : [partnerId])]);
    const its = locked.get(organizationId);
    if (!record || !its || !isFallingBack(its) || its.fallbackWay !== lost.fallbackWay) return 'left';
    // Whatever is refused twice is told of once.
    const refuse = async (fallbackRefusal: FallBackRefusal) => {
      if (its.fallbackRefusal === fallbackRefusal) return 'left';
      await saveFallBackRefusal(tx, { organizationId, fallbackRefusal });
      const after = { way: its.fallbackWay, reason: fallbackRefusal };
      const act = 'connection.fall_back_failed' as const;
      const organizationName = record?.name ?? organization.name;
      await appendAudit(tx, {
        act,
        by: 'hubkeeper',
        roomId: null,
        ...{ organizationId, organizationName, after, now },
      });
      return 'refused';
    };
    if (proof.outcome === 'refused') return refuse(proof.code);
    if (holdsOthers(record)) return refuse('needs_consent');
    // The partner's own grant may have been lost while Webex was asked.
    const isGone = partnerId !== undefined && (locked.get(partnerId)?.state ?? 'lost') === 'lost';
    if (isGone) return refuse('no_partner');
    await endOpenRefresh(tx, { organizationId, message: replacedWords, now });
    const partnerName = proof.partner?.name ?? null;
    const item = { organizationId, formerWay: its.way, formerEmail: its.authorizedEmail, partnerName };
    await takenOver.enqueue({ tx, jobs }, { organization: record, item, now });
    await proof.hold(tx, { by: 'hubkeeper', roomId: null });
    await saveFallBack(tx, organizationId, nextFallBack(its));
    return 'taken_over';
  });
  if (outcome === 'taken_over') await takenOver.collect({ jobs }, (record ?? organization).roomId);
  // With its partner's grant it is lost as one of many, and was told of with that.
  if (outcome === 'refused' && lost.stateReason !== lostWithPartner) await tellLoss(deps, record ?? organization);
  return outcome;
}

async function lockInOrder(
  tx: FallBackDeps['db'],
  ids: readonly string[],
): Promise<ReadonlyMap<string, Connection | undefined>> {
  const locked = new Map<string, Connection | undefined>();
  for (const id of ids.toSorted()) locked.set(id, await lockConnection(tx, id));
  return locked;
}

/** As any loss. */
async function tellLoss(deps: FallBackDeps, organization: Organization): Promise<void> {
  const { read_admin_audit } = await settingsOfOrganization(deps.db, organization.id);
  if (read_admin_audit) await askWhySoon(deps, organization);
  else await notifySoon(deps, organization);
}
