// What is answered while the service starts, before its database is open: it lives, it is not ready, and everything else is to be asked for again.

import { messagePage } from '../http/page.ts';
import type { BoundRoute } from '../http/route.ts';
import { aliveRoute } from './health.route.ts';

const retryAfterSeconds = '5';

/** The routes of a start. `waitsFor` says what the start waits for. */
export const startingRoutes = (waitsFor: () => string | undefined): BoundRoute[] => [
  { ...aliveRoute, handlers: [aliveRoute.handle(undefined as never)].flat() },
  {
    path: '/readyz',
    methods: ['GET', 'HEAD'],
    isRoutine: true,
    handlers: [
      (_request, response) => {
        response
          .status(503)
          .set({ 'Cache-Control': 'no-store', 'Retry-After': retryAfterSeconds })
          .json({ ready: false, failing: ['start'], waitsFor: waitsFor() ?? null });
      },
    ],
  },
  {
    path: '/{*path}',
    methods: ['GET', 'HEAD', 'POST'],
    handlers: [
      (_request, response) => {
        response
          .status(503)
          .set({ 'Cache-Control': 'no-store', 'Retry-After': retryAfterSeconds })
          .send(
            messagePage({
              title: 'Hubkeeper is starting',
              tone: 'neutral',
              lines: ['Nothing was changed.'],
              hint: 'Open this address again in a minute.',
            }),
          );
      },
    ],
  },
];
