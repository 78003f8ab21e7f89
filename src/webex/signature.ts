// Proves that a webhook's delivery comes from Webex and was not changed on the way.

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** A header that came more than once is one, with commas between its values. */
const mostSignatures = 4;

/**
 * True when `X-Spark-Signature` is the HMAC-SHA1 of the raw body in hex (Webex's webhooks guide); of several values, when one is. It may name its algorithm,
 * as `sha1=…`. Other headers prove nothing and disprove nothing: the SHA-256 in `X-Webex-Signature` is only known from third parties, and its form may change.
 * Takes the same time wherever the signatures differ; without a secret nothing is genuine.
 */
export function verifySignature(rawBody: Buffer, headers: IncomingHttpHeaders, secret: string): boolean {
  if (secret === '') return false;
  const due = Buffer.from(createHmac('sha1', secret).update(rawBody).digest('hex'));
  const values = [headers['x-spark-signature'] ?? []].flat().join(',').split(',', mostSignatures);
  return values.some((value) => {
    const given = Buffer.from(
      value
        .trim()
        .toLowerCase()
        .replace(/^sha1=/, ''),
    );
    return given.length === due.length && timingSafeEqual(given, due);
  });
}
