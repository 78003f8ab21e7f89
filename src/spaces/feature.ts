// The bot's spaces: their joining and leaving, the greeting, and the watch over the webhooks.

import { purgeSpaces } from '../chat/space.store.ts';
import type { Feature } from '../feature.ts';
import { onceFor } from '../lib/once-for.ts';
import type { Parts } from '../parts.ts';
import { askUntilAnswered } from '../webex/ask-until-answered.ts';
import { createSpaces } from './framework.ts';
import { greetingRenderer } from './greeting.render.ts';
import { joinedHandler, leftHandler } from './memberships.ts';
import { outsiderRenderer } from './outsider.render.ts';
import { readAlong } from './read-along.command.ts';
import { caughtUpTotal, healedTotal, webhooksByState } from './webhook-metrics.ts';
import { createWebhookWatch } from './webhook-watch.ts';

/** The framework of one running service. */
const frameworkOf = onceFor(({ webex, publicUrl, log, webexTimeouts }: Parts) =>
  createSpaces({ ...webex, publicUrl, log, timeoutMs: webexTimeouts?.budgetMs }),
);

/** The watch over the webhooks of one running service. */
export const webhookWatchOf = onceFor((parts: Parts) =>
  createWebhookWatch({
    ...parts,
    bot: parts.bot.until(parts.shutdownSignal),
    webhookSecret: parts.webex.webhookSecret,
    async feed(envelope) {
      const handle = await parts.inbox.accept(envelope);
      await handle?.();
      return handle !== undefined;
    },
  }),
);

export const spaces: Feature = {
  events: (parts) => [joinedHandler(frameworkOf(parts)), leftHandler(frameworkOf(parts))],
  commands: [readAlong],
  notices: [greetingRenderer, outsiderRenderer],
  schedules: [
    {
      job: 'webhooks',
      pattern: ({ schedules }) => schedules.webhooks,
      run: (parts) => webhookWatchOf(parts).check(),
    },
  ],
  retention: [{ what: 'spaces', days: 30, purge: purgeSpaces }],
  metrics: [webhooksByState, healedTotal, caughtUpTotal],
  async start(parts) {
    const { settleIn, check } = webhookWatchOf(parts);
    await askUntilAnswered(parts, settleIn, parts.shutdownSignal);
    // Not awaited: missed messages are answered beside new ones.
    const checking = parts.inFlight.follow(check());
    checking.catch((error: unknown) => parts.log.error({ err: error }, 'what was missed could not be caught up'));
  },
  stop: (parts) => frameworkOf(parts).stop(),
};
