// What is counted of our webhooks.

import { counter, gauge } from '../lib/metrics.ts';

export const webhooksByState = gauge(
  'hubkeeper_webhooks',
  "Our webhooks by their state at Webex's last answer (active, disabled, missing, elsewhere).",
  ['state'],
);

export const healedTotal = counter(
  'hubkeeper_webhooks_healed_total',
  'Webhooks that were activated or created again while the service ran.',
  ['how'],
);

export const caughtUpTotal = counter(
  'hubkeeper_messages_caught_up_total',
  'Messages that no webhook had brought and that were fetched.',
);
