// Connections: the grants that customers' administrators gave, refreshed in time and checked once a day.

import type { Feature } from '../feature.ts';
import { onceFor } from '../lib/once-for.ts';
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
import { fallBackJob, fellBackJob } from './fall-back/fall-back.job.ts';
import { lookForFallBacks } from './fall-back/fall-back-soon.ts';
import { fallBackEndedRenderer, fellBackRenderer } from './fall-back/fell-back.render.ts';
import { failingRenderer, lostRenderer } from './lost.render.ts';
import { migrate } from './migrate/migrate.command.ts';
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
import { appAuthorized, appDeauthorized } from './service-app/app-events.ts';
import { connectByApp, connectServiceAppAction } from './service-app/service-app.action.ts';
import { appAuthorizedRenderer, strangerAuthorizedRenderer } from './service-app/service-app.render.ts';
import { createAppWebhookWatch } from './service-app/watch-webhooks.ts';
import { connectionSettingsEffect } from './settings-effect.ts';
import { tokenForwardRenderer, tokenLinkRenderer } from './tokens/token-link.render.ts';
import { tokenPageRoute } from './tokens/token-page.route.ts';
import { connectTokens } from './tokens/tokens.action.ts';
import { connectionTreeHooks } from './tree-hooks.ts';
import { followPartnerJob } from './ways/follow-partner.job.ts';
import { lookForStraying } from './ways/follow-partner.ts';
import { openPartnerForm, savePartnerForm } from './ways/partner.action.ts';
import { askWhyJob } from './why/ask-why.job.ts';
import { purgeGrantorEvents } from './why/grantor-events.store.ts';

/** The watch over the webhooks of one running service's app. */
const appWebhookWatchOf = onceFor(createAppWebhookWatch);

export const connections: Feature = {
  events: () => [appAuthorized, appDeauthorized],
  commands: [connect, migrate, refresh, disconnectCommand],
  actions: [
    revokeLinksAction,
    connectAll,
    confirmDisconnect,
    openPartnerForm,
    savePartnerForm,
    connectServiceAppAction,
    connectByApp,
    connectTokens,
  ],
  notices: [
    savedRenderer,
    organizationEditedRenderer,
    connectLinkRenderer,
    connectForwardRenderer,
    connectRefusedRenderer,
    tokenLinkRenderer,
    tokenForwardRenderer,
    resultRenderer,
    lostRenderer,
    fellBackRenderer,
    fallBackEndedRenderer,
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
    appAuthorizedRenderer,
    strangerAuthorizedRenderer,
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
    followPartnerJob,
    askWhyJob,
    fallBackJob,
    fellBackJob,
  ],
  schedules: [
    { job: 'look for due refreshes', pattern: ({ schedules }) => schedules.refresh, run: lookForRefreshes },
    { job: 'look for organizations that stray from their partner', pattern: '50 * * * *', run: lookForStraying },
    { job: 'look for lost connections with a fall-back', pattern: '40 * * * *', run: lookForFallBacks },
    {
      job: 'service app webhooks',
      pattern: ({ schedules }) => schedules.webhooks,
      run: (parts) => appWebhookWatchOf(parts).check(),
    },
    { job: 'look for due probes', pattern: ({ schedules }) => schedules.refresh, run: lookForProbes },
  ],
  routes: [connectLinkRoute, oauthCallbackRoute, tokenPageRoute],
  workflows: [connectWorkflow, refreshWorkflow],
  settings: [connectionSettingsEffect],
  records: connectionRecordHooks,
  tree: connectionTreeHooks,
  metrics: [refreshesTotal, probesTotal],
  figures: [connectionFigures],
  retention: [
    { what: 'connect links', days: 30, purge: purgeConnectLinks },
    { what: 'refreshes', days: 400, purge: purgeRefreshes },
    { what: 'events of grantors', days: 400, purge: purgeGrantorEvents },
    { what: 'tokens of lost connections', days: 90, purge: eraseLostTokens },
  ],
  orphans: stalledConnects,
  async start(parts) {
    await lookForNewNeeds(parts);
    // Not awaited: Webex may be away, and the next look comes within a minute.
    void parts.inFlight.follow(appWebhookWatchOf(parts).check()).catch((error: unknown) => {
      parts.log.error({ err: error }, 'the webhooks of the service app could not be looked after');
    });
  },
};
