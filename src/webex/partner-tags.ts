// The tags that a partner has given its customers in Partner Hub.

import { z } from 'zod';
import type { WebexClient } from './client.ts';
import { someText, unused, webexId } from './shapes.ts';

/** An answer is a list without a wrapping object (OpenAPI webex-admin, GET /partner/tags). */
const tagsSchema = z.array(z.object({ name: someText, ...unused('description') }));
const taggedSchema = z.array(z.object({ orgId: webexId, tags: z.array(someText).catch([]), ...unused('orgName') }));

/** So many in one question: a tag has up to 25 characters, an organization up to 5 (OpenAPI, assignTags). */
const tagsAtOnce = 20;
const mostPages = 100;

/**
 * The tags of each tagged organization, by the API's id. Untagged ones are left out. Needs `spark-admin:organizations_read` and a role of the partner.
 * @throws WebexRefused, WebexUnavailable
 */
export async function listTagged(client: WebexClient): Promise<ReadonlyMap<string, readonly string[]>> {
  // `type` is required (the same page), although its text names a default.
  const used = await client.get('/partner/tags', { query: { type: 'ORGANIZATION' } }, tagsSchema);
  const names = [...new Set(used.map(({ name }) => name))];
  const tagged = new Map<string, readonly string[]>();
  for (let first = 0; first < names.length; first += tagsAtOnce) {
    const query = { tags: names.slice(first, first + tagsAtOnce).join(','), max: 100 };
    let from: string | null = null;
    for (let number = 0; number < mostPages; number += 1) {
      const page: { value: z.infer<typeof taggedSchema>; next: string | null } = await client.page(
        '/partner/tags/organizations',
        { query },
        taggedSchema,
        from,
      );
      for (const { orgId, tags } of page.value) tagged.set(orgId, tags);
      if (page.next === null) break;
      from = page.next;
    }
  }
  return tagged;
}
