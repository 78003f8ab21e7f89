// Grants as Webex keeps them: which grants a person gave, how to revoke one, and when the calling token ends.

import { z } from 'zod';
import type { WebexClient } from './client.ts';
import { collect } from './collect.ts';
import { instant, unused } from './shapes.ts';

const authorizationSchema = z.object({
  id: z.string(),
  clientId: z.string(),
  personId: z.string().optional(),
  /** `refresh` or `access`. */
  type: z.string().optional(),
  created: instant.optional(),
  ...unused('applicationId', 'applicationName'),
});
export type Authorization = z.infer<typeof authorizationSchema>;

const tokenExpirySchema = z.object({ exp: z.number() });

/** Needs the scope `identity:tokens_read`. */
export function listAuthorizations(client: WebexClient, person: { personId: string }): Promise<Authorization[]> {
  return collect(client.list('/authorizations', { query: { personId: person.personId } }, authorizationSchema));
}

/**
 * Revokes one grant and no other; needs `identity:tokens_write`. With a refresh token, the access tokens made from it end too
 * (OpenAPI, DELETE /authorizations/{authorizationId}).
 */
export function deleteAuthorization(client: WebexClient, id: string): Promise<void> {
  return client.delete('/authorizations/{id}', { params: { id } });
}

/** When the client's own access token ends: the cheapest probe of a grant. */
export async function readTokenExpiry(client: WebexClient): Promise<Date> {
  const { exp } = await client.get('/authorizations/tokenExpiry', {}, tokenExpirySchema);
  return new Date(exp);
}
