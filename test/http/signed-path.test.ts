// A signed path opens what it was made for, until its time, with any of the keys in use, and nothing else.
import { describe, expect, it } from 'vitest';
import { createPathSigner } from '../../src/http/signed-path.ts';
import type { Clock } from '../../src/lib/clock.ts';

const now = new Date('2026-06-01T12:00:00Z');
const endsAt = new Date('2026-06-02T12:00:00Z');
const clockAt = (at: Date): Clock => ({ now: () => at, sleep: () => Promise.resolve() });
const [older, newer, foreign] = [1, 2, 3].map((fill) => Buffer.alloc(32, fill)) as [Buffer, Buffer, Buffer];

const signer = (secrets: Buffer[], at = now) => createPathSigner({ secrets, clock: clockAt(at) });
const signed = signer([older]).sign('/transactions/12', endsAt);
const key = signed.split('?key=')[1] ?? '';

describe('a signed path', () => {
  it('is the same each time, and needs no encoding', () => {
    expect(signer([older]).sign('/transactions/12', endsAt)).toBe(signed);
    expect(signed).toMatch(/^\/transactions\/12\?key=[\w.-]+$/);
  });

  it.each([
    ['with its key', [older], now, 'valid'],
    ['with its key behind a newer one', [newer, older], now, 'valid'],
    ['with its key before others', [older, newer], now, 'valid'],
    ['with a newer key alone', [newer], now, 'invalid'],
    ['with a stranger’s key', [foreign], now, 'invalid'],
    ['a millisecond before its end', [older], new Date(endsAt.getTime() - 1), 'valid'],
    ['at its end', [older], endsAt, 'expired'],
    ['after its end, with a stranger’s key', [foreign], endsAt, 'invalid'],
  ] as const)('%s', (_how, secrets, at, outcome) => {
    expect(signer([...secrets], at).check('/transactions/12', key)).toBe(outcome);
  });

  it.each([
    ['another path', '/transactions/13', key],
    ['a longer path', '/transactions/12/', key],
    ['an empty key', '/transactions/12', ''],
    ['a dot alone', '/transactions/12', '.'],
    ['no signature', '/transactions/12', key.split('.')[0]],
    ['a cut signature', '/transactions/12', key.slice(0, -1)],
    ['a longer signature', '/transactions/12', `${key}A`],
    ['another end', '/transactions/12', `zzzzzzzz.${key.split('.')[1]}`],
    ['no text', '/transactions/12', undefined],
    ['a list', '/transactions/12', [key, key]],
    ['letters beyond ASCII', '/transactions/12', `${key.slice(0, -1)}é`],
  ])('is refused with %s', (_what, path, given) => {
    expect(signer([older]).check(path, given)).toBe('invalid');
  });

  it('needs a secret', () => {
    expect(() => signer([])).toThrow(/at least one secret/);
  });
});
