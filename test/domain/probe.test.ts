// What Webex's answers to a proof of life come to, as a table; and when the next one is due.

import { describe, expect, it } from 'vitest';
import { type Finding, isSameTrouble } from '../../src/domain/findings.ts';
import { judgeProbe, nextProbeAt, type ProbeFacts, type ReadAnswer, retryProbeAt } from '../../src/domain/probe.ts';

const hourMs = 60 * 60_000;
const now = new Date('2026-03-01T12:00:00Z');
const hence = (ms: number) => new Date(now.getTime() + ms);

const given: ReadAnswer = { answer: 'given' };
const refused = (status: number): Extract<ReadAnswer, { answer: 'refused' }> => ({
  answer: 'refused',
  status,
  code: `http_${status}`,
  route: 'GET /x',
  trackingId: 'T1',
});
const away: ReadAnswer = { answer: 'unavailable' };
const reached = { ...given, isReached: true };
const alive: ProbeFacts = { token: [given, given], organization: reached };
const finding = (feature: 'organization' | 'wholesale' | 'contact_center', code: string): Finding => ({
  kind: 'read_refused',
  feature,
  code,
  route: 'GET /x',
  trackingId: 'T1',
});
const elsewhere = (answer: ReadAnswer, region = 'jp') => ({ ...answer, region });

describe('the judgement', () => {
  it.each<[string, ProbeFacts, object]>([
    ['all answered', alive, { act: 'save', reason: 'alive', findings: [] }],
    [
      'all answered, every feature',
      { ...alive, wholesale: given, contactCenter: { ...given, elsewhere: [] } },
      { reason: 'alive' },
    ],
    ['what was not asked is not missed', { token: [given] }, { reason: 'alive', findings: [] }],
    ['401 on the token', { token: [refused(401)] }, { act: 'refresh', reason: 'token_refused' }],
    ['401 on people/me', { token: [given, refused(401)] }, { act: 'refresh', reason: 'token_refused' }],
    ['404 on people/me', { token: [given, refused(404)] }, { act: 'refresh', reason: 'token_refused' }],
    ['an outage at the token', { token: [away] }, { act: 'try_again', reason: 'unavailable' }],
    ['an outage at people/me', { token: [given, away] }, { act: 'try_again', reason: 'unavailable' }],
    ['an outage at the organizations', { ...alive, organization: { ...away, isReached: false } }, { act: 'try_again' }],
    ['an outage at wholesale', { ...alive, wholesale: away }, { act: 'try_again', reason: 'unavailable' }],
    [
      'an outage beside lost rights',
      { ...alive, organization: { ...refused(403), isReached: false }, wholesale: away },
      { act: 'try_again' },
    ],
    [
      'an outage that says how long',
      { token: [{ answer: 'unavailable', retryAfterMs: 9000 }] },
      { retryAfterMs: 9000 },
    ],
    [
      '403 on the organizations',
      { ...alive, organization: { ...refused(403), isReached: true } },
      { act: 'save', reason: 'impaired', findings: [finding('organization', 'http_403')] },
    ],
    [
      'the organization is not among them',
      { ...alive, organization: { ...given, isReached: false } },
      { findings: [{ kind: 'organization_gone' }] },
    ],
    ['403 on wholesale', { ...alive, wholesale: refused(403) }, { findings: [finding('wholesale', 'http_403')] }],
    ['404 on wholesale', { ...alive, wholesale: refused(404) }, { findings: [finding('wholesale', 'http_404')] }],
    [
      '400 on wholesale',
      { ...alive, wholesale: refused(400) },
      { act: 'try_again', reason: 'odd_refusal', refusal: refused(400) },
    ],
    [
      'the contact center refuses everywhere',
      { ...alive, contactCenter: { ...refused(404), elsewhere: [elsewhere(refused(403))] } },
      { findings: [finding('contact_center', 'http_404')] },
    ],
    [
      'the contact center answers elsewhere',
      { ...alive, contactCenter: { ...refused(401), elsewhere: [elsewhere(given)] } },
      { findings: [{ kind: 'wrong_region', found: 'jp' }] },
    ],
    [
      'elsewhere, past a region that is away',
      { ...alive, contactCenter: { ...refused(403), elsewhere: [elsewhere(away, 'uk'), elsewhere(given)] } },
      { findings: [{ kind: 'wrong_region', found: 'jp' }] },
    ],
    [
      'nowhere, but a region is away',
      { ...alive, contactCenter: { ...refused(403), elsewhere: [elsewhere(away)] } },
      { act: 'try_again', reason: 'unavailable' },
    ],
    [
      'an outage of the contact center',
      { ...alive, contactCenter: { ...away, elsewhere: [] } },
      { act: 'try_again', reason: 'unavailable' },
    ],
    [
      'two things at once',
      { ...alive, organization: { ...given, isReached: false }, wholesale: refused(403) },
      { findings: [{ kind: 'organization_gone' }, finding('wholesale', 'http_403')] },
    ],
  ])('%s', (_case, facts, verdict) => {
    expect(judgeProbe(facts)).toMatchObject(verdict);
  });
});

describe('the next proof', () => {
  it.each([
    [0, 21.6],
    [0.5, 24],
    [0.999_999, 26.4],
  ])('with chance %d it is due %d hours later', (random, hours) => {
    expect(nextProbeAt(now, random).getTime()).toBeCloseTo(hence(hours * hourMs).getTime(), -6);
  });

  it.each<[string, Parameters<typeof retryProbeAt>[0], number, Date]>([
    [
      'one that has just become due: 5 minutes',
      { now, probedAt: hence(-24 * hourMs), connectedAt: now },
      0,
      hence(5 * 60_000),
    ],
    [
      'one that is overdue by an hour: an hour',
      { now, probedAt: hence(-25 * hourMs), connectedAt: now },
      0,
      hence(hourMs),
    ],
    [
      'one that is overdue for days: 6 hours',
      { now, probedAt: hence(-96 * hourMs), connectedAt: now },
      0,
      hence(6 * hourMs),
    ],
    [
      'a first one counts from the connection',
      { now, probedAt: null, connectedAt: hence(-2 * hourMs) },
      0,
      hence(2 * hourMs),
    ],
    ['up to a half longer', { now, probedAt: hence(-26 * hourMs), connectedAt: now }, 1, hence(3 * hourMs)],
    [
      'never sooner than Webex asked',
      { now, probedAt: null, connectedAt: now, retryAfterMs: 9 * hourMs },
      0,
      hence(9 * hourMs),
    ],
  ])('after an outage of %s', (_case, connection, random, due) => {
    expect(retryProbeAt(connection, random)).toEqual(due);
  });
});

describe('news', () => {
  const region: Finding = { kind: 'wrong_region', found: 'jp' };
  it.each<[string, Finding[], Finding[], boolean]>([
    ['nothing twice', [], [], true],
    ['the same with another code', [finding('wholesale', 'http_403')], [finding('wholesale', 'http_404')], true],
    [
      'the same in another order',
      [region, finding('wholesale', 'http_403')],
      [finding('wholesale', 'http_403'), region],
      true,
    ],
    ['another feature', [finding('wholesale', 'http_403')], [finding('organization', 'http_403')], false],
    ['another region', [region], [{ ...region, found: 'ca' }], false],
    ['one less', [region], [], false],
  ])('%s', (_case, one, other, isSame) => {
    expect(isSameTrouble(one, other)).toBe(isSame);
  });
});
