// Keeps the webhooks that tell of the service app at Webex. They are the owner's, a person's: made with the owner's grant once it is given, and looked at each
// minute as the bot's own are.

import { webhookPath } from '../../http/webhook.ts';
import type { Log } from '../../log.ts';
import { WebexRefused, WebexUnavailable } from '../../webex/errors.ts';
import { serviceAppSubscriptions } from '../../webex/service-app.ts';
import {
  activateWebhook,
  createWebhook,
  readStanding,
  reconcileWebhooks,
  type WantedWebhooks,
} from '../../webex/webhooks.ts';
import { asAppOwner, type OwnAppDeps } from './own-app.ts';

/** By this name we know them; the owner's others are left alone. */
const webhookName = 'Hubkeeper service app';

export interface WatchDeps extends Omit<OwnAppDeps, 'webex'> {
  webex: OwnAppDeps['webex'] & { webhookSecret: string };
  publicUrl: string;
  log: Log;
  shutdownSignal: AbortSignal;
}

/** The watch of this process. */
export function createAppWebhookWatch(deps: WatchDeps) {
  const { log, publicUrl, shutdownSignal, webex } = deps;
  const wanted: WantedWebhooks = {
    name: webhookName,
    targetUrl: `${publicUrl}${webhookPath}`,
    secret: webex.webhookSecret,
    wanted: serviceAppSubscriptions,
  };
  /** The grant with which address and secret were written: Webex need not show a secret, and another owner has webhooks of its own. */
  let settledWith: string | undefined;
  let isElsewhere = false;

  async function look(): Promise<void> {
    const owner = await asAppOwner(deps);
    if (!owner) return;
    const webex = owner.webex.until(shutdownSignal);
    const { organizationId, connectedAt } = owner.connection;
    const grant = `${organizationId} ${connectedAt.toISOString()}`;
    if (settledWith !== grant) {
      await reconcileWebhooks(webex, wanted);
      settledWith = grant;
      return;
    }
    const standing = await readStanding(webex, wanted);
    const wasElsewhere = isElsewhere;
    isElsewhere = standing.some(({ state }) => state === 'elsewhere');
    if (isElsewhere && !wasElsewhere)
      log.error(
        { reason: 'elsewhere' },
        'the service app’s webhooks deliver to another address: another service uses it',
      );
    for (const { state, id, resource, event } of standing) {
      if (state === 'active' || state === 'elsewhere') continue;
      if (id === undefined) await createWebhook(webex, wanted, { resource, event });
      else await activateWebhook(webex, wanted, id);
      log.warn({ webhook: `${resource}/${event}`, reason: state }, 'a webhook of the service app is in place again');
    }
  }

  return {
    /** Creates and heals them. What Webex does not answer, or refuses, is logged, and the next look goes on. */
    async check(): Promise<void> {
      if (!webex.serviceApp) return;
      try {
        await look();
      } catch (error) {
        if (shutdownSignal.aborted) return;
        if (!(error instanceof WebexUnavailable || error instanceof WebexRefused)) throw error;
        log.warn(
          { err: error, trackingId: error.trackingId },
          'the webhooks of the service app could not be looked after',
        );
      }
    },
  };
}
