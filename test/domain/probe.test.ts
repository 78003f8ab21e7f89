// What Webex's answers to a probe come to, as a table; and when the next one is due.

import { describe, expect, it } from 'vitest';
import { type Finding, isSameTrouble, type ProbeNote } from '../../src/connections/probe/findings.ts';
import {
  answerDueAt,
  judgeProbe,
  nextProbeAt,
  notesAfter,
  type ProbeFacts,
  type ReadAnswer,
  retryProbeAt,
  whyOpen,
} from '../../src/connections/probe/probe-rules.ts';

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
    ['an outage at the token', { token: [away] }, { act: 'try_again', answer: away }],
    ['an outage at people/me', { token: [given, away] }, { act: 'try_again', answer: away }],
    ['400 on the token', { token: [refused(400)] }, { act: 'try_again', answer: refused(400) }],
    [
      'an outage at the organizations',
      { ...alive, organization: { ...away, isReached: false } },
      { act: 'save', reason: 'alive', findings: [], open: [{ feature: 'organization' }] },
    ],
    [
      'an outage at wholesale',
      { ...alive, wholesale: away },
      { act: 'save', reason: 'alive', open: [{ feature: 'wholesale', answer: away }] },
    ],
    [
      'an outage beside lost rights',
      { ...alive, organization: { ...refused(403), isReached: false }, wholesale: away },
      {
        act: 'save',
        reason: 'impaired',
        findings: [finding('organization', 'http_403')],
        open: [{ feature: 'wholesale' }],
      },
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
    [
      'a partner that is shown no customer',
      { ...alive, customers: { ...given, isEmpty: true } },
      { act: 'save', reason: 'impaired', findings: [{ kind: 'nothing_there', feature: 'customers' }], open: [] },
    ],
    [
      'an outage at the list of the customers',
      { ...alive, customers: away },
      { act: 'save', reason: 'alive', open: [{ feature: 'customers', answer: away }] },
    ],
    ['403 on wholesale', { ...alive, wholesale: refused(403) }, { findings: [finding('wholesale', 'http_403')] }],
    ['404 on wholesale', { ...alive, wholesale: refused(404) }, { findings: [finding('wholesale', 'http_404')] }],
    [
      '400 on wholesale',
      { ...alive, wholesale: refused(400) },
      { act: 'save', reason: 'alive', findings: [], open: [{ feature: 'wholesale', answer: refused(400) }] },
    ],
    [
      'R12: an answer that knows no wholesale customer',
      { ...alive, wholesale: { ...given, isEmpty: true } },
      { act: 'save', reason: 'impaired', findings: [{ kind: 'nothing_there', feature: 'wholesale' }], open: [] },
    ],
    [
      'R12: an answer that knows no contact center, in any region',
      { ...alive, contactCenter: { ...given, isEmpty: true, elsewhere: [elsewhere(refused(404))] } },
      { findings: [{ kind: 'nothing_there', feature: 'contact_center' }] },
    ],
    [
      'R12: an answer that knows no contact center, while another region does',
      {
        ...alive,
        contactCenter: {
          ...given,
          isEmpty: true,
          elsewhere: [{ ...elsewhere(given, 'sg'), isEmpty: true }, elsewhere(given)],
        },
      },
      { findings: [{ kind: 'wrong_region', found: 'jp' }] },
    ],
    [
      'R12: an answer that knows no contact center, while another region is out of reach',
      { ...alive, contactCenter: { ...given, isEmpty: true, elsewhere: [elsewhere(away)] } },
      { reason: 'alive', findings: [], open: [{ feature: 'contact_center' }] },
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
      { act: 'save', findings: [], open: [{ feature: 'contact_center', answer: away }] },
    ],
    [
      'an outage of the contact center',
      { ...alive, contactCenter: { ...away, elsewhere: [] } },
      { act: 'save', reason: 'alive', open: [{ feature: 'contact_center', answer: away }] },
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
    ['one that has just become due: 5 minutes', { now, dueAt: now }, 0, hence(5 * 60_000)],
    ['one that is overdue by an hour: an hour', { now, dueAt: hence(-hourMs) }, 0, hence(hourMs)],
    ['one that is overdue for days: 6 hours', { now, dueAt: hence(-72 * hourMs) }, 0, hence(6 * hourMs)],
    ['up to a half longer', { now, dueAt: hence(-2 * hourMs) }, 1, hence(3 * hourMs)],
    ['no sooner than Webex asked', { now, dueAt: now, retryAfterMs: hourMs / 2 }, 0, hence(hourMs / 2)],
    ['R10: an hour, where Webex asked for more', { now, dueAt: now, retryAfterMs: 9e15 }, 0, hence(hourMs)],
  ])('after an outage of %s', (_case, connection, random, due) => {
    expect(retryProbeAt(connection, random)).toEqual(due);
  });

  const unanswered = (hours: number) => ({
    kind: 'unanswered' as const,
    feature: 'contact_center' as const,
    since: hence(hours * hourMs).toISOString(),
  });
  it.each<[string, Parameters<typeof answerDueAt>[0], Date]>([
    ['a day after the last', { probedAt: hence(-25 * hourMs), connectedAt: now, findings: [] }, hence(-hourMs)],
    ['where there was none, at the connection', { probedAt: null, connectedAt: now, findings: [] }, now],
    [
      'where a read has no answer, since it had none, however often the others had one',
      { probedAt: now, connectedAt: now, findings: [{ kind: 'organization_gone' }, unanswered(-3), unanswered(-5)] },
      hence(-5 * hourMs),
    ],
  ])('is due %s', (_case, connection, due) => {
    expect(answerDueAt(connection)).toEqual(due);
  });
});

describe('reads without an answer', () => {
  const wait = (retryAfterMs: number): ReadAnswer => ({ answer: 'unavailable', retryAfterMs });
  it.each([
    ['an outage', [away], { reason: 'unavailable' }],
    ['an odd refusal', [refused(400)], { reason: 'odd_refusal' }],
    ['both', [refused(400), away], { reason: 'unavailable' }],
    ['outages that say how long', [wait(9000), wait(3000)], { reason: 'unavailable', retryAfterMs: 9000 }],
  ])('%s', (_case, answers, why) => {
    expect(whyOpen(answers as Parameters<typeof whyOpen>[0])).toMatchObject(why);
  });
});

describe('what is kept', () => {
  const region: Finding = { kind: 'wrong_region', found: 'jp' };
  const gone: Finding = { kind: 'organization_gone' };
  const since = (hours: number, feature: 'wholesale' | 'contact_center' = 'contact_center'): ProbeNote => ({
    kind: 'unanswered',
    feature,
    since: hence(hours * hourMs).toISOString(),
  });
  const open = [{ feature: 'contact_center' as const }];
  it.each<[string, ProbeNote[], Finding[], typeof open, ProbeNote[]]>([
    ['is what was found, where all answered', [region, since(-3)], [gone], [], [gone]],
    ['begins with the first read without an answer', [], [gone], open, [gone, since(0)]],
    ['remembers since when there was none', [since(-3)], [], open, [since(-3)]],
    [
      'is what was found before of it, and of nothing else',
      [region, gone, since(-3, 'wholesale')],
      [],
      open,
      [region, since(0)],
    ],
  ])('%s', (_case, before, findings, still, kept) => {
    expect(notesAfter({ findings, open: still }, before, now)).toEqual(kept);
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
