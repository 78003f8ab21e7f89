// What a connect link is found by and what it hides: its token and OAuth state are known to the store as hashes, its code verifier sealed.

import { createHash } from 'node:crypto';
import type { Sealer } from '../../db/seal/seal.ts';
import { codeVerifierPlace } from '../../db/seal/sealed-places.ts';

/** How the store knows a link's token and its OAuth state. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** The OAuth state that belongs to a link. It follows from the link's token, so that every opening of the link starts the same attempt and none of the two is stored. */
export const stateOfLink = (token: string): string => createHash('sha256').update(`state:${token}`).digest('base64url');

/** The PKCE code verifier of a link as it was before it was taken; throws where it is gone. */
export function openCodeVerifier(sealer: Sealer, link: { id: string; codeVerifier: string | null }): string {
  if (link.codeVerifier === null) throw new Error('a connect link that nobody had taken has no code verifier');
  return sealer.open(link.codeVerifier, codeVerifierPlace(link.id));
}
