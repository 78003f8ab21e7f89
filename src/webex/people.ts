// People: who a token belongs to, and who is behind a person id.

import { z } from 'zod';
import type { WebexClient } from './client.ts';
import { listOf, someText, unused, webexId } from './shapes.ts';

const personSchema = z.object({
  id: webexId,
  /** Empty where Webex did not say. */
  emails: z.array(someText).default([]),
  displayName: someText.optional(),
  /** For a partner's administrator, the partner's organization, not the customer's. Absent where Webex did not say. */
  orgId: webexId.optional(),
  /** `person`, `bot` or `appuser`. */
  type: someText.optional(),
  /** Ids of roles; shown to administrators of the person's organization alone. */
  roles: z.array(webexId).optional(),
  ...unused(
    'userName',
    'nickName',
    'firstName',
    'lastName',
    'avatar',
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
  const { items } = await client.get('/people', { query: { email } }, listOf(personSchema));
  return items;
}
