// A proof of life: when it is due, and what Webex's answers to it come to. An outage is never taken for a death, nor lost rights for one.

import type { Feature, Finding } from './findings.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** By how much of a day a proof comes earlier or later, so that what was connected together is not asked for together. */
const jitterShare = 0.1;
const leastWaitMs = 5 * minuteMs;
const mostWaitMs = 6 * 60 * minuteMs;

/**
 * When the next proof is due after a conclusive one: a day later, give or take a tenth.
 * @param random from 0 up to 1
 */
export function nextProbeAt(now: Date, random: number): Date {
  return new Date(now.getTime() + dayMs * (1 + jitterShare * (2 * random - 1)));
}

/**
 * When to try again after an inconclusive one: after as long as it is overdue by now, so that the waits double, from 5 minutes to 6 hours;
 * longer by up to a half, and never sooner than Webex asked.
 * @param probedAt when Webex last gave a conclusive answer; null where it never has since `connectedAt`
 * @param random from 0 up to 1
 */
export function retryProbeAt(
  {
    now,
    probedAt,
    connectedAt,
    retryAfterMs = 0,
  }: { now: Date; probedAt: Date | null; connectedAt: Date; retryAfterMs?: number | undefined },
  random: number,
): Date {
  const dueAtMs = probedAt === null ? connectedAt.getTime() : probedAt.getTime() + dayMs;
  const overdueMs = now.getTime() - dueAtMs;
  const waitMs = Math.max(leastWaitMs, Math.min(mostWaitMs, overdueMs)) * (1 + random / 2);
  return new Date(now.getTime() + Math.max(waitMs, retryAfterMs));
}

interface Refusal {
  answer: 'refused';
  status: number | undefined;
  code: string;
  route: string;
  trackingId: string | null;
}

/** How Webex answered one read. */
export type ReadAnswer = { answer: 'given' } | Refusal | { answer: 'unavailable'; retryAfterMs?: number | undefined };

/** How Webex answered what was asked. What is not here was not asked: the record does not need it, or the grant is known to lack the scope. */
export interface ProbeFacts {
  /** Of the reads that every living token may make. */
  token: readonly ReadAnswer[];
  /** `isReached`: the record's organization is among those that the list holds, or the giver's own. */
  organization?: ReadAnswer & { isReached: boolean };
  wholesale?: ReadAnswer;
  /** In the record's region, and in others where that one refused. */
  contactCenter?: ReadAnswer & { elsewhere: readonly (ReadAnswer & { region: string })[] };
}

export type ProbeVerdict =
  /** The access token is not taken. That is no death by itself: a refresh decides, now. */
  | { act: 'refresh'; reason: 'token_refused' }
  /** Nothing can be said: nothing changes but the time of the next try. */
  | { act: 'try_again'; reason: 'unavailable'; retryAfterMs: number | undefined }
  | { act: 'try_again'; reason: 'odd_refusal'; refusal: Refusal }
  | { act: 'save'; reason: 'alive' | 'impaired'; findings: Finding[] };

/** Judges what a proof of life has brought. */
export function judgeProbe(facts: ProbeFacts): ProbeVerdict {
  if (facts.token.some(isLost)) return { act: 'refresh', reason: 'token_refused' };
  const { organization, wholesale, contactCenter } = facts;
  const servedElsewhere = contactCenter?.elsewhere.find(({ answer }) => answer === 'given');
  const answers = [
    ...facts.token,
    ...[organization, wholesale, contactCenter].filter((answer) => answer !== undefined),
    // A region that was out of reach matters only where none has answered.
    ...(servedElsewhere ? [] : (contactCenter?.elsewhere ?? [])),
  ];
  const outages = answers.filter((answer) => answer.answer === 'unavailable');
  if (outages.length > 0) {
    const retryAfterMs = Math.max(0, ...outages.map((outage) => outage.retryAfterMs ?? 0)) || undefined;
    return { act: 'try_again', reason: 'unavailable', retryAfterMs };
  }
  const odd = answers.filter((answer) => answer.answer === 'refused').find((answer) => !isLost(answer));
  if (odd) return { act: 'try_again', reason: 'odd_refusal', refusal: odd };
  const findings = [
    ...refusal('organization', organization),
    ...(organization?.answer === 'given' && !organization.isReached ? [{ kind: 'organization_gone' as const }] : []),
    ...refusal('wholesale', wholesale),
    ...(servedElsewhere
      ? [{ kind: 'wrong_region' as const, found: servedElsewhere.region }]
      : refusal('contact_center', contactCenter)),
  ];
  return { act: 'save', reason: findings.length === 0 ? 'alive' : 'impaired', findings };
}

/** Statuses by which Webex says that a token may not read something, or not any more. Others blame our way of asking. */
const lostStatuses = new Set<number | undefined>([401, 403, 404]);

/** Whether a read was refused for lack of rights. */
export function isLost(answer: ReadAnswer): boolean {
  return answer.answer === 'refused' && lostStatuses.has(answer.status);
}

function refusal(feature: Feature, answer: ReadAnswer | undefined): Finding[] {
  if (answer?.answer !== 'refused') return [];
  const { code, route, trackingId } = answer;
  return [{ kind: 'read_refused', feature, code, route, trackingId }];
}
