// Connections: the grants that customers' administrators gave, refreshed in time and checked once a day.

import pLimit from 'p-limit';
import { runs } from '../db/jobs/job-runner.ts';
import type { Feature } from '../feature.ts';
import { oauthCallbackRoute } from './connect/callback.route.ts';
import { connect } from './connect/connect.command.ts';
import { connectWorkflow } from './connect/connect.workflow.ts';
import { connectLinkRenderer, connectRefusedRenderer, savedRenderer } from './connect/link.render.ts';
import { connectLinkRoute } from './connect/link.route.ts';
import { purgeConnectLinks } from './connect/link.store.ts';
import { resultRenderer } from './connect/result.render.ts';
import { stalledConnects } from './connect/stalled-connects.ts';
import { connectionFigures } from './connection-figures.ts';
import { failingRenderer, lostRenderer } from './lost.render.ts';
import { misconfiguredRenderer } from './misconfigured.render.ts';
import { lookForNewNeeds, notifyNewNeeds } from './notify-missing-scopes.ts';
import { findingsRenderer } from './probe/findings.render.ts';
import { notifyFindings } from './probe/notify-findings.ts';
import { lookForProbes, probesTotal, runProbe } from './probe/probe.job.ts';
import { connectionRecordHooks } from './record-hooks.ts';
import { purgeRefreshes } from './refresh/journal.store.ts';
import { refresh } from './refresh/refresh.command.ts';
import { lookForRefreshes, refreshesTotal, runRefresh } from './refresh/refresh.job.ts';
import { refreshWorkflow } from './refresh/refresh.workflow.ts';
import { dailyDigestRenderer, refreshedRenderer } from './refresh/refreshed.render.ts';
import { missingScopesRenderer, organizationEditedRenderer } from './scopes.render.ts';
import { connectionSettingsEffect } from './settings-effect.ts';

/** How many jobs of refreshes a process fetches ahead. */
const refreshesAhead = 100;

export const connections: Feature = {
  commands: [connect, refresh],
  notices: [
    savedRenderer,
    organizationEditedRenderer,
    connectLinkRenderer,
    connectRefusedRenderer,
    resultRenderer,
    lostRenderer,
    failingRenderer,
    misconfiguredRenderer,
    missingScopesRenderer,
    findingsRenderer,
    refreshedRenderer,
    dailyDigestRenderer,
  ],
  jobs({ refreshConcurrency }) {
    const inTurn = pLimit(refreshConcurrency);
    // As many again are claimed or saved meanwhile, so that Webex need not wait for the store.
    const refreshing = { concurrency: 2 * refreshConcurrency, ahead: refreshesAhead, isUninterrupted: true };
    return [
      runs('refresh', refreshing, (deps, job) => runRefresh(deps, { ...job, inTurn })),
      runs('probe', { concurrency: 5 }, runProbe),
      runs('findings', { concurrency: 2 }, notifyFindings),
      runs('scopes', { concurrency: 1 }, notifyNewNeeds),
    ];
  },
  schedules: [
    { job: 'look for due refreshes', pattern: ({ schedules }) => schedules.refresh, run: lookForRefreshes },
    { job: 'look for due probes', pattern: ({ schedules }) => schedules.refresh, run: lookForProbes },
  ],
  routes: [connectLinkRoute, oauthCallbackRoute],
  workflows: [connectWorkflow, refreshWorkflow],
  settings: [connectionSettingsEffect],
  records: connectionRecordHooks,
  metrics: [refreshesTotal, probesTotal],
  figures: [connectionFigures],
  retention: [
    { what: 'connect links', days: 30, purge: purgeConnectLinks },
    { what: 'refreshes', days: 400, purge: purgeRefreshes },
  ],
  orphans: stalledConnects,
  start: lookForNewNeeds,
};
