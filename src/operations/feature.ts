// Operations: health and metrics for the operator, and maintenance.

import { lastRefreshRunAt } from '../connections/refresh/refresh.job.ts';
import { dueJobs } from '../db/jobs/due-jobs.ts';
import { keysInUse } from '../db/seal/keys.ts';
import type { Feature } from '../feature.ts';
import { assetRoute } from '../http/assets.ts';
import { reading, route } from '../http/route.ts';
import { onceFor } from '../lib/once-for.ts';
import type { Parts } from '../parts.ts';
import { webhookWatchOf } from '../spaces/feature.ts';
import { callSeconds, retriesTotal } from '../webex/call-metrics.ts';
import { leftOutTotal, oddRepliesTotal } from '../webex/odd-replies.ts';
import { aliveRoute, sendReadiness } from './health.route.ts';
import { createReadiness } from './health.ts';
import { homeRoute } from './home.route.ts';
import { lookForSlips } from './look-for-slips.ts';
import { purgeExpired, requeueOrphans } from './maintenance.ts';
import { metricsRoute } from './metrics.route.ts';
import { createSwitchedOffWatch } from './note-switched-off.ts';
import { switchedOffRenderer } from './switched-off.render.ts';

const readinessOf = (parts: Parts) =>
  createReadiness({
    ...parts,
    vitals: {
      oldestDueJobAt: async () =>
        (await dueJobs(parts.db, { queues: parts.jobs.queues, now: parts.clock.now() })).oldestAt,
      jobs: parts.jobs.heartbeat,
      webhooks: webhookWatchOf(parts).standing,
      clockAheadMs: parts.webexClock.aheadMs,
      botIsKnown: parts.botIsKnown,
      keysInUse: () => keysInUse(parts.db),
      lastEventAt: parts.inbox.lastEventAt,
      lastRefreshRunAt: () => lastRefreshRunAt(parts),
    },
  });

const readyRoute = route<Parts>({
  path: '/readyz',
  methods: reading,
  isRoutine: true,
  handle: (parts) => sendReadiness(readinessOf(parts), parts.metricsToken),
});

const switchedOffWatchOf = onceFor((parts: Parts) => createSwitchedOffWatch(parts));

export const operations: Feature = {
  start: async (parts) => lookForSlips(parts),
  notices: [switchedOffRenderer],
  webexCalls: (parts, call) => switchedOffWatchOf(parts)(call),
  schedules: [
    {
      job: 'requeue orphans',
      pattern: '17 * * * *',
      run: (parts) => requeueOrphans(parts, parts.findOrphans),
    },
    {
      job: 'delete what is old',
      pattern: '41 3 * * *',
      run: (parts) => purgeExpired(parts, parts.retention),
    },
    { job: 'vacuum', pattern: '11 4 * * *', run: ({ vacuum }) => vacuum() },
  ],
  routes: [homeRoute, aliveRoute, readyRoute, metricsRoute, assetRoute],
  metrics: [callSeconds, retriesTotal, oddRepliesTotal, leftOutTotal],
};
