// Brings our webhooks at Webex in line with what we want. Ours are known by their name; others are left alone.

import { z } from 'zod';
import type { WebexClient } from './client.ts';
import { collect } from './collect.ts';
import { WebexRefused } from './errors.ts';
import { unused, webexId } from './shapes.ts';

const webhookSchema = z.object({
  id: webexId,
  // A stranger's webhook may lack anything. It is left alone all the same.
  name: z.string().optional(),
  targetUrl: z.string().optional(),
  resource: z.string().optional(),
  event: z.string().optional(),
  filter: z.string().optional(),
  secret: z.string().optional(),
  /** `active`, or `inactive` once Webex has disabled it after 100 failed deliveries in 5 minutes. Absent: Webex did not say that it is disabled. */
  status: z.string().optional(),
  ...unused('created', 'ownedBy', 'orgId', 'createdBy', 'appId'),
});
export type Webhook = z.infer<typeof webhookSchema>;

/** The events that a webhook sends, such as `messages` and `created`. */
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
  // Webex may not show the secret: then it is written each time.
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
  const plan = planWebhooks(await listWebhooks(client), wanted);
  for (const subscription of plan.create) await createWebhook(client, wanted, subscription);
  for (const { id } of plan.update) await activateWebhook(client, wanted, id);
  for (const { id } of plan.delete) await deleteIfThere(client, id);
  return {
    created: plan.create.length,
    updated: plan.update.length,
    deleted: plan.delete.length,
    kept: plan.keep.length,
  };
}

const listWebhooks = (client: WebexClient): Promise<Webhook[]> =>
  collect(client.list('/webhooks', { query: { max: 100 } }, webhookSchema));

/** Adds one of the wanted webhooks; Webex makes it active at once. */
export async function createWebhook(
  client: WebexClient,
  { name, targetUrl, secret }: WantedWebhooks,
  { resource, event }: Subscription,
): Promise<void> {
  await client.post('/webhooks', { body: { name, targetUrl, secret, resource, event } }, webhookSchema);
}

/** Sets target and secret, and wakes the webhook where Webex has disabled it (webhooks guide: PUT with `status`). */
export async function activateWebhook(
  client: WebexClient,
  { name, targetUrl, secret }: WantedWebhooks,
  id: string,
): Promise<void> {
  const body = { name, targetUrl, secret, status: 'active' };
  await client.put('/webhooks/{id}', { params: { id }, body }, webhookSchema);
}

/** `elsewhere`: it delivers to another address, so another service uses the same bot. */
export type WebhookState = 'active' | 'disabled' | 'missing' | 'elsewhere';

export interface StandingWebhook extends Subscription {
  state: WebhookState;
  /** Absent where it is missing. */
  id: string | undefined;
}

/** How each of the wanted webhooks stands at Webex. */
export async function readStanding(client: WebexClient, wanted: WantedWebhooks): Promise<StandingWebhook[]> {
  return judgeStanding(await listWebhooks(client), wanted);
}

/** Judges what `readStanding` has read. Of several webhooks for the same events the best one counts. */
export function judgeStanding(existing: readonly Webhook[], wanted: WantedWebhooks): StandingWebhook[] {
  return wanted.wanted.map(({ resource, event }) => {
    const fitting = existing.filter(
      (it) => it.name === wanted.name && it.resource === resource && it.event === event && !it.filter,
    );
    const here = fitting.filter((webhook) => webhook.targetUrl === wanted.targetUrl);
    const active = here.find(({ status = 'active' }) => status === 'active');
    const best = active ?? here[0] ?? fitting[0];
    return { resource, event, id: best?.id, state: stateOf(best, here) };
  });
}

function stateOf(webhook: Webhook | undefined, here: readonly Webhook[]): WebhookState {
  if (!webhook) return 'missing';
  if (!here.includes(webhook)) return 'elsewhere';
  return (webhook.status ?? 'active') === 'active' ? 'active' : 'disabled';
}

/** Another replica that starts at the same time may have deleted it already. */
async function deleteIfThere(client: WebexClient, id: string): Promise<void> {
  try {
    await client.delete('/webhooks/{id}', { params: { id } });
  } catch (error) {
    if (!(error instanceof WebexRefused && (error.status === 404 || error.status === 410))) throw error;
  }
}
