// Where a probe asks whether the process lives, and whether it is ready to work.

import type { RequestHandler } from 'express';
import { reading, route } from '../http/route.ts';
import type { Readiness } from './health.ts';

/** Alive, as long as the process answers at all: nothing is asked. */
export const aliveRoute = route({
  path: '/healthz',
  methods: reading,
  isRoutine: true,
  handle: () => (_request, response) => {
    response.type('text').send('ok\n');
  },
});

/** 200 or 503 with the whole judgement as JSON. */
export function sendReadiness(readiness: () => Promise<Readiness>): RequestHandler {
  return async (_request, response) => {
    const answer = await readiness();
    response
      .set('Cache-Control', 'no-store')
      .status(answer.ready ? 200 : 503)
      .json(answer);
  };
}
