// Keeps our webhooks at Webex as they should be. Ours are known by their name; everybody else's are left alone.

import { z } from 'zod';
import { WebexRefused } from '../domain/errors.ts';
import type { WebexClient } from './client.ts';
import { collect } from './collect.ts';
import { unused } from './shapes.ts';

const webhookSchema = z.object({
  id: z.string(),
  name: z.string(),
  targetUrl: z.string(),
  resource: z.string(),
  event: z.string(),
  filter: z.string().optional(),
  secret: z.string().optional(),
  /** `active`, or `inactive` once Webex has disabled it after 100 failed deliveries in 5 minutes. */
  status: z.string().optional(),
  ...unused('created', 'ownedBy', 'orgId', 'createdBy', 'appId'),
});
export type Webhook = z.infer<typeof webhookSchema>;

/** What a webhook tells of, such as `messages` and `created`. */
export interface Subscription {
  resource: string;
  event: string;
}

export interface WantedWebhooks {
  name: string;
  targetUrl: string;
  secret: string;
  wanted: readonly Subscription[];
}

export interface WebhookPlan {
  create: Subscription[];
  /** Changed in place to the wanted target and secret, and made active again. */
  update: Webhook[];
  delete: Webhook[];
  keep: Webhook[];
}

/** Decides what must be done. A webhook with a filter is outdated: Webex cannot change a filter, and ours have none. */
export function planWebhooks(existing: readonly Webhook[], wanted: WantedWebhooks): WebhookPlan {
  const plan: WebhookPlan = { create: [], update: [], delete: [], keep: [] };
  const ours = existing.filter((webhook) => webhook.name === wanted.name);
  // Where Webex does not show the secret, only writing it makes sure of it.
  const isRight = (webhook: Webhook) =>
    webhook.targetUrl === wanted.targetUrl && webhook.secret === wanted.secret && webhook.status === 'active';
  const chosen = new Set<Webhook>();
  for (const { resource, event } of wanted.wanted) {
    const fitting = ours.filter((it) => it.resource === resource && it.event === event && !it.filter);
    const best = fitting.find(isRight) ?? fitting[0];
    if (best === undefined) {
      plan.create.push({ resource, event });
    } else {
      chosen.add(best);
      (isRight(best) ? plan.keep : plan.update).push(best);
    }
  }
  plan.delete = ours.filter((webhook) => !chosen.has(webhook));
  return plan;
}

/**
 * Brings Webex's webhooks in line and returns how many were created, updated, deleted and kept (counts, because a webhook holds
 * its secret). Deletes last, so that events are never without a webhook.
 */
export async function reconcileWebhooks(
  client: WebexClient,
  wanted: WantedWebhooks,
): Promise<{ created: number; updated: number; deleted: number; kept: number }> {
  const { name, targetUrl, secret } = wanted;
  const existing = await collect(client.list('/webhooks', { query: { max: 100 } }, webhookSchema));
  const plan = planWebhooks(existing, wanted);
  for (const subscription of plan.create) {
    await client.post('/webhooks', { body: { name, targetUrl, secret, ...subscription } }, webhookSchema);
  }
  for (const { id } of plan.update) {
    const body = { name, targetUrl, secret, status: 'active' };
    await client.put('/webhooks/{id}', { params: { id }, body }, webhookSchema);
  }
  for (const { id } of plan.delete) await deleteIfThere(client, id);
  return {
    created: plan.create.length,
    updated: plan.update.length,
    deleted: plan.delete.length,
    kept: plan.keep.length,
  };
}

/** Another replica that starts at the same time may have deleted it already. */
async function deleteIfThere(client: WebexClient, id: string): Promise<void> {
  try {
    await client.delete('/webhooks/{id}', { params: { id } });
  } catch (error) {
    if (!(error instanceof WebexRefused && error.code === 'http_404')) throw error;
  }
}
