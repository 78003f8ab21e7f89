// Keeps our webhooks at Webex alive: creates them at the start, checks them every minute, activates or creates again those that are down, and fetches what
// they missed, or brought us while we could not save it.
//
// Webex's rules (webhooks guide): 100 failed deliveries within 5 minutes disable a webhook. Webex never activates it again. Whoever owns it may, at any time,
// by PUT with its status. Within 5 minutes of the disabling a single failure disables it again, and nothing worse follows. So a disabled webhook is activated
// at the first look that sees it.

import { lastMessageAt } from '../chat/inbox.store.ts';
import type { Inbox } from '../chat/inbox.ts';
import { webhookPath } from '../http/webhook.ts';
import type { Meter } from '../lib/metrics.ts';
import { WebexUnavailable } from '../webex/errors.ts';
import {
  activateWebhook,
  createWebhook,
  readStanding,
  reconcileWebhooks,
  type StandingWebhook,
  type WantedWebhooks,
  type WebhookState,
} from '../webex/webhooks.ts';
import { type CatchUpDeps, catchUp } from './catch-up.ts';
import { caughtUpTotal, healedTotal, webhooksByState } from './webhook-metrics.ts';

/** By this name we know our webhooks; others' are left alone. */
const webhookName = 'Hubkeeper';

const subscriptions = [
  { resource: 'messages', event: 'created' },
  { resource: 'attachmentActions', event: 'created' },
  { resource: 'memberships', event: 'created' },
  { resource: 'memberships', event: 'deleted' },
];

/** For so long deliveries may have failed before Webex disabled the webhook. */
const countedMs = 5 * 60_000;
/** Older than anything that is fetched later. */
const longAgoMs = 24 * 60 * 60_000;
/** An older check says nothing of the present state. */
const knownForMs = 5 * 60_000;

export interface WebhookWatchDeps extends CatchUpDeps {
  botPersonId: () => string;
  inbox: Pick<Inbox, 'missedSince' | 'fetched'>;
  publicUrl: string;
  webhookSecret: string;
  /** Aborts when the service stops. What was not fetched by then is fetched at the next start. */
  shutdownSignal: AbortSignal;
  meter: Meter;
}

export interface WebhookWatch {
  /**
   * Creates, updates and activates the webhooks, without the rest of `check`: a webhook that was disabled while we were down is active at once. The next
   * `check` fetches what was missed.
   * @throws WebexRefused, WebexUnavailable
   */
  settleIn(): Promise<void>;
  /** Checks and heals the webhooks, and fetches what was missed. An outage of Webex is logged, and the next check goes on. */
  check(): Promise<void>;
  /**
   * The worst state among our webhooks; `unknown` where the last check is older than 5 minutes. `isDeaf`: none of ours stood at the last check, or none has
   * been seen to stand yet.
   */
  standing(): { state: WebhookState | 'unknown'; checkedAt: Date | undefined; isDeaf: boolean };
}

