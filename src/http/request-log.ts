// Logs one line for each request, with the route's pattern: the path itself may hold a link's token, and the query a code or key.

import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Log } from '../log.ts';
import type { BoundRoute } from './route.ts';

/** Gives each request an id, in the answer's `X-Request-Id` and in `response.locals.requestId`, and logs how it ended. */
export function requestLog(log: Log, routes: readonly BoundRoute[]): RequestHandler {
  const routine = new Set(routes.filter(({ isRoutine }) => isRoutine).map(({ path }) => path));
  return (request, response, next) => {
    const requestId = randomUUID();
    const startedAtMs = performance.now();
    response.locals['requestId'] = requestId;
    response.set('X-Request-Id', requestId);
    response.once('close', () => {
      const route = routeOf(request);
      const line = {
        requestId,
        method: request.method,
        route,
        status: response.statusCode,
        durationMs: Math.round(performance.now() - startedAtMs),
      };
      if (!response.writableFinished) log.info(line, 'a request was cut off');
      else if (routine.has(route)) log.debug(line, 'request');
      else log.info(line, 'request');
    });
    next();
  };
}

/** The pattern that matched, such as `/connect/:token`; `none` where no route matched. */
function routeOf(request: Request): string {
  const route: unknown = request.route;
  const path = typeof route === 'object' && route !== null && 'path' in route ? route.path : undefined;
  return typeof path === 'string' ? path : 'none';
}
