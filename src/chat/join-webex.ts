// Takes the bot's place in Webex at the start: who am I, our webhooks as they should be, and a greeting for spaces joined while we were away.

import type { Clock } from '../domain/clock.ts';
import { WebexUnavailable } from '../domain/errors.ts';
import type { Log } from '../log.ts';
import type { WebexClient } from '../webex/client.ts';
import { firstMemberships } from '../webex/memberships.ts';
import type { Person } from '../webex/people.ts';
import { reconcileWebhooks } from '../webex/webhooks.ts';
import type { Envelope } from './inbox.ts';

/** By this name we know our webhooks; others' are left alone. */
export const webhookName = 'Hubkeeper';
export const webhookPath = '/webhooks/webex';

const wanted = [
  { resource: 'messages', event: 'created' },
  { resource: 'attachmentActions', event: 'created' },
  { resource: 'memberships', event: 'created' },
  { resource: 'memberships', event: 'deleted' },
];

/** An older membership than this is not greeted: the bot was there before, whatever our store remembers. */
const newMembershipMs = 60 * 60_000;
const retryMs = 15_000;

export interface JoinDeps {
  bot: WebexClient;
  clock: Clock;
  log: Log;
  publicUrl: string;
  webhookSecret: string;
  /** Feeds an event into the inbox, as if the webhook had brought it. */
  accept(envelope: Envelope): Promise<void>;
}

/**
 * Asks Webex until it has answered: an outage there must not keep the program from starting.
 * @throws WebexRefused where Webex does not know the bot's token, or forbids what a bot may do; the signal's reason when it aborts
 */
export async function askUntilAnswered<T>(
  { clock, log }: Pick<JoinDeps, 'clock' | 'log'>,
  ask: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof WebexUnavailable)) throw error;
      log.warn({ err: error }, 'Webex does not answer; asking again');
      await clock.sleep(retryMs, signal);
    }
  }
}

/** Brings our webhooks in line, then looks for spaces whose news we missed. */
export async function settleIn(
  { bot, clock, log, publicUrl, webhookSecret, accept }: JoinDeps,
  me: Person,
): Promise<void> {
  const targetUrl = `${publicUrl}${webhookPath}`;
  const done = await reconcileWebhooks(bot, { name: webhookName, targetUrl, secret: webhookSecret, wanted });
  log.info(
    {
      count: wanted.length,
      outcome: `${done.created} created, ${done.updated} updated, ${done.deleted} deleted`,
    },
    'webhooks are in place',
  );
  const since = clock.now().getTime() - newMembershipMs;
  for (const membership of await firstMemberships(bot)) {
    if ((membership.created?.getTime() ?? 0) < since) continue;
    await accept({
      resource: 'memberships',
      event: 'created',
      data: { id: membership.id, roomId: membership.roomId, personId: me.id, created: membership.created },
    });
  }
}
