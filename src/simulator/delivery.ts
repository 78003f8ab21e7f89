// Sends what happens to the webhooks that watch for it, signed as Webex signs, and switches off those that keep failing.

import { createHmac } from 'node:crypto';
import type { Happening, Parts } from './parts.ts';
import { mayRead } from './rest/access.ts';
import type { Person, Webhook, World } from './world.ts';

/** Webex's rules: wait this long for an answer; switch off after so many failures within the window. */
const DELIVERY_TIMEOUT_MS = 15_000;
export const FAILURE_LIMIT = 100;
const FAILURE_WINDOW_MS = 5 * 60_000;

type Deps = Pick<Parts, 'world' | 'now' | 'happened'>;

export interface Delivery {
  /** Sends `happening` to whoever watches for it; returns at once. */
  send(happening: Happening): void;
  /** Cuts off what is under way. */
  stop(): Promise<void>;
}

interface WebexEvent {
  resource: string;
  event: string;
  actorId: string;
  data: Record<string, unknown>;
  /** Where it happened, for what happens in other organizations than the creator's. */
  orgId?: string;
  /** Whether Webex tells the creator of a webhook of it. */
  visibleTo(person: Person): boolean;
}

export function createDelivery(deps: Deps): Delivery {
  /** What is under way, each with the way to cut it off. */
  const underWay = new Map<Promise<void>, AbortController>();
  let stopped = false;

  async function deliver(webhook: Webhook, event: WebexEvent, creator: Person, cut: AbortController): Promise<void> {
    const body = JSON.stringify(envelope(deps.world, webhook, event, creator));
    // A timer of our own: AbortSignal.any and AbortSignal.timeout cost a good part of the whole delivery.
    const timer = setTimeout(() => cut.abort(), DELIVERY_TIMEOUT_MS);
    const delivered = await post(webhook, body, deps.world, cut.signal);
    clearTimeout(timer);
    if (!delivered && !stopped) countFailure(deps, webhook.id);
  }

  return {
    send(happening) {
      const event = webexEvent(happening);
      if (event === undefined || stopped) return;
      for (const webhook of deps.world.webhooks.values()) {
        const creator = deps.world.people.get(webhook.creatorId);
        if (creator === undefined || creator.deleted || webhook.status !== 'active') continue;
        if (!watches(webhook, event) || !event.visibleTo(creator) || !passes(webhook, event, creator)) continue;
        const cut = new AbortController();
        const sending = deliver(webhook, event, creator, cut).finally(() => underWay.delete(sending));
        underWay.set(sending, cut);
      }
    },
    async stop() {
      stopped = true;
      for (const cut of underWay.values()) cut.abort();
      await Promise.allSettled(underWay.keys());
    },
  };

  function webexEvent(happening: Happening): WebexEvent | undefined {
    const inRoom = (roomId: string) => (person: Person) =>
      [...deps.world.memberships.values()].some((one) => one.roomId === roomId && one.personId === person.id);
    switch (happening.resource) {
      case 'messages': {
        const { id, roomId, roomType, personId, personEmail, mentionedPeople, files, created, parentId } =
          happening.message;
        const data = {
          id,
          roomId,
          roomType,
          ...(parentId === undefined ? {} : { parentId }),
          personId,
          personEmail,
          ...(mentionedPeople.length > 0 ? { mentionedPeople } : {}),
          ...(files.length > 0 ? { files: files.map((file) => file.id) } : {}),
          created,
        };
        return { ...happening, data, visibleTo: (person) => mayRead(deps, person, happening.message) };
      }
      case 'memberships': {
        const { membership } = happening;
        const visibleTo = (person: Person) => membership.personId === person.id || inRoom(membership.roomId)(person);
        return { ...happening, data: { ...membership }, visibleTo };
      }
      case 'rooms':
        return { ...happening, data: { ...happening.room }, visibleTo: inRoom(happening.room.id) };
      case 'attachmentActions': {
        const { inputs: _inputs, senderId, ...data } = happening.action;
        return { ...happening, data, visibleTo: (person) => person.id === senderId };
      }
      case 'serviceApp': {
        const { app, orgId } = happening;
        const data = { id: app.id, applicationId: app.id, orgId };
        return { ...happening, data, visibleTo: (person) => person.orgId === app.orgId };
      }
      default:
        return undefined;
    }
  }
}

function watches(webhook: Webhook, { resource, event }: WebexEvent): boolean {
  // The "all" webhook tells of everything but attachment actions and service apps, which need one of their own.
  const isInAll = resource !== 'attachmentActions' && resource !== 'serviceApp';
  const resourceMatches = webhook.resource === 'all' ? isInAll : webhook.resource === resource;
  return resourceMatches && (webhook.event === 'all' || webhook.event === event);
}

function passes(webhook: Webhook, { data }: WebexEvent, creator: Person): boolean {
  return [...new URLSearchParams(webhook.filter ?? '')].every(([name, value]) => {
    if (name === 'hasFiles') return String('files' in data) === value;
    const wanted = value === 'me' ? creator.id : value;
    const actual = data[name];
    return Array.isArray(actual) ? actual.includes(wanted) : String(actual) === wanted;
  });
}

function envelope(world: World, webhook: Webhook, event: WebexEvent, creator: Person): Record<string, unknown> {
  return {
    id: webhook.id,
    name: webhook.name,
    targetUrl: webhook.targetUrl,
    resource: event.resource,
    event: event.event,
    ...(webhook.filter === undefined ? {} : { filter: webhook.filter }),
    orgId: event.orgId ?? creator.orgId,
    createdBy: creator.id,
    appId: world.integration.applicationId,
    ownedBy: 'creator',
    status: webhook.status,
    created: webhook.created,
    actorId: event.actorId,
    data: event.data,
  };
}

async function post(webhook: Webhook, body: string, world: World, signal: AbortSignal): Promise<boolean> {
  const signature = (algorithm: 'sha1' | 'sha256') =>
    createHmac(algorithm, webhook.secret ?? '')
      .update(body)
      .digest('hex');
  const headers = new Headers({ 'Content-Type': 'application/json; charset=UTF-8' });
  if (webhook.secret !== undefined) {
    headers.set('X-Spark-Signature', signature('sha1'));
    if (world.switches.sha256Signature === 'sent') headers.set('X-Webex-Signature', signature('sha256'));
  }
  try {
    const response = await fetch(webhook.targetUrl, { method: 'POST', headers, body, signal, redirect: 'manual' });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    // Nobody listens, or not in time: a failed delivery, which is what the caller counts.
    return false;
  }
}

function countFailure(deps: Deps, webhookId: string): void {
  const webhook = deps.world.webhooks.get(webhookId);
  if (webhook === undefined) return;
  const now = deps.now();
  const since = now.getTime() - FAILURE_WINDOW_MS;
  // Failures are not forgotten when the webhook is switched on again, so that within the window the next single one switches it off.
  const failedAt = [...webhook.failedAt.filter((at) => Date.parse(at) > since), now.toISOString()].slice(
    -FAILURE_LIMIT,
  );
  const status = failedAt.length >= FAILURE_LIMIT ? 'inactive' : webhook.status;
  deps.world.webhooks.set(webhookId, { ...webhook, failedAt, status });
  deps.happened({ resource: 'simulator', event: 'webhooks' });
}
