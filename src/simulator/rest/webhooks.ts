// /webhooks: a caller's own registrations. What is watched cannot be changed afterwards; a switched-off one can be switched on again.

import { z } from 'zod';
import { webexId } from '../ids.ts';
import type { Parts } from '../parts.ts';
import type { Webhook } from '../world.ts';
import { membershipIn } from './access.ts';
import { badRequest, type Caller, forbidden, jsonBody, noContent, notFound, ok, page, type Route } from './answer.ts';

type Deps = Pick<Parts, 'world' | 'now' | 'happened'>;

/** Webhooks that one person or bot may have. */
const WEBHOOK_LIMIT = 30_000;

/** What can be watched, the scope it needs, and the names that its filter takes. `seenWith`: the scope without which such a webhook is not shown. */
const WATCHABLE: Record<string, { events: string[]; scope: string; filters: string[]; seenWith?: string }> = {
  messages: {
    events: ['created', 'updated', 'deleted'],
    scope: 'spark:messages_read',
    filters: ['roomId', 'roomType', 'personId', 'personEmail', 'mentionedPeople', 'hasFiles'],
  },
  memberships: {
    events: ['created', 'updated', 'deleted'],
    scope: 'spark:memberships_read',
    filters: ['roomId', 'personId', 'personEmail', 'isModerator'],
  },
  rooms: { events: ['created', 'updated', 'migrated'], scope: 'spark:rooms_read', filters: ['type', 'isLocked'] },
  attachmentActions: { events: ['created'], scope: 'spark:messages_read', filters: ['roomId', 'personId'] },
  serviceApp: {
    events: ['authorized', 'deauthorized'],
    scope: 'application:webhooks_write',
    seenWith: 'application:webhooks_read',
    filters: ['id', 'friendlyName', 'trainSiteNames', 'adminTrainSiteName'],
  },
  all: { events: [], scope: 'spark:messages_read', filters: [] },
};

const TargetUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });
const Name = z.string().min(1, 'must not be empty');
const NewWebhook = z.object({
  name: Name,
  targetUrl: TargetUrl,
  resource: z.string(),
  event: z.string(),
  filter: z.string().optional(),
  secret: z.string().optional(),
});
const ChangedWebhook = z.object({
  name: Name,
  targetUrl: TargetUrl,
  secret: z.string().optional(),
  status: z.literal('active', { error: 'must be active: a webhook cannot be switched off' }).optional(),
  resource: z.string().optional(),
  event: z.string().optional(),
  filter: z.string().optional(),
});

export function webhookRoutes(deps: Deps): Route[] {
  const { world } = deps;
  const saved = (webhook: Webhook) => {
    world.webhooks.set(webhook.id, webhook);
    deps.happened({ resource: 'simulator', event: 'webhooks' });
    return ok(view(webhook));
  };
  function own(caller: Caller, id = ''): Webhook {
    const webhook = world.webhooks.get(id);
    if (webhook === undefined || !isShown(caller, webhook))
      throw notFound('Could not find a webhook with provided ID.');
    return webhook;
  }
  const ownAll = (caller: Caller) => [...world.webhooks.values()].filter((webhook) => isShown(caller, webhook));

  return [
    {
      method: 'POST',
      path: '/webhooks',
      scopes: [],
      handle(caller, call) {
        const body = jsonBody(NewWebhook, call);
        checkWatched(deps, caller, body);
        if (ownAll(caller).length >= WEBHOOK_LIMIT) throw badRequest(`A person may have ${WEBHOOK_LIMIT} webhooks.`);
        const { filter, secret, ...rest } = body;
        return saved({
          id: webexId('WEBHOOK'),
          ...rest,
          ...(filter ? { filter } : {}),
          ...(secret ? { secret } : {}),
          status: 'active',
          created: deps.now().toISOString(),
          creatorId: caller.person.id,
          failedAt: [],
        });
      },
    },
    {
      method: 'GET',
      path: '/webhooks',
      scopes: [],
      handle: (caller, call) => page(call, ownAll(caller).map(view), { usual: 100, most: 100 }),
    },
    {
      method: 'GET',
      path: '/webhooks/{webhookId}',
      scopes: [],
      handle: (caller, call) => ok(view(own(caller, call.params['webhookId']))),
    },
    {
      method: 'PUT',
      path: '/webhooks/{webhookId}',
      scopes: [],
      handle(caller, call) {
        const webhook = own(caller, call.params['webhookId']);
        const body = jsonBody(ChangedWebhook, call);
        for (const field of ['resource', 'event', 'filter'] as const) {
          if (body[field] !== undefined && body[field] !== webhook[field]) {
            throw badRequest(`${field}: cannot be changed; delete the webhook and create another`);
          }
        }
        return saved({
          ...webhook,
          name: body.name,
          targetUrl: body.targetUrl,
          ...(body.secret === undefined ? {} : { secret: body.secret }),
          ...(body.status === undefined ? {} : { status: body.status }),
        });
      },
    },
    {
      method: 'DELETE',
      path: '/webhooks/{webhookId}',
      scopes: [],
      handle(caller, call) {
        world.webhooks.delete(own(caller, call.params['webhookId']).id);
        deps.happened({ resource: 'simulator', event: 'webhooks' });
        return noContent();
      },
    },
  ];
}

function isShown(caller: Caller, { creatorId, resource }: Webhook): boolean {
  const seenWith = WATCHABLE[resource]?.seenWith;
  return creatorId === caller.person.id && (seenWith === undefined || caller.authorization.scopes.includes(seenWith));
}

function checkWatched(deps: Deps, caller: Caller, body: z.output<typeof NewWebhook>): void {
  const watchable = Object.hasOwn(WATCHABLE, body.resource) ? WATCHABLE[body.resource] : undefined;
  if (watchable === undefined) throw badRequest(`resource: must be one of ${Object.keys(WATCHABLE).join(', ')}`);
  if (body.event !== 'all' && !watchable.events.includes(body.event)) {
    throw badRequest(`event: must be one of ${[...watchable.events, 'all'].join(', ')} for ${body.resource}`);
  }
  for (const [name, value] of new URLSearchParams(body.filter ?? '')) {
    if (!watchable.filters.includes(name) || value === '')
      throw badRequest(`filter: ${name} cannot be used for ${body.resource}`);
    // Nobody watches a room from outside.
    if (name === 'roomId') membershipIn(deps, caller, value);
  }
  if (!caller.authorization.scopes.includes(watchable.scope)) throw forbidden();
}

function view(webhook: Webhook): Record<string, unknown> {
  const { creatorId: _creatorId, failedAt: _failedAt, ...rest } = webhook;
  return { ...rest, ownedBy: 'creator' };
}
