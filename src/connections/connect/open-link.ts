// Opening a connect link: Webex's authorize page, or the reason why not. Opening does not redeem the link, so that link previews do no harm.

import type { Db } from '../../db/database.ts';
import type { Sealer } from '../../db/seal/seal.ts';
import type { Clock } from '../../lib/clock.ts';
import type { OAuth } from '../../webex/oauth.ts';
import { codeChallengeOf } from '../../webex/pkce.ts';
import { findConnectLinkByToken } from './link.store.ts';
import { hashSecret, openCodeVerifier, stateOfLink } from './link-secrets.ts';
import { connectLinkState } from './link-state.ts';

export interface OpenLinkDeps {
  db: Db;
  sealer: Sealer;
  clock: Clock;
  oauth: Pick<OAuth, 'authorizeUrl'>;
}

export type OpenConnectLinkResult =
  | { outcome: 'open'; authorizeUrl: string }
  | { outcome: 'unknown' | 'used' | 'expired' };

/** The authorize page of this link: the same one however often the link is opened, until it is used or expires. */
export async function openConnectLink(
  { db, sealer, clock, oauth }: OpenLinkDeps,
  { token }: { token: string },
): Promise<OpenConnectLinkResult> {
  const link = await findConnectLinkByToken(db, hashSecret(token));
  if (!link) return { outcome: 'unknown' };
  const state = connectLinkState(link, clock.now());
  if (state !== 'open') return { outcome: state };
  const authorizeUrl = oauth.authorizeUrl({
    state: stateOfLink(token),
    codeChallenge: await codeChallengeOf(openCodeVerifier(sealer, link)),
    scopes: link.scopes,
  });
  return { outcome: 'open', authorizeUrl };
}
