// Where Webex delivers its events. They go into the inbox, and are handled once they are acknowledged.

import { route } from '../http/route.ts';
import { type WebhookDeps, webhookHandlers, webhookPath } from '../http/webhook.ts';
import type { InFlight } from '../lib/in-flight.ts';
import { readReply } from '../webex/reply.ts';
import { envelopeSchema, type Inbox } from './inbox.ts';

interface Deps extends Pick<WebhookDeps, 'log'> {
  webex: { webhookSecret: string };
  inbox: Inbox;
  inFlight: InFlight;
}

/** Has no rate limit: Webex delivers for all spaces from few addresses, and the signature is checked before anything else. */
export const webhookRoute = route<Deps>({
  path: webhookPath,
  methods: ['POST'],
  isRoutine: true,
  handle: ({ webex: { webhookSecret }, inbox, inFlight, log }) =>
    webhookHandlers({ webhookSecret, log }, async (body) => {
      const envelope = readReply(body, envelopeSchema, false);
      if ('problem' in envelope) {
        log.warn({ reason: envelope.problem }, 'a delivery of Webex is no event that we know');
        return;
      }
      const handle = await inbox.accept(envelope.value);
      if (handle) {
        const handled = inFlight.follow(handle());
        handled.catch((error: unknown) => log.error({ err: error }, 'an event was left to the job engine'));
      }
    }),
});
