// Probes one connection, saves what was found and notifies its space: one process at a time. An outage of Webex changes no finding.

import { tokenPlace } from '../../db/seal/sealed-places.ts';
import { findOrganization, type Organization } from '../../organizations/organization.store.ts';
import { organizationProxy } from '../../organizations/organization-proxy.ts';
import type { WebexClient } from '../../webex/client.ts';
import { contactCenterBaseUrl } from '../../webex/contact-center.ts';
import type { ProxySettings } from '../../webex/proxy.ts';
import { findConnection, hasTokens, type LiveConnection } from '../connection.store.ts';
import { type RefreshDeps, type RefreshResult, refreshConnection } from '../refresh/refresh-connection.ts';
import { askWebex } from './ask-webex.ts';
import { isSameTrouble, troublesIn } from './findings.ts';
import { collectFindings, enqueueFindings } from './notify-findings.ts';
import { claimProbe, rescheduleProbe, saveProbe } from './probe.store.ts';
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

export interface ProbeDeps extends RefreshDeps {
  connectAs: (accessToken: string, proxy: ProxySettings, baseUrl?: string) => WebexClient;
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
  if (!organization || !hasTokens(connection)) return 'left';
  const claim: Claim = { organization, connection, until };
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
  const { sealer, contactCenterUrl } = deps;
  const { organization, connection } = claim;
  const accessToken = sealer.open(connection.accessToken, tokenPlace('access_token', organization.id));
  const proxy = organizationProxy(sealer, organization);
  const facts = await askWebex({
    organization,
    connection,
    webex: deps.connectAs(accessToken, proxy),
    contactCenterIn: (region) => deps.connectAs(accessToken, proxy, contactCenterBaseUrl(region, contactCenterUrl)),
    contactCenterUrl,
  });
  const verdict = judgeProbe(facts);
  switch (verdict.act) {
    case 'refresh':
      return refreshInstead(deps, claim);
    case 'try_again': {
      const { reason, retryAfterMs } = openOf(deps, claim, [verdict.answer]);
      await tryAgain(deps, claim, retryAfterMs);
      return reason;
    }
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
  connection: LiveConnection;
  until: Date;
}

const hasNewToken: ReadonlySet<RefreshResult['outcome']> = new Set(['renewed', 'not_renewed', 'shortened']);

/** Only a refresh decides that a connection is lost, and it notifies by itself. Otherwise the next probe asks with the new token. */
async function refreshInstead(deps: ProbeDeps, claim: Claim): Promise<ProbeOutcome> {
  const { organization, connection } = claim;
  const present = await findConnection(deps.db, organization.id);
  if (present?.accessToken !== connection.accessToken) {
    // It was refreshed or reconnected meanwhile: the refusal says nothing of the present tokens.
    await tryAgain(deps, claim, undefined);
    return 'left';
  }
  const { outcome } = await refreshConnection(deps, { organizationId: organization.id, reason: 'probed' });
  if (outcome === 'refused') return 'lost';
  await tryAgain(deps, claim, undefined);
  return hasNewToken.has(outcome) ? 'refreshed' : 'unavailable';
}

/** The findings and their notice are saved together; `left` where the connection was replaced meanwhile. */
async function save(
  deps: ProbeDeps,
  claim: Claim,
  verdict: Extract<ProbeVerdict, { act: 'save' }>,
): Promise<ProbeOutcome> {
  const { db, jobs, clock } = deps;
  const { organization, connection, until } = claim;
  const now = clock.now();
  const open = verdict.open.map(({ answer }) => answer);
  const findings = notesAfter(verdict, connection.findings, now);
  const isNews = !isSameTrouble(troublesIn(findings), troublesIn(connection.findings));
  const { reason, retryAfterMs } = openOf(deps, claim, open);
  const probeDueAt =
    open.length === 0
      ? nextProbeAt(now, Math.random())
      : retryProbeAt({ now, dueAt: answerDueAt({ ...connection, findings }), retryAfterMs }, Math.random());
  const saved = await db.transaction(async (tx) => {
    const claimed = { organizationId: organization.id, until };
    if (!(await saveProbe(tx, claimed, { probedAt: now, findings, probeDueAt }))) return false;
    if (isNews) await enqueueFindings({ tx, jobs }, { organization, now });
    return true;
  });
  if (!saved) return 'left';
  if (isNews) await collectFindings({ jobs }, organization.roomId);
  return open.length === 0 ? verdict.reason : reason;
}

async function tryAgain({ db, clock }: ProbeDeps, claim: Claim, retryAfterMs: number | undefined): Promise<void> {
  const { organization, connection, until } = claim;
  const nextTryAt = retryProbeAt({ now: clock.now(), dueAt: answerDueAt(connection), retryAfterMs }, Math.random());
  await rescheduleProbe(db, { organizationId: organization.id, until }, nextTryAt);
}
