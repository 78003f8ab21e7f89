// People: who a token belongs to, and who is behind a person id.

import { z } from 'zod';
import type { ListPage, WebexClient } from './client.ts';
import { instant, listOf, someText, unused, webexId } from './shapes.ts';

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

/** A page of people. Webex names ids that it was asked for and does not know; we ask for none. */
const peoplePage = <T>(person: z.ZodType<T>) => listOf(person).extend(unused('notFoundIds'));

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
  const { items } = await client.get('/people', { query: { email } }, peoplePage(personSchema));
  return items;
}

const memberSchema = z.object({
  id: webexId,
  displayName: someText.optional(),
  /** Ids; Webex's own examples join several in one text. */
  licenses: z
    .array(someText)
    .transform((ids) => ids.flatMap((id) => id.split(',')).map((id) => id.trim()))
    .optional(),
  locationId: webexId.optional(),
  /** Documented as text, which reads alike. */
  invitePending: z.boolean().optional(),
  loginEnabled: z.boolean().optional(),
  /** When somebody has last changed the person. */
  lastModified: instant.optional(),
  type: someText.optional(),
  ...unused('emails', 'orgId', 'userName', 'nickName', 'firstName', 'lastName', 'avatar', 'roles', 'created'),
  ...unused('timezone', 'lastActivity', 'siteUrls', 'sipAddresses', 'xmppFederationJid', 'status'),
  ...unused('phoneNumbers', 'extension', 'department', 'manager', 'managerId', 'title', 'addresses'),
});
/** Somebody of an organization, with what administrators alone see. */
export type Member = z.infer<typeof memberSchema>;

/** As many as a page may hold. Where Webex allows fewer it gives fewer, and a link to the rest. */
const membersPerPage = 1_000;

/**
 * A page of an organization's people, by the API's base64 id of the organization (OpenAPI, GET /people; scope `spark-admin:people_read`). `from`: what the
 * page before has named as next; null for the first page. Webex leaves out who somebody is at the moment: asking for that is what it throttles.
 */
export function membersPage(
  client: WebexClient,
  webexOrgId: string,
  from: string | null,
): Promise<ListPage<{ items: Member[] }>> {
  const query = { orgId: webexOrgId, max: membersPerPage, excludeStatus: true };
  return client.page('/people', { query }, peoplePage(memberSchema), from);
}
