// The routes that say whether the process lives, and whether it is ready to work.

import type { RequestHandler } from 'express';
import { isOfOperator } from '../http/inside.ts';
import { reading, route } from '../http/route.ts';
import type { Readiness } from './health.ts';

/** The process is alive as long as it answers. Nothing else is checked. */
export const aliveRoute = route({
  path: '/healthz',
  methods: reading,
  isRoutine: true,
  handle: () => (_request, response) => {
    response.type('text').send('ok\n');
  },
});

/** Answers 200 or 503, and whom the details concern with the state of each part as JSON: see `isOfOperator`. */
export function sendReadiness(readiness: () => Promise<Readiness>, metricsToken?: string): RequestHandler {
  return async (request, response) => {
    const answer = await readiness();
    response
      .set('Cache-Control', 'no-store')
      .status(answer.ready ? 200 : 503)
      .json(isOfOperator(request, metricsToken) ? answer : { ready: answer.ready });
  };
}
