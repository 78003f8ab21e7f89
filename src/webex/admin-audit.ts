// Control Hub's admin audit: what administrators did in an organization, and to whom.

import { z } from 'zod';
import type { WebexClient } from './client.ts';
import { instant, listOf, someText, unused } from './shapes.ts';

/** Everything may be absent: an event that cannot be read must still count, since pages are counted by their events. */
const eventSchema = z.object({
  id: someText.optional(),
  created: instant.optional(),
  actorId: someText.optional(),
  data: z
    .object({
      actorName: someText.optional(),
      actorEmail: someText.optional(),
      /** `EventCategory.USERS`, or `USERS` alone. */
      eventCategory: someText.optional(),
      eventDescription: someText.optional(),
      /** A sentence, such as `Joe Smith logged into organization Acme Inc.` */
      actionText: someText.optional(),
      targetId: someText.optional(),
      targetName: someText.optional(),
      ...unused('actorOrgName', 'actorIp', 'actorUserAgent', 'adminRoles', 'trackingId', 'targetType', 'targetOrgId'),
      ...unused('targetOrgName', 'errorCode', 'errorMessage'),
    })
    .optional(),
  ...unused('actorOrgId'),
});

export type AdminEvent = z.infer<typeof eventSchema>;

/** The most that Webex gives at once (OpenAPI, GET /adminAudit/events). */
const pageSize = 200;
/** More than this many a read are not wanted: what ended a grant is among the newest. */
const mostPages = 25;

/**
 * The events of an organization, by the API's base64 id, from the newest on as far as Webex sorts them so (OpenAPI, GET /adminAudit/events). No Link header is
 * documented, so the pages are asked for by offset. Between `from` and `to` may lie a year at most. Official pages name no scope: a 403 means that the scope
 * `audit:events_read` or a role is missing.
 */
export async function* adminEvents(
  client: WebexClient,
  webexOrgId: string,
  { from, to }: { from: Date; to: Date },
): AsyncGenerator<AdminEvent> {
  const period = { from: from.toISOString(), to: to.toISOString() };
  for (let page = 0; page < mostPages; page++) {
    const query = { orgId: webexOrgId, ...period, max: pageSize, offset: page * pageSize };
    const { items } = await client.get('/adminAudit/events', { query }, listOf(eventSchema));
    yield* items;
    if (items.length < pageSize) return;
  }
}
