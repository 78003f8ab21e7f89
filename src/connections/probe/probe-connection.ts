// Probes one connection, saves what was found and notifies its space: one process at a time. An outage of Webex changes no finding.

import { appendAudit } from '../../audit/append-audit.ts';
import { findOrganization, type Organization } from '../../organizations/organization.store.ts';
import { contactCenterBaseUrl } from '../../webex/contact-center.ts';
import { findConnection } from '../connection.store.ts';
import { fallBackSoon } from '../fall-back/fall-back-soon.ts';
import { notifySoon } from '../notify-soon.ts';
import { type RefreshDeps, type RefreshResult, refreshConnection } from '../refresh/refresh-connection.ts';
import { type HeldGrant, heldGrantOf } from '../ways/held-grant.store.ts';
import { notManaged } from '../ways/ways.ts';
import { withGrant } from '../ways/with-grant.ts';
import { type ReadEventsDeps, readGrantorEvents } from '../why/read-grantor-events.ts';
import { askWebex } from './ask-webex.ts';
import { isSameTrouble, toldTroublesIn } from './findings.ts';
import { changedFindings } from './notify-findings.ts';
import { claimProbe, rescheduleProbe, saveNotManaged, saveProbe } from './probe.store.ts';
import {
  answerDueAt,
  judgeProbe,
  type NoAnswer,
  nextProbeAt,
  notesAfter,
  type ProbeVerdict,
  retryProbeAt,
  whyOpen,
} from './probe-rules.ts';

export interface ProbeDeps extends RefreshDeps, ReadEventsDeps {
  /** In place of Webex's own addresses of the contact center. */
  contactCenterUrl: string | undefined;
}

/** The outcome of a probe; `left`: it is not due, somebody else has claimed it, or there is no connection. */
export type ProbeOutcome =
  | Extract<ProbeVerdict, { act: 'save' }>['reason']
  | ReturnType<typeof whyOpen>['reason']
  | 'refreshed'
  | 'broken'
  | 'lost'
  | 'left';

/** Longer than all reads with all their retries, and short enough that a probe that was cut off is soon due again. */
const claimMs = 15 * 60_000;

/**
 * Probes a connection that is due. A fault of ours is logged, and the probe tried again later.
 * @throws only where the store fails; the probe is then due again in a quarter of an hour
 */
export async function probeConnection(
  deps: ProbeDeps,
  { organizationId }: { organizationId: string },
): Promise<ProbeOutcome> {
  const { db, clock } = deps;
  const now = clock.now();
  const until = new Date(now.getTime() + claimMs);
  const connection = await claimProbe(db, { organizationId, now, until });
  const organization = connection && (await findOrganization(db, organizationId));
  const held = organization && (await heldGrantOf(db, connection));
  if (!held) {
    // Nobody can be asked: the partner's grant is gone, and its loss has not come here yet.
    if (connection) await rescheduleProbe(db, { organizationId, until }, nextProbeAt(now, Math.random()));
    return 'left';
  }
  const claim: Claim = { organization, held, until };
  try {
    return await probe(deps, claim);
  } catch (error) {
    // A fault of ours, of this row or record: it must not fail each quarter of an hour as if it were new.
    deps.log.error({ err: error, organizationId }, 'a check met a fault of ours');
    await tryAgain(deps, claim, undefined);
    return 'broken';
  }
}

async function probe(deps: ProbeDeps, claim: Claim): Promise<ProbeOutcome> {
  const { contactCenterUrl } = deps;
  const { organization, held } = claim;
  const { source } = held;
  const isByPartner = held.connection.way === 'partner';
  const partner = isByPartner ? await findOrganization(deps.db, source.organizationId) : undefined;
  const facts = await askWebex({
    organization,
    held,
    partnerUuid: partner?.account_number_external,
    webex: withGrant(deps, { organization, source }),
    contactCenterIn: (region) =>
      withGrant(deps, { organization, source, baseUrl: contactCenterBaseUrl(region, contactCenterUrl) }),
    contactCenterUrl,
  });
  const verdict = judgeProbe(facts, held.connection.way);
  switch (verdict.act) {
    case 'refresh':
      return refreshInstead(deps, claim);
    case 'try_again': {
      const { reason, retryAfterMs } = openOf(deps, claim, [verdict.answer]);
      await tryAgain(deps, claim, retryAfterMs);
      return reason;
    }
    case 'lose':
      return lose(deps, claim);
    case 'save':
      return save(deps, claim, verdict);
  }
}

