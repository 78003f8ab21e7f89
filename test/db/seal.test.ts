import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSealer, SealError, type SealedPlace } from '../../src/db/seal/seal.ts';

const oldKey = { id: '2025', key: randomBytes(32) };
const newKey = { id: '2026', key: randomBytes(32) };
const place: SealedPlace = { table: 'connections', column: 'refresh_token', id: '1f' };
const sealer = createSealer([newKey, oldKey]);
const sealed = sealer.seal('a refresh token', place);

function flipBit(text: string, byte: number): string {
  const [version, keyId, box = ''] = text.split('.');
  const bytes = Buffer.from(box, 'base64url');
  bytes[byte] = (bytes[byte] ?? 0) ^ 1;
  return [version, keyId, bytes.toString('base64url')].join('.');
}

function failureOf(open: () => string): unknown {
  try {
    return `opened: ${open()}`;
  } catch (error) {
    return error instanceof SealError ? error.failure : error;
  }
}

describe('sealing', () => {
  it('opens what it sealed, whatever the text and the place', () => {
    const anyPlace = fc.record({ table: fc.string(), column: fc.string(), id: fc.string() });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), anyPlace, (plain, where) => {
        expect(sealer.open(sealer.seal(plain, where), where)).toBe(plain);
      }),
    );
  });

  it('seals with the first key and opens with each', () => {
    expect(sealed).toMatch(/^v1\.2026\.[\w-]+$/);
    const before = createSealer([oldKey]).seal('from last year', place);
    expect(sealer.open(before, place)).toBe('from last year');
  });

  it('seals the same text differently each time', () => {
    expect(sealer.seal('a refresh token', place)).not.toBe(sealed);
  });

  it.each([
    [
      'another key under the same id',
      () => createSealer([{ id: '2026', key: randomBytes(32) }]).open(sealed, place),
      'rejected',
    ],
    ['a key that is gone', () => createSealer([oldKey]).open(sealed, place), 'unknown_key'],
    ['another row', () => sealer.open(sealed, { ...place, id: '2f' }), 'rejected'],
    ['another column', () => sealer.open(sealed, { ...place, column: 'access_token' }), 'rejected'],
    ['another table', () => sealer.open(sealed, { ...place, table: 'connect_links' }), 'rejected'],
    ['a key id exchanged for one that is known', () => sealer.open(sealed.replace('2026', '2025'), place), 'rejected'],
    ['a flipped bit in the nonce', () => sealer.open(flipBit(sealed, 0), place), 'rejected'],
    ['a flipped bit in the text', () => sealer.open(flipBit(sealed, 14), place), 'rejected'],
    ['a flipped bit in the tag', () => sealer.open(flipBit(sealed, 12 + 15 + 3), place), 'rejected'],
    ['a byte cut off', () => sealer.open(sealed.slice(0, -2), place), 'rejected'],
    ['nearly all cut off', () => sealer.open(sealed.slice(0, 20), place), 'malformed'],
    ['another version', () => sealer.open(sealed.replace('v1', 'v2'), place), 'malformed'],
    ['plain text', () => sealer.open('a refresh token', place), 'malformed'],
    ['nothing', () => sealer.open('', place), 'malformed'],
  ])('refuses %s', (_case, open, failure) => {
    expect(failureOf(open)).toBe(failure);
  });

  it('names the place, and neither the content nor the key, when it refuses', () => {
    expect(() => sealer.open(flipBit(sealed, 14), place)).toThrow(/^connections\.refresh_token of 1f does not open: /);
  });

  it.each([
    ['no key', []],
    ['a short key', [{ id: 'a', key: randomBytes(16) }]],
    ['an id with a dot', [{ id: 'a.b', key: randomBytes(32) }]],
    ['an id twice', [newKey, newKey]],
  ])('is not made with %s', (_case, keys) => {
    expect(() => createSealer(keys)).toThrow(/key/);
  });
});
