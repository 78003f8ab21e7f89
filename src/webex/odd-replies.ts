// Webex's odd values: counted each time, and logged once per kind, by the names of fields alone.

import { counter, type Meter } from '../lib/metrics.ts';
import type { Log } from '../log.ts';
import type { OddReply } from './client.ts';

export const oddRepliesTotal = counter(
  'hubkeeper_webex_odd_replies_total',
  'Replies of Webex that held values of another shape than documented, which were dropped.',
  ['method', 'route'],
);
export const leftOutTotal = counter(
  'hubkeeper_webex_items_left_out_total',
  'Items of lists of Webex that could not be read and were left out.',
  ['method', 'route'],
);

/** So many kinds are told apart in the log; further ones are only counted. */
const mostKinds = 500;

/** Notes the odd replies of one process. */
export function noteOddReplies({ log, meter }: { log: Log; meter: Meter }): (odd: OddReply) => void {
  const logged = new Set<string>();
  return ({ method, route, places, leftOut }) => {
    meter.count(oddRepliesTotal, { method, route });
    if (leftOut > 0) meter.count(leftOutTotal, { method, route }, leftOut);
    const reason = `${leftOut > 0 ? 'items without' : 'odd'} ${places.slice(0, 20).join(', ')}`;
    const kind = `${method} ${route} ${reason}`;
    if (logged.has(kind) || logged.size >= mostKinds) return;
    logged.add(kind);
    log.warn({ method, route, reason, count: leftOut }, 'Webex sent values of another shape than it documents');
  };
}