/** The watch of this process; replicas may each have one. */
export function createWebhookWatch(deps: WebhookWatchDeps): WebhookWatch {
  const { bot, clock, log, meter } = deps;
  const wanted: WantedWebhooks = {
    name: webhookName,
    targetUrl: `${deps.publicUrl}${webhookPath}`,
    secret: deps.webhookSecret,
    wanted: subscriptions,
  };
  let last: { state: WebhookState; checkedAt: Date; isDeaf: boolean } | undefined;
  /** Since when events may be missing that are not fetched yet. */
  let missedSince: Date | undefined;
  let checking: Promise<void> | undefined;

  async function noteMissed(): Promise<void> {
    if (missedSince) return;
    const now = clock.now().getTime();
    const savedMs = (await lastMessageAt(deps.db))?.getTime();
    // A message of the future was saved while the clock of this machine was wrong.
    const lastAt = savedMs === undefined || savedMs > now ? now - longAgoMs : savedMs;
    missedSince = new Date(lastAt - countedMs);
  }

  function noteStanding(webhooks: readonly { state: WebhookState }[]): void {
    const count = (state: WebhookState) => webhooks.filter((webhook) => webhook.state === state).length;
    const byState = {
      missing: count('missing'),
      disabled: count('disabled'),
      elsewhere: count('elsewhere'),
      active: count('active'),
    };
    const worst = (Object.keys(byState) as WebhookState[]).find((state) => byState[state] > 0) ?? 'active';
    if (worst === 'elsewhere' && last?.state !== 'elsewhere') {
      log.error({ reason: 'elsewhere' }, 'our webhooks deliver to another address: another service uses the same bot');
    }
    last = { state: worst, checkedAt: clock.now(), isDeaf: byState.active + byState.disabled === 0 };
    for (const [state, value] of Object.entries(byState)) meter.set(webhooksByState, { state }, value);
  }

  function noteDisabled(webhooks: readonly StandingWebhook[]): void {
    for (const { state, resource, event } of webhooks) {
      if (state !== 'disabled') continue;
      log.error({ webhook: `${resource}/${event}` }, 'Webex has disabled a webhook: deliveries to us have failed');
    }
  }

  async function heal({ resource, event, state, id }: StandingWebhook): Promise<void> {
    const webhook = `${resource}/${event}`;
    if (state === 'missing' || id === undefined) {
      await createWebhook(bot, wanted, { resource, event });
      meter.count(healedTotal, { how: 'created' });
      log.warn({ webhook }, 'a webhook was missing and is created again');
      return;
    }
    await activateWebhook(bot, wanted, id);
    meter.count(healedTotal, { how: 'activated' });
    log.warn({ webhook }, 'a disabled webhook is activated again');
  }

  async function look(): Promise<void> {
    const webhooks = await readStanding(bot, wanted);
    noteStanding(webhooks);
    noteDisabled(webhooks);
    const down = webhooks.filter(({ state }) => state === 'missing' || state === 'disabled');
    // Before anything is healed: the first message that comes again would hide where the gap begins.
    if (down.length > 0) await noteMissed();
    for (const webhook of down) await heal(webhook);
    if (down.length > 0) noteStanding(await readStanding(bot, wanted));
    await fetchMissed();
  }

  /** Fetches what no webhook brought, and what one brought while we could not save it. */
  async function fetchMissed(): Promise<void> {
    const unsavedSince = deps.inbox.missedSince();
    const sinces = [missedSince, unsavedSince && new Date(unsavedSince.getTime() - countedMs)];
    const known = sinces.filter((since) => since !== undefined).map((since) => since.getTime());
    if (known.length === 0) return;
    const begunAt = clock.now();
    const caughtUp = await catchUp(deps, { since: new Date(Math.min(...known)), botPersonId: deps.botPersonId() });
    meter.count(caughtUpTotal, {}, caughtUp);
    missedSince = undefined;
    deps.inbox.fetched(begunAt);
  }

  async function check(): Promise<void> {
    // Before `settleIn` there is nothing to check.
    if (!last) return;
    try {
      await look();
    } catch (error) {
      if (deps.shutdownSignal.aborted) return;
      if (!(error instanceof WebexUnavailable)) throw error;
      log.warn({ err: error, trackingId: error.trackingId }, 'the webhooks could not be looked after');
    }
  }

  return {
    async settleIn() {
      await noteMissed();
      const { created, updated, deleted } = await reconcileWebhooks(bot, wanted);
      noteStanding(subscriptions.map(() => ({ state: 'active' })));
      const outcome = `${created} created, ${updated} updated, ${deleted} deleted`;
      log.info({ count: subscriptions.length, outcome }, 'webhooks are in place');
    },
    check() {
      checking ??= check().finally(() => {
        checking = undefined;
      });
      return checking;
    },
    standing() {
      if (!last) return { state: 'unknown', checkedAt: undefined, isDeaf: true };
      const isOld = clock.now().getTime() - last.checkedAt.getTime() > knownForMs;
      return isOld ? { ...last, state: 'unknown' } : last;
    },
  };
}