function openOf({ log }: ProbeDeps, { organization }: Claim, answers: readonly NoAnswer[]): ReturnType<typeof whyOpen> {
  for (const answer of answers) {
    if (answer.answer === 'refused')
      log.error({ organizationId: organization.id, ...answer }, 'Webex refuses our way of asking');
  }
  return whyOpen(answers);
}

interface Claim {
  organization: Organization;
  /** As it was when it was claimed. */
  held: HeldGrant;
  until: Date;
}

const hasNewToken: ReadonlySet<RefreshResult['outcome']> = new Set(['renewed', 'not_renewed', 'shortened']);

/** Only a refresh decides that a connection is lost, and it notifies by itself. Otherwise the next probe asks with the new token. */
async function refreshInstead(deps: ProbeDeps, claim: Claim): Promise<ProbeOutcome> {
  const { source } = claim.held;
  const { organizationId } = source;
  const present = await findConnection(deps.db, organizationId);
  if (present?.accessToken !== source.accessToken) {
    // It was refreshed or reconnected meanwhile: the refusal says nothing of the present tokens.
    await tryAgain(deps, claim, undefined);
    return 'left';
  }
  const { outcome } = await refreshConnection(deps, { organizationId, reason: 'probed' });
  if (outcome === 'refused') return 'lost';
  await tryAgain(deps, claim, undefined);
  return hasNewToken.has(outcome) ? 'refreshed' : 'unavailable';
}

/** `left` where the connection was replaced meanwhile. Its space is notified as of any loss. */
async function lose(deps: ProbeDeps, { organization, held, until }: Claim): Promise<ProbeOutcome> {
  const now = deps.clock.now();
  const isLost = await deps.db.transaction(async (tx) => {
    if (!(await saveNotManaged(tx, { organizationId: organization.id, until }))) return false;
    await fallBackSoon({ tx, jobs: deps.jobs }, held.connection);
    await appendAudit(tx, {
      act: 'connection.lost',
      by: 'hubkeeper',
      roomId: null,
      organizationId: organization.id,
      organizationName: organization.name,
      after: { state: 'lost', reason: notManaged },
      now,
    });
    return true;
  });
  if (isLost) await notifySoon(deps, organization);
  return isLost ? 'lost' : 'left';
}

/** The findings and their notice are saved together; `left` where the connection was replaced meanwhile. */
async function save(
  deps: ProbeDeps,
  claim: Claim,
  verdict: Extract<ProbeVerdict, { act: 'save' }>,
): Promise<ProbeOutcome> {
  const { db, jobs, clock } = deps;
  const { organization, held, until } = claim;
  const { connection } = held;
  const now = clock.now();
  const open = verdict.open.map(({ answer }) => answer);
  const findings = notesAfter(verdict, connection.findings, now);
  const isNews = !isSameTrouble(toldTroublesIn(findings), toldTroublesIn(connection.findings));
  const { reason, retryAfterMs } = openOf(deps, claim, open);
  const probeDueAt =
    open.length === 0
      ? nextProbeAt(now, Math.random())
      : retryProbeAt({ now, dueAt: answerDueAt({ ...connection, findings }), retryAfterMs }, Math.random());
  const saved = await db.transaction(async (tx) => {
    const claimed = { organizationId: organization.id, until };
    if (!(await saveProbe(tx, claimed, { probedAt: now, findings, probeDueAt }))) return false;
    if (isNews) await changedFindings.enqueue({ tx, jobs }, { organization, item: organization.id, now });
    return true;
  });
  if (!saved) return 'left';
  if (isNews) await changedFindings.collect({ jobs }, organization.roomId);
  await readGrantorEvents(deps, { organization, connection, isLost: false });
  return open.length === 0 ? verdict.reason : reason;
}

async function tryAgain({ db, clock }: ProbeDeps, claim: Claim, retryAfterMs: number | undefined): Promise<void> {
  const { organization, held, until } = claim;
  const nextTryAt = retryProbeAt(
    { now: clock.now(), dueAt: answerDueAt(held.connection), retryAfterMs },
    Math.random(),
  );
  await rescheduleProbe(db, { organizationId: organization.id, until }, nextTryAt);
}
