// The checks of the secrets in the configuration. No text here repeats a secret's value.

/** A secret of our own that others must not guess. */
const leastCharacters = 16;
const leastDifferent = 6;

/** What is wrong with a secret that Webex gave and that travels in a header; undefined where it fits. */
export const webexSecretProblem = (value: string): string | undefined =>
  /^[\x21-\x7e]+$/.test(value) ? undefined : 'holds a blank or a character that no secret of Webex has; copy it again';

/** What is wrong with a secret that the operator makes up; undefined where it can hardly be guessed. `example` is a command that makes a good one. */
export function madeUpSecretProblem(value: string, example: string): string | undefined {
  if (!/^[\x20-\x7e]+$/.test(value))
    return `use letters, digits and punctuation of ASCII alone, for example from: ${example}`;
  const isWeak = value.length < leastCharacters || new Set(value).size < leastDifferent;
  return isWeak
    ? `can be guessed; make one of at least ${leastCharacters} characters, for example with: ${example}`
    : undefined;
}

/**
 * What makes a key guessable; undefined where it looks random. Of 32 random bytes 30 differ on the average, and fewer than 16 never in practice; nor are
 * all of them printable.
 */
export function keyWeakness(key: Buffer): string | undefined {
  if (new Set(key).size < 16) return 'repeats few bytes';
  if (key.every((byte) => byte >= 0x20 && byte < 0x7f)) return 'is a text';
  return undefined;
}

/** The same of a bearer token, whose characters are fewer (RFC 6750, section 2.1). */
export const bearerProblem = (value: string, example: string): string | undefined =>
  /^[A-Za-z0-9._~+/-]+=*$/.test(value)
    ? madeUpSecretProblem(value, example)
    : `use letters, digits and - . _ ~ + / alone, for example from: ${example}`;
