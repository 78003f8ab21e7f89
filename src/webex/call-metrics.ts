// What is counted of calls of Webex.

import { counter, histogram, type Meter } from '../lib/metrics.ts';
import type { WebexCall } from './call.ts';

const callBuckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25];

export const callSeconds = histogram(
  'hubkeeper_webex_call_seconds',
  'Calls of Webex by route and outcome (ok, refused, unavailable), over all tries and waits.',
  { labels: ['method', 'route', 'outcome'], buckets: callBuckets },
);

export const retriesTotal = counter('hubkeeper_webex_retries_total', 'Further tries that calls of Webex needed.', [
  'method',
  'route',
]);

/** Counts a call that has ended. */
export function countCall(meter: Meter, { method, route, outcome, durationMs, tries }: WebexCall): void {
  meter.observe(callSeconds, { method, route, outcome }, durationMs / 1000);
  if (tries > 1) meter.count(retriesTotal, { method, route }, tries - 1);
}
