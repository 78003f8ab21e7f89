import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, it, test } from 'vitest';
import { verifySignature } from '../../src/webex/signature.ts';

const secret = 'webhook secret';
// Escapes and spaces that a parse and re-print would change.
const body = Buffer.from('{ "name":"caf\\u00e9",  "n":1.0 }\n');
const sign = (algorithm: string, content: Buffer = body, key = secret) =>
  createHmac(algorithm, key).update(content).digest('hex');

describe("a delivery's signature", () => {
  it('is computed as published', () => {
    const quickFox = Buffer.from('The quick brown fox jumps over the lazy dog');
    const known = 'de7c9b85b8b78aa6bc8a7a36f70a90701c9db4d9';
    expect(verifySignature(quickFox, { 'x-spark-signature': known }, 'key')).toBe(true);
  });

  it.each([
    ['the right one', { 'x-spark-signature': sign('sha1') }, true],
    ['the right one in capitals', { 'x-spark-signature': sign('sha1').toUpperCase() }, true],
    ['both right', { 'x-spark-signature': sign('sha1'), 'x-webex-signature': sign('sha256') }, true],
    ['none', {}, false],
    ['an empty one', { 'x-spark-signature': '' }, false],
    ['one of another secret', { 'x-spark-signature': sign('sha1', body, 'other') }, false],
    ['one of another body', { 'x-spark-signature': sign('sha1', Buffer.from('{}')) }, false],
    ['one cut short', { 'x-spark-signature': sign('sha1').slice(0, -1) }, false],
    ['one with more behind it', { 'x-spark-signature': `${sign('sha1')}00` }, false],
    ['one beyond ASCII', { 'x-spark-signature': 'é'.repeat(20) }, false],
    ['the newer one alone', { 'x-webex-signature': sign('sha256') }, false],
    ['the newer one in the place of the older', { 'x-spark-signature': sign('sha256') }, false],
    [
      'another one and the newer one',
      { 'x-spark-signature': sign('sha1', body, 'x'), 'x-webex-signature': sign('sha256') },
      false,
    ],
    ['a fifth value that is right', { 'x-spark-signature': `a,b,c,d,${sign('sha1')}` }, false],
  ])('%s', (_, headers, genuine) => {
    expect(verifySignature(body, headers, secret)).toBe(genuine);
  });

  test.each<[string, IncomingHttpHeaders]>([
    ['the newer one in another form', { 'x-webex-signature': `sha256=${sign('sha256')}` }],
    ['the newer one of another algorithm', { 'x-webex-signature': sign('sha512') }],
    ['an empty newer one', { 'x-webex-signature': '' }],
    ['the newer one twice', { 'x-webex-signature': [sign('sha256'), 'x'] }],
    ['one that names its algorithm', { 'x-spark-signature': `sha1=${sign('sha1')}` }],
    ['one that came twice', { 'x-spark-signature': `${sign('sha1')}, ${sign('sha1')}` }],
    ['one beside a wrong value', { 'x-spark-signature': `00, ${sign('sha1')}` }],
  ])('W1: the right one with %s is taken', (_, headers) => {
    expect(verifySignature(body, { 'x-spark-signature': sign('sha1'), ...headers }, secret)).toBe(true);
  });

  it('is never right without a secret', () => {
    expect(verifySignature(body, { 'x-spark-signature': sign('sha1', body, '') }, '')).toBe(false);
  });

  it('covers every byte', () => {
    const headers = { 'x-spark-signature': sign('sha1') };
    for (let i = 0; i < body.length; i++) {
      const changed = Buffer.from(body);
      changed.writeUInt8(changed.readUInt8(i) ^ 1, i);
      expect(verifySignature(changed, headers, secret)).toBe(false);
    }
  });
});
