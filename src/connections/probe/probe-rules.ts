// The rules of a probe, which checks that a grant still works: when it is due, and what Webex's answers mean. An outage says nothing about a grant, and
// a grant that lacks a right is not lost. Each feature is judged by its own read: a read without an answer hides no finding of the others.

import { dayMs, minuteMs } from '../../lib/durations.ts';
import { mostWaitMs as mostAskedWaitMs } from '../refresh/refresh-rules.ts';
import type { Way } from '../ways/ways.ts';
import {
  type Feature,
  type Finding,
  type FoundFeature,
  featureOf,
  type ProbeNote,
  troublesIn,
  unansweredIn,
} from './findings.ts';

/** By how much of a day a probe comes earlier or later, so that probes spread. */
const jitterShare = 0.1;
const leastWaitMs = 5 * minuteMs;
const mostWaitMs = 6 * 60 * minuteMs;

/**
 * When the next probe is due after one that was answered in full: a day later, give or take a tenth.
 * @param random from 0 up to 1
 */
export function nextProbeAt(now: Date, random: number): Date {
  return new Date(now.getTime() + dayMs * (1 + jitterShare * (2 * random - 1)));
}

/**
 * When to try again after a probe that was not answered in full: the wait is as long as the probe is overdue, so that waits double, from 5 minutes to 6
 * hours; longer by up to a half, and no sooner than Webex asked, as far as that is obeyed.
 * @param random from 0 up to 1
 */
export function retryProbeAt(
  { now, dueAt, retryAfterMs = 0 }: { now: Date; dueAt: Date; retryAfterMs?: number | undefined },
  random: number,
): Date {
  const overdueMs = now.getTime() - dueAt.getTime();
  const waitMs = Math.max(leastWaitMs, Math.min(mostWaitMs, overdueMs)) * (1 + random / 2);
  return new Date(now.getTime() + Math.max(waitMs, Math.min(mostAskedWaitMs, retryAfterMs)));
}

/**
 * Since when an answer is due: since the first read without one, else since a day after the last probe.
 * @param probedAt when the last probe was answered; null where none was since `connectedAt`
 */
export function answerDueAt({
  probedAt,
  connectedAt,
  findings,
}: {
  probedAt: Date | null;
  connectedAt: Date;
  findings: readonly ProbeNote[];
}): Date {
  const open = unansweredIn(findings).map(({ since }) => Date.parse(since));
  if (open.length > 0) return new Date(Math.min(...open));
  return probedAt === null ? connectedAt : new Date(probedAt.getTime() + dayMs);
}

interface Refusal {
  answer: 'refused';
  status: number | undefined;
  code: string;
  route: string;
  trackingId: string | null;
}

/** How Webex answered one read. */
export type ReadAnswer =
  | { answer: 'given' }
  | Refusal
  | { answer: 'unavailable'; retryAfterMs?: number | undefined }
  /** Cisco has ended this API. That says nothing of the grant, and is never asked again sooner for it. */
  | { answer: 'switched_off' };

/** `isEmpty`: Webex has answered, but has nothing of the organization. */
export type FoundAnswer = ReadAnswer & { isEmpty?: boolean };

/** How Webex answered what was asked. What is not here was not asked: the record does not need it, or the grant is known to lack the scope. */
export interface ProbeFacts {
  /** Of the reads that every living token may make. */
  token: readonly ReadAnswer[];
  /** `isReached`: the grant reaches the record's organization, or it is the grantor's own. */
  organization?: ReadAnswer & { isReached: boolean };
  wholesale?: FoundAnswer;
  /** Of a partner's own record; and, in place of its organization, of a customer whose partner is shown none. */
  customers?: FoundAnswer;
  /** In the record's region, and in others where that one refused or showed nothing. */
  contactCenter?: FoundAnswer & { elsewhere: readonly (FoundAnswer & { region: string })[] };
}

/** Why nothing can be said of a read: Webex could not be asked, or refuses our way of asking. */
export type NoAnswer = Extract<ReadAnswer, { answer: 'unavailable' }> | Refusal;

/** A feature without an answer. */
export interface OpenFeature {
  feature: Feature;
  answer: NoAnswer;
}

export type ProbeVerdict =
  /** Webex refuses the access token. A refresh decides, now, whether the connection is lost. */
  | { act: 'refresh'; reason: 'token_refused' }
  /** No answer at all: only the time of the next try changes. */
  | { act: 'try_again'; answer: NoAnswer }
  /** The partner whose grant holds the organization does not manage it any more. */
  | { act: 'lose'; reason: 'not_managed' }
  /** Webex accepts the grant. `findings` are of the answered features; the `open` ones are asked for again soon. */
  | { act: 'save'; reason: 'alive' | 'impaired'; findings: Finding[]; open: OpenFeature[] };

/**
 * Judges the answers to a probe: each feature by its own read, so that one that is out of reach hides no other. What is held by a partner has no other tie than
 * that its partner reaches it.
 */
