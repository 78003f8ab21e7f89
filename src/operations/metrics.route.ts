// The route of the metrics page.

import { isOfOperator } from '../http/inside.ts';
import { reading, route } from '../http/route.ts';
import type { Metrics } from './metrics.ts';

interface Deps {
  meter: Pick<Metrics, 'page'>;
  metricsToken?: string | undefined;
}

/** Answers who has METRICS_TOKEN; without such a token scrapers in our own network, while a request through a proxy gets 404. */
export const metricsRoute = route<Deps>({
  path: '/metrics',
  methods: reading,
  isRoutine: true,
  handle:
    ({ meter, metricsToken }) =>
    async (request, response, next) => {
      if (!isOfOperator(request, metricsToken)) {
        if (metricsToken === undefined) return next();
        response.status(401).set({ 'Cache-Control': 'no-store', 'WWW-Authenticate': 'Bearer' }).end();
        return;
      }
      const { contentType, text } = await meter.page();
      response.set({ 'Content-Type': contentType, 'Cache-Control': 'no-store' }).send(text);
    },
});
