// Grants as Webex keeps them: which grants a person gave, how to revoke one, and when the calling token ends.

import { z } from 'zod';
import type { WebexClient } from './client.ts';
import { collect } from './collect.ts';
import { isSameId } from './ids.ts';
import { instant, someText, unused, webexId } from './shapes.ts';

const authorizationSchema = z.object({
  id: webexId,
  clientId: someText,
  personId: webexId.optional(),
  /** `refresh` or `access`. */
  type: someText.optional(),
  created: instant.optional(),
  ...unused('applicationId', 'applicationName'),
});
export type Authorization = z.infer<typeof authorizationSchema>;

const tokenExpirySchema = z.object({ exp: z.number().min(0).max(8.64e15) });

/** The grants that this person gave: what Webex lists without that person's id is left out. Needs the scope `identity:tokens_read`. */
export async function listAuthorizations(
  client: WebexClient,
  { personId }: { personId: string },
): Promise<Authorization[]> {
  const all = await collect(client.list('/authorizations', { query: { personId } }, authorizationSchema));
  return all.filter((one) => isOf(one, personId));
}

/**
 * Revokes one grant and no other; needs `identity:tokens_write`. With a refresh token, the access tokens made from it end too
 * (OpenAPI, DELETE /authorizations/{authorizationId}).
 * @param authorization as Webex listed it. One that another person gave may be what a rightful connection lives on: it is never revoked, and throws.
 */
export async function deleteAuthorization(
  client: WebexClient,
  authorization: Pick<Authorization, 'id' | 'personId'>,
  { personId }: { personId: string },
): Promise<void> {
  if (!isOf(authorization, personId)) throw new Error('a grant of another person was to be revoked');
  await client.delete('/authorizations/{id}', { params: { id: authorization.id } });
}

const isOf = (authorization: Pick<Authorization, 'personId'>, personId: string): boolean =>
  authorization.personId !== undefined && isSameId(authorization.personId, personId);

/** When the client's own access token ends: the cheapest probe of a grant. */
export async function readTokenExpiry(client: WebexClient): Promise<Date> {
  const { exp } = await client.get('/authorizations/tokenExpiry', {}, tokenExpirySchema);
  return new Date(exp);
}