export function judgeProbe(
  { token, organization, customers, wholesale, contactCenter }: ProbeFacts,
  way: Way = 'consent',
): ProbeVerdict {
  if (token.some(isLost)) return { act: 'refresh', reason: 'token_refused' };
  const answer = token.find((one): one is NoAnswer => one.answer === 'unavailable' || one.answer === 'refused');
  if (answer) return { act: 'try_again', answer };
  if (way === 'partner' && organization?.answer === 'given' && !organization.isReached) {
    return { act: 'lose', reason: 'not_managed' };
  }
  const judged = [
    ...(organization ? [judgeOrganization(organization)] : []),
    ...(customers ? [judgeFound('customers', customers)] : []),
    ...(wholesale ? [judgeFound('wholesale', wholesale)] : []),
    ...(contactCenter ? [judgeContactCenter(contactCenter)] : []),
  ];
  const findings = judged.flatMap((one) => ('open' in one ? [] : one.findings));
  const open = judged.flatMap((one) => ('open' in one ? [one.open] : []));
  return { act: 'save', reason: findings.length === 0 ? 'alive' : 'impaired', findings, open };
}

/** Why reads had no answer. The next try heeds the longest wait that Webex asked for. */
export function whyOpen(answers: readonly NoAnswer[]): {
  reason: 'unavailable' | 'odd_refusal';
  retryAfterMs: number | undefined;
} {
  const outages = answers.filter((answer) => answer.answer === 'unavailable');
  const retryAfterMs = Math.max(0, ...outages.map((outage) => outage.retryAfterMs ?? 0)) || undefined;
  return { reason: outages.length > 0 ? 'unavailable' : 'odd_refusal', retryAfterMs };
}

/**
 * What is saved after a probe: its findings and, of features without an answer, the earlier findings and since when they
 * have not answered.
 */
export function notesAfter(
  { findings, open }: { findings: readonly Finding[]; open: readonly Pick<OpenFeature, 'feature'>[] },
  before: readonly ProbeNote[],
  now: Date,
): ProbeNote[] {
  const isOpen = (feature: Feature) => open.some((one) => one.feature === feature);
  const unanswered = unansweredIn(before);
  return [
    ...findings,
    ...troublesIn(before).filter((finding) => isOpen(featureOf(finding))),
    ...open.map(
      ({ feature }) =>
        unanswered.find((one) => one.feature === feature) ?? {
          kind: 'unanswered' as const,
          feature,
          since: now.toISOString(),
        },
    ),
  ];
}

type Judged = { findings: Finding[] } | { open: OpenFeature };

function judgeRead(feature: Feature, answer: ReadAnswer): Judged {
  if (answer.answer === 'given' || answer.answer === 'switched_off') return { findings: [] };
  if (isNoAnswer(answer)) return { open: { feature, answer } };
  const { code, route, trackingId } = answer;
  return { findings: [{ kind: 'read_refused', feature, code, route, trackingId }] };
}

function judgeOrganization(answer: NonNullable<ProbeFacts['organization']>): Judged {
  const isGone = answer.answer === 'given' && !answer.isReached;
  return isGone ? { findings: [{ kind: 'organization_gone' }] } : judgeRead('organization', answer);
}

/** An answer without what the record needs is a finding, as a refusal is. */
function judgeFound(feature: FoundFeature, answer: FoundAnswer): Judged {
  return answer.isEmpty ? { findings: [{ kind: 'nothing_there', feature }] } : judgeRead(feature, answer);
}

/** A region out of reach matters only where the record's region refuses or shows nothing, and no other has shown something. */
function judgeContactCenter({ elsewhere, ...here }: NonNullable<ProbeFacts['contactCenter']>): Judged {
  const feature = 'contact_center';
  if (!isLost(here) && !here.isEmpty) return judgeRead(feature, here);
  const served = elsewhere.find(({ answer, isEmpty }) => answer === 'given' && !isEmpty);
  if (served) return { findings: [{ kind: 'wrong_region', found: served.region }] };
  return judgeFound(feature, elsewhere.find(isNoAnswer) ?? here);
}

/** Statuses by which Webex says that a token may not read something, or not any more. Others blame our way of asking. */
const lostStatuses = new Set<number | undefined>([401, 403, 404]);

/** Whether a read was refused for lack of rights. */
export function isLost(answer: ReadAnswer): boolean {
  return answer.answer === 'refused' && lostStatuses.has(answer.status);
}

/** Whether one feature's read was refused for what the organization may do: 405 can mean that a license is missing. */
const isRefusedRead = (answer: ReadAnswer): boolean =>
  isLost(answer) || (answer.answer === 'refused' && answer.status === 405);

function isNoAnswer<Answer extends ReadAnswer>(answer: Answer): answer is Answer & NoAnswer {
  if (answer.answer === 'unavailable') return true;
  return answer.answer === 'refused' && !isRefusedRead(answer);
}
