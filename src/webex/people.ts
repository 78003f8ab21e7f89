// People: who a token belongs to, and who is behind a person id.

import { z } from 'zod';
import type { WebexClient } from './client.ts';
import { unused } from './shapes.ts';

const personSchema = z.object({
  id: z.string(),
  emails: z.array(z.string()),
  displayName: z.string().optional(),
  /** For a partner's administrator, the partner's organization, not the customer's. */
  orgId: z.string(),
  /** `person`, `bot` or `appuser`. */
  type: z.string().optional(),
  ...unused(
    'userName',
    'nickName',
    'firstName',
    'lastName',
    'avatar',
    'roles',
    'licenses',
    'created',
    'lastModified',
    'timezone',
  ),
  ...unused('lastActivity', 'siteUrls', 'sipAddresses', 'xmppFederationJid', 'status', 'invitePending', 'loginEnabled'),
  ...unused('phoneNumbers', 'extension', 'locationId', 'department', 'manager', 'managerId', 'title', 'addresses'),
});
export type Person = z.infer<typeof personSchema>;

/** The person or bot whose token the client carries. */
export function readMe(client: WebexClient): Promise<Person> {
  return client.get('/people/me', {}, personSchema);
}

/** Who is behind a person id. */
export function readPerson(client: WebexClient, id: string): Promise<Person> {
  return client.get('/people/{id}', { params: { id } }, personSchema);
}

/** The people with this e-mail; any token may look for a whole one (OpenAPI, GET /people). */
export async function peopleOf(client: WebexClient, email: string): Promise<Person[]> {
  const { items } = await client.get('/people', { query: { email } }, z.object({ items: z.array(personSchema) }));
  return items;
}
