// The secrets of a connect link: the store has its token and OAuth state as hashes, and its code verifier sealed.

import { createHash } from 'node:crypto';
import type { Sealer } from '../../db/seal/seal.ts';
import { codeVerifierPlace } from '../../db/seal/sealed-places.ts';

/** The hash by which the store finds a link's token or OAuth state. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** A link's OAuth state. It is derived from the link's token: every opening starts the same attempt, and neither is stored. */
export const stateOfLink = (token: string): string => createHash('sha256').update(`state:${token}`).digest('base64url');

/** The PKCE code verifier of a link as it was before the link was redeemed; throws where it is gone. */
export function openCodeVerifier(sealer: Sealer, link: { id: string; codeVerifier: string | null }): string {
  if (link.codeVerifier === null) throw new Error('an open connect link has no code verifier');
  return sealer.open(link.codeVerifier, codeVerifierPlace(link.id));
}
