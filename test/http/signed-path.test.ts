import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/domain/clock.ts';
import { createPathSigner } from '../../src/http/signed-path.ts';

const endsAt = new Date('2026-11-24T12:00:00Z');
const path = '/transactions/12';
const old = Buffer.alloc(32, 1);
const current = Buffer.alloc(32, 2);

const clockAt = (now: Date): Clock => ({ now: () => now, sleep: () => Promise.resolve() });
const signerAt = (now: Date, ...secrets: Buffer[]) => createPathSigner({ secrets, clock: clockAt(now) });
const before = new Date(endsAt.getTime() - 1);

const keyOf = (signed: string) => new URL(signed, 'http://x').searchParams.get('key');

describe('a signed path', () => {
  const signed = signerAt(before, current).sign(path, endsAt);

  it('is the same whenever and wherever it is made', () => {
    expect(signerAt(new Date(0), current, old).sign(path, endsAt)).toBe(signed);
  });

  it.each([
    ['until its end', before, 'valid'],
    ['at its end', endsAt, 'expired'],
  ] as const)('%s is %s', (_when, now, outcome) => {
    expect(signerAt(now, current).check(path, keyOf(signed))).toBe(outcome);
  });

  it('that an earlier key signed is taken as long as that key is', () => {
    const earlier = keyOf(signerAt(before, old).sign(path, endsAt));
    expect(signerAt(before, current, old).check(path, earlier)).toBe('valid');
    expect(signerAt(before, current).check(path, earlier)).toBe('invalid');
  });

  it.each<[string, string, unknown]>([
    ['for another path', '/transactions/13', keyOf(signed)],
    ['with another end', path, keyOf(signed)?.replace(/^./, 'z')],
    ['cut', path, keyOf(signed)?.slice(0, -1)],
    ['continued', path, `${keyOf(signed)}A`],
    ['empty', path, ''],
    ['absent', path, undefined],
    ['given twice', path, [keyOf(signed), keyOf(signed)]],
  ])('%s is none of ours', (_how, of, key) => {
    expect(signerAt(before, current).check(of, key)).toBe('invalid');
  });
});
