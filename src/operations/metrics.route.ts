// The route of the metrics page.

import { isFromInside } from '../http/inside.ts';
import { reading, route } from '../http/route.ts';
import type { Metrics } from './metrics.ts';

/** Answers scrapers in our own network. A request through a proxy gets 404. */
export const metricsRoute = route<{ meter: Pick<Metrics, 'page'> }>({
  path: '/metrics',
  methods: reading,
  isRoutine: true,
  handle:
    ({ meter }) =>
    async (request, response, next) => {
      if (!isFromInside(request)) return next();
      const { contentType, text } = await meter.page();
      response.set({ 'Content-Type': contentType, 'Cache-Control': 'no-store' }).send(text);
    },
});
