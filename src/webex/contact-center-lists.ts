// The lists of a contact center's configuration: sites, teams, queues and entry points, page by page.

import { z } from 'zod';
import type { WebexClient } from './client.ts';
import type { Collected } from './collect.ts';
import { WebexUnavailable } from './errors.ts';
import { readTolerantly } from './reply.ts';
import { count, someText, webexId } from './shapes.ts';

const itemSchema = z.object({
  id: webexId,
  name: someText,
  /** Whether it is in use. */
  active: z.boolean().optional(),
  teamType: someText.optional(),
  teamStatus: someText.optional(),
  siteId: someText.optional(),
  queueType: someText.optional(),
  entryPointType: someText.optional(),
  channelType: someText.optional(),
  queueRoutingType: someText.optional(),
  routingType: someText.optional(),
});
export type ContactCenterItem = z.infer<typeof itemSchema>;

const pageSchema = z.object({
  meta: z
    .object({ page: count.optional(), pageSize: count.optional(), totalPages: count.optional() })
    .loose()
    .optional(),
  /** An odd item costs itself when it is read; how many there are tells whether the list goes on. */
  data: z
    .array(z.unknown())
    .nullable()
    .transform((items) => items ?? []),
});

/** The lists by the last part of their paths, each with the fields that are asked for. */
const attributes = {
  site: 'id,name,active',
  team: 'id,name,active,teamType,teamStatus,siteId',
  'contact-service-queue': 'id,name,active,queueType,channelType,queueRoutingType,routingType',
  'entry-point': 'id,name,active,entryPointType,channelType',
} as const;

export type ContactCenterList = keyof typeof attributes;

/** More than this is lowered silently to what the server allows. */
const pageSize = 100;
const longestList = 500;

/**
 * All items of a list (OpenAPI, GET /organization/{orgid}/v2/{list}; scope `cjp:config_read`). Pages count from 0, and the answer says how many there are.
 * @param client of the region's base URL
 * @param organizationUuid as Control Hub shows it, not the API's base64 id
 * @throws WebexRefused, WebexUnavailable; `malformed` after 500 pages
 */
export async function listContactCenter(
  client: WebexClient,
  organizationUuid: string,
  list: ContactCenterList,
): Promise<Collected<ContactCenterItem>> {
  const route = `/organization/{orgid}/v2/${list}` as const;
  const items: ContactCenterItem[] = [];
  let unread = 0;
  for (let page = 0; page < longestList; page++) {
    const query = { page, pageSize, attributes: attributes[list] };
    const { meta, data } = await client.get(route, { params: { orgid: organizationUuid }, query }, pageSchema);
    for (const item of data) {
      const reading = readTolerantly(item, itemSchema);
      if ('value' in reading) items.push(reading.value);
      else unread += 1;
    }
    // Without a count of pages, one that is not full is the last.
    const isLast =
      meta?.totalPages === undefined ? data.length < (meta?.pageSize ?? pageSize) : page + 1 >= meta.totalPages;
    if (isLast || data.length === 0) return { items, unread };
  }
  throw new WebexUnavailable(
    `Webex answered GET ${route} with a list that cannot be followed: more than ${longestList} pages.`,
    {
      reason: 'malformed',
      route: `GET ${route}`,
    },
  );
}
