// Opening a connect link: what its page says, or the link that cannot be used. Opening stores nothing, so that link previews do no harm.

import type { Db } from '../../db/database.ts';
import type { Sealer } from '../../db/seal/seal.ts';
import type { Clock } from '../../lib/clock.ts';
import { findOrganization, type Organization } from '../../organizations/organization.store.ts';
import type { OAuth } from '../../webex/oauth.ts';
import { codeChallengeOf } from '../../webex/pkce.ts';
import { type ConnectLink, findConnectLinkByToken } from './link.store.ts';
import { hashSecret, openCodeVerifier, stateOfLink } from './link-secrets.ts';
import { connectLinkState } from './link-state.ts';

export interface OpenLinkDeps {
  db: Db;
  sealer: Sealer;
  clock: Clock;
  oauth: Pick<OAuth, 'authorizeUrl'>;
}

export type OpenConnectLinkResult =
  | { outcome: 'open'; authorizeUrl: string; link: ConnectLink; organization: Organization }
  /** The link cannot be used; absent where nobody knows the token. */
  | { outcome: 'dead'; link?: ConnectLink };

/** The authorize page of this link: the same one however often the link is opened, until it is used, ends or expires. */
export async function openConnectLink(
  { db, sealer, clock, oauth }: OpenLinkDeps,
  { token }: { token: string },
): Promise<OpenConnectLinkResult> {
  const link = await findConnectLinkByToken(db, hashSecret(token));
  if (!link) return { outcome: 'dead' };
  const organization = await findOrganization(db, link.organizationId);
  if (!organization || connectLinkState(link, clock.now()) !== 'open') return { outcome: 'dead', link };
  const authorizeUrl = oauth.authorizeUrl({
    state: stateOfLink(token),
    codeChallenge: await codeChallengeOf(openCodeVerifier(sealer, link)),
    scopes: link.scopes,
  });
  return { outcome: 'open', authorizeUrl, link, organization };
}
