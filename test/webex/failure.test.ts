import { describe, expect, it } from 'vitest';
import { notOk, plainWords } from '../../src/webex/failure.ts';

const now = new Date('2026-03-01T12:00:00Z');
const answer = (status: number, headers: Record<string, string> = {}, body: unknown = {}) => ({
  status,
  headers: new Map(Object.entries(headers)),
  text: JSON.stringify(body),
});

describe('an answer outside 2xx', () => {
  it.each([
    [400, {}, 'refused', 'http_400', undefined],
    [401, {}, 'refused', 'http_401', undefined],
    [403, {}, 'refused', 'http_403', undefined],
    [404, { 'retry-after': '5' }, 'refused', 'http_404', undefined],
    [423, {}, 'refused', 'http_423', undefined],
    [423, { 'retry-after': '5' }, 'unavailable', 'rate_limited', true],
    [429, {}, 'unavailable', 'rate_limited', true],
    [429, { 'retry-after': '5' }, 'unavailable', 'rate_limited', true],
    [500, {}, 'unavailable', 'server_error', false],
    [502, { 'retry-after': '5' }, 'unavailable', 'server_error', false],
    [503, {}, 'unavailable', 'server_error', false],
    [503, { 'retry-after': '5' }, 'unavailable', 'server_error', true],
    [504, {}, 'unavailable', 'server_error', false],
    [302, { location: 'https://elsewhere.example' }, 'unavailable', 'malformed', false],
  ])('%i %o is %s: %s', (status, headers, outcome, why, untouched) => {
    const result = notOk('GET /people/{id}', answer(status, headers), now);
    if (result.outcome === 'ok') throw new Error('judged as ok');
    expect(result.outcome).toBe(outcome);
    expect(result.error).toMatchObject({ [outcome === 'refused' ? 'code' : 'reason']: why, status });
    if (result.outcome === 'unavailable') expect(result.error.untouched).toBe(untouched);
  });

  it.each([
    ['the header', { trackingid: 'ROUTERGW_1-2' }, { trackingId: 'OTHER' }, 'ROUTERGW_1-2'],
    ['the body', {}, { trackingId: 'ROUTERGW_3' }, 'ROUTERGW_3'],
    ['neither', {}, {}, undefined],
    ['something that is none', {}, { trackingId: 'a b <c>' }, undefined],
  ])('takes the tracking id from %s', (_, headers, body, trackingId) => {
    const result = notOk('GET /people/{id}', answer(404, headers, body), now);
    expect(result).toHaveProperty('error.trackingId', trackingId);
  });

  it('says what Webex said, without ids', () => {
    const body = { message: 'Could not find person Y2lzY29zcGFyazovL3VzL1BFT1BMRS8x.' };
    const result = notOk('GET /people/{id}', answer(404, {}, body), now);
    expect(result).toHaveProperty(
      'error.message',
      'Webex refused GET /people/{id} (http_404): Could not find person …',
    );
  });
});

describe('words that are safe to show', () => {
  it.each([
    ['keeps a sentence', "The bot isn't a member of this room (or it's locked).", undefined],
    ['keeps short numbers', 'Message is longer than 7439 bytes.', undefined],
    ['drops e-mail addresses', 'No user ada@acme.example here', 'No user … here'],
    ['drops UUIDs', 'Org 96abc2aa-3dcc-11e5-a152-fe34819cdc9a unknown', 'Org … unknown'],
    ['drops links', 'See https://webexapis.com/v1/people?id=1 please', 'See … please'],
    ['drops tokens', 'Bearer NGIzOTk_PF84_1eb65fdf x', 'Bearer … x'],
    ['drops long runs of letters', `token ${'a'.repeat(40)}`, 'token …'],
    ['joins what it dropped', 'a1b2 c3d4 e5f6', '…'],
  ])('%s', (_, text, expected) => {
    expect(plainWords(text)).toBe(expected ?? text);
  });
});
