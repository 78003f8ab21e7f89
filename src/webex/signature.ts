// Proves that a webhook's delivery comes from Webex and was not changed on the way.

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/**
 * True when `X-Spark-Signature` is the HMAC-SHA1 of the raw body in hex (Webex's webhooks guide). The SHA-256 in
 * `X-Webex-Signature` is only known from third parties: where it is sent it must be right too, but it never replaces the first.
 * Takes the same time wherever the signatures differ; without a secret nothing is genuine.
 */
export function verifySignature(rawBody: Buffer, headers: IncomingHttpHeaders, secret: string): boolean {
  if (secret === '') return false;
  const isMade = (algorithm: string, signature: string | string[] | undefined) => {
    if (typeof signature !== 'string') return false;
    const due = Buffer.from(createHmac(algorithm, secret).update(rawBody).digest('hex'));
    const given = Buffer.from(signature.toLowerCase());
    return given.length === due.length && timingSafeEqual(given, due);
  };
  const newer = headers['x-webex-signature'];
  return isMade('sha1', headers['x-spark-signature']) && (newer === undefined || isMade('sha256', newer));
}
