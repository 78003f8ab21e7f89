// Proof Key for Code Exchange (RFC 7636): ties a consent to the link that asked for it.

import { calculatePKCECodeChallenge, generateRandomCodeVerifier } from 'oauth4webapi';

/** A new secret of 256 random bits, to be kept until the code is exchanged. */
export function createCodeVerifier(): string {
  return generateRandomCodeVerifier();
}

/** What the authorize page is shown in the secret's place (method S256). */
export function codeChallengeOf(codeVerifier: string): Promise<string> {
  return calculatePKCECodeChallenge(codeVerifier);
}
