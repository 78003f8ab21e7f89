// How many requests one address may send. A limit keeps one client from using up the service; secrets are too long to be guessed in any case.

import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { messagePage } from './page.ts';

const windowMs = 60_000;

/**
 * Proxies whose `X-Forwarded-For` is trusted: those beside us or in our private network. A client in there can claim any address and escape the limits.
 * But without trust, all clients behind a proxy would count as one.
 */
export const trustedProxies = 'loopback, linklocal, uniquelocal';

/**
 * At most `limit` requests a minute for each IPv4 address or IPv6 network (/56), counted by this process alone. Beyond it: 429 with
 * Retry-After.
 */
export function limitPerAddress(limit: number): RequestHandler {
  return rateLimit({
    windowMs,
    limit,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    // Its check of our set-up would print headers of the first requests to the console.
    validate: false,
    handler: (_request, response) => {
      response
        .status(429)
        .set('Cache-Control', 'no-store')
        .send(
          messagePage({
            title: 'Too many requests',
            tone: 'neutral',
            lines: ['Your address has asked too often. Nothing was changed.'],
            hint: 'Wait a minute, then open the link again.',
          }),
        );
    },
  });
}
