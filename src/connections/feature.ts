// Connections: the grants that customers' administrators gave, refreshed in time and checked once a day.

import type { Feature } from '../feature.ts';
import { oauthCallbackRoute } from './connect/callback.route.ts';
import { connect, revokeLinksAction } from './connect/connect.command.ts';
import { connectWorkflow } from './connect/connect.workflow.ts';
import { connectAll } from './connect/connect-all.action.ts';
import {
  connectForwardRenderer,
  connectLinkRenderer,
  connectRefusedRenderer,
  savedRenderer,
} from './connect/link.render.ts';
import { connectLinkRoute } from './connect/link.route.ts';
import { purgeConnectLinks } from './connect/link.store.ts';
import { resultRenderer } from './connect/result.render.ts';
import { revokeReplacedJob } from './connect/revoke-replaced.job.ts';
import { stalledConnects } from './connect/stalled-connects.ts';
import { connectionFigures } from './connection-figures.ts';
import { confirmDisconnect, disconnectCommand } from './disconnect.command.ts';
import { disconnectedRenderer, grantRevokedRenderer, restoredRenderer } from './disconnect.render.ts';
import { failingRenderer, lostRenderer } from './lost.render.ts';
import { misconfiguredRenderer } from './misconfigured.render.ts';
import { lookForNewNeeds } from './notify-missing-scopes.ts';
import { findingsJob } from './probe/findings.job.ts';
import { findingsRenderer } from './probe/findings.render.ts';
import { lookForProbes, probeJob, probesTotal } from './probe/probe.job.ts';
import { recomputeJob } from './recompute.job.ts';
import { connectionRecordHooks } from './record-hooks.ts';
import { purgeRefreshes } from './refresh/journal.store.ts';
import { refresh } from './refresh/refresh.command.ts';
import { lookForRefreshes, refreshesTotal, refreshJob } from './refresh/refresh.job.ts';
import { refreshWorkflow } from './refresh/refresh.workflow.ts';
import { dailyDigestRenderer, refreshedRenderer } from './refresh/refreshed.render.ts';
import { eraseLostTokens } from './refresh/refusals.store.ts';
import { refusedTogetherJob } from './refresh/refused-together.job.ts';
import { refusedTogetherRenderer } from './refresh/refused-together.render.ts';
import { revokeWithdrawnJob } from './revoke-withdrawn.job.ts';
import { scopesJob } from './scopes.job.ts';
import { missingScopesRenderer, organizationEditedRenderer } from './scopes.render.ts';
import { connectionSettingsEffect } from './settings-effect.ts';
import { connectionTreeHooks } from './tree-hooks.ts';

export const connections: Feature = {
  commands: [connect, refresh, disconnectCommand],
  actions: [revokeLinksAction, connectAll, confirmDisconnect],
  notices: [
    savedRenderer,
    organizationEditedRenderer,
    connectLinkRenderer,
    connectForwardRenderer,
    connectRefusedRenderer,
    resultRenderer,
    lostRenderer,
    failingRenderer,
    misconfiguredRenderer,
    refusedTogetherRenderer,
    missingScopesRenderer,
    findingsRenderer,
    refreshedRenderer,
    dailyDigestRenderer,
    disconnectedRenderer,
    grantRevokedRenderer,
    restoredRenderer,
  ],
  jobs: [
    recomputeJob,
    refreshJob,
    refusedTogetherJob,
    revokeReplacedJob,
    revokeWithdrawnJob,
    probeJob,
    findingsJob,
    scopesJob,
  ],
  schedules: [
    { job: 'look for due refreshes', pattern: ({ schedules }) => schedules.refresh, run: lookForRefreshes },
    { job: 'look for due probes', pattern: ({ schedules }) => schedules.refresh, run: lookForProbes },
  ],
  routes: [connectLinkRoute, oauthCallbackRoute],
  workflows: [connectWorkflow, refreshWorkflow],
  settings: [connectionSettingsEffect],
  records: connectionRecordHooks,
  tree: connectionTreeHooks,
  metrics: [refreshesTotal, probesTotal],
  figures: [connectionFigures],
  retention: [
    { what: 'connect links', days: 30, purge: purgeConnectLinks },
    { what: 'refreshes', days: 400, purge: purgeRefreshes },
    { what: 'tokens of lost connections', days: 90, purge: eraseLostTokens },
  ],
  orphans: stalledConnects,
  start: lookForNewNeeds,
};
