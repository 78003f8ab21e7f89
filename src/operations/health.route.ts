// The routes that say whether the process lives, and whether it is ready to work.

import type { RequestHandler } from 'express';
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

/** Answers 200 or 503, with the state of each part as JSON. */
export function sendReadiness(readiness: () => Promise<Readiness>): RequestHandler {
  return async (_request, response) => {
    const answer = await readiness();
    response
      .set('Cache-Control', 'no-store')
      .status(answer.ready ? 200 : 503)
      .json(answer);
  };
}
