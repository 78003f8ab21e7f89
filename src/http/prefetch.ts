// Requests that fetch a page ahead of a visit that may never come: they must not change anything.

import type { RequestHandler } from 'express';

/**
 * How browsers and previews mark such a request: `Sec-Purpose: prefetch;prerender` (Fetch), and before it `Purpose`, `X-Purpose` and Mozilla's `X-Moz`.
 */
const markers = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'];
const ahead = /\b(prefetch|prerender|preview)\b/i;

/**
 * For a route whose GET changes something. A request that only looks, by HEAD or ahead of a visit, is answered with 204 and goes no further. The answer is
 * not cached, so that the visit itself asks again.
 */
export const onlyVisits: RequestHandler = (request, response, next) => {
  const isAhead = markers.some((name) => ahead.test(request.get(name) ?? ''));
  if (request.method !== 'HEAD' && !isAhead) return next();
  response.set('Cache-Control', 'no-store').status(204).end();
};
