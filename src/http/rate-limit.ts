// How often one address may ask. The limits keep a single client from taking the service's time; no secret could be guessed at any rate.

import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { messagePage } from './page.ts';

const windowMs = 60_000;

/**
 * Hops whose `X-Forwarded-For` is believed: a reverse proxy beside us or in our private network. Anybody who reaches us from there can
 * name any address and so escape the limits; believing nobody would make one client of everybody behind the proxy.
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
    // It checks our set-up by the first requests, and would tell the console what strangers put into their headers.
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
