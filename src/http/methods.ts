// Which methods an address takes.

import type { RequestHandler } from 'express';

/** Lets these methods pass, answers OPTIONS with their list, and refuses all others with 405. */
export function only(...methods: ('GET' | 'HEAD' | 'POST')[]): RequestHandler {
  return (request, response, next) => {
    if (methods.some((method) => method === request.method)) return next();
    response.set('Allow', [...methods, 'OPTIONS'].join(', '));
    response.status(request.method === 'OPTIONS' ? 204 : 405).end();
  };
}
