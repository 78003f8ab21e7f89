// What is counted of Webex's events.

import type { Clock } from '../lib/clock.ts';
import { counter, histogram, type Meter } from '../lib/metrics.ts';
import type { EventOutcome } from './event-outcome.ts';

export const eventsTotal = counter(
  'hubkeeper_events_total',
  'Events of Webex that were handled, by event and outcome.',
  ['event', 'outcome'],
);

/** Webex's own share is at least two calls; what takes longer than a minute went to the job engine. */
const replyBuckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

export const replySeconds = histogram(
  'hubkeeper_reply_seconds',
  'From an event being received to its answer standing in the space; answers that were queued and came later are not in it.',
  { buckets: replyBuckets },
);

/** What we subscribe to; whatever else is delivered counts as one. */
const known = new Set(['messages/created', 'attachmentActions/created', 'memberships/created', 'memberships/deleted']);

/** Counts an event that was handled; its latency counts from its receipt. */
export function countEvent(
  { clock, meter }: { clock: Clock; meter: Meter },
  { resource, event, receivedAt }: { resource: string; event: string; receivedAt: Date },
  outcome: EventOutcome,
): void {
  const name = `${resource}/${event}`;
  meter.count(eventsTotal, { event: known.has(name) ? name : 'other', outcome: outcome.replaceAll(' ', '_') });
  if (outcome === 'answered') meter.observe(replySeconds, {}, (clock.now().getTime() - receivedAt.getTime()) / 1000);
}
