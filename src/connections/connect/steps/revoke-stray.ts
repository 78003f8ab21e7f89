// Gives a grant back to Webex that is not stored.

import { type Authorization, deleteAuthorization, listAuthorizations } from '../../../webex/authorizations.ts';
import type { WebexClient } from '../../../webex/client.ts';
import { WebexRefused } from '../../../webex/errors.ts';
import { countConnectionsOfPerson } from '../../connection.store.ts';
import type { StepDeps } from './step.ts';

const revoked = 'The grant was revoked at Webex.';
const removable = 'that person can remove it under "Authorized apps" of their Webex account.';

/**
 * Revokes the stray grant by its authorization id: revoking it for the whole organization would end rightful connections. Where the same person
 * authorized another record too, Webex may know both grants as one: then it is only deleted here.
 */
export async function revokeStray(
  deps: StepDeps,
  { webex, personId }: { webex: WebexClient; personId: string },
): Promise<string> {
  if ((await countConnectionsOfPerson(deps.db, personId)) > 0) {
    return 'The grant was deleted here, but not revoked at Webex: the same person authorized another organization.';
  }
  try {
    const authorizations = await listAuthorizations(webex, { personId });
    const ours = authorizations.filter((authorization) => authorization.clientId === deps.clientId);
    // Refresh tokens first: deleting one revokes its access tokens, ours among them.
    ours.sort((a, b) => Number(a.type === 'access') - Number(b.type === 'access'));
    if (ours.length === 0) return `The grant was deleted here, but Webex does not list it: ${removable}`;
    for (const authorization of ours) await deleteUnlessGone(webex, authorization, { personId });
    return revoked;
  } catch (error) {
    if (!(error instanceof WebexRefused)) throw error;
    // The token that asks dies with the grant: an earlier try has revoked it.
    if (error.status === 401) return revoked;
    return `The grant was deleted here, but Webex refused to revoke it: ${removable}`;
  }
}

/** 401 and 404 both say that the authorization has ended: with the refresh token, Webex ends the access token that asks. */
async function deleteUnlessGone(
  webex: WebexClient,
  authorization: Authorization,
  person: { personId: string },
): Promise<void> {
  try {
    await deleteAuthorization(webex, authorization, person);
  } catch (error) {
    if (error instanceof WebexRefused && (error.status === 401 || error.status === 404 || error.status === 410)) return;
    throw error;
  }
}
