// Reads the answer of Webex's token endpoint. Nothing that names a token is thrown away: what is odd beside an access token costs itself alone.

import { z } from 'zod';
import { type Reading, readReply } from './reply.ts';

/** The tokens that Webex gave. Deadlines count from before the request was sent, so that they are never too late. */
export interface Grant {
  accessToken: string;
  /** Undefined when Webex sent none: the old one stays good. */
  refreshToken: string | undefined;
  /** Undefined when Webex did not say. */
  accessTokenExpiresAt: Date | undefined;
  /** Undefined when Webex did not say: the old deadline stays. */
  refreshTokenExpiresAt: Date | undefined;
  /** Undefined when Webex did not say. */
  scopes: string[] | undefined;
  obtainedAt: Date;
}

/** What a header can carry. */
const token = z.string().regex(/^[\x21-\x7e]+$/);
const seconds = z.number().min(0);

/** The body of a good answer that brings tokens. */
export const tokensSchema = z.object({
  access_token: token,
  refresh_token: token.optional(),
  expires_in: seconds.optional(),
  refresh_token_expires_in: seconds.optional(),
  // Some answers of Webex lack it, although OAuth requires it.
  token_type: z.string().optional(),
  // A text by OAuth (RFC 6749, section 3.3).
  scope: z.unknown().optional(),
});

/** A longer lifetime counts as this long, since a date cannot hold just any number of seconds. */
const longestLifetimeSeconds = 100 * 365 * 24 * 3600;

/** Reads a good answer to a code or a refresh token. A problem names places in the body, never values. */
export function readGrant(text: string, sentAt: Date): Reading<Grant> {
  const reading = readReply(text, tokensSchema, false);
  if ('problem' in reading) return reading;
  const grant = grantOf(reading.value, sentAt);
  return 'problem' in grant ? grant : { odd: reading.odd, value: grant };
}

/** The grant that an answer to a request of that time holds. */
export function grantOf(tokens: z.infer<typeof tokensSchema>, sentAt: Date): Grant | { problem: string } {
  if (tokens.token_type !== undefined && !/^(bearer)?$/i.test(tokens.token_type.trim())) {
    return { problem: 'a token of another type than Bearer' };
  }
  return {
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token,
    accessTokenExpiresAt: after(sentAt, tokens.expires_in),
    refreshTokenExpiresAt: after(sentAt, tokens.refresh_token_expires_in),
    scopes: scopesIn(tokens.scope),
    obtainedAt: sentAt,
  };
}

const after = (start: Date, lifetime: number | undefined): Date | undefined =>
  lifetime === undefined
    ? undefined
    : new Date(start.getTime() + Math.floor(Math.min(lifetime, longestLifetimeSeconds) * 1000));

/** Scopes in a text, separated by blanks or commas, or in a list of such texts. Undefined where Webex names none: then what was asked for was granted. */
function scopesIn(scope: unknown): string[] | undefined {
  const texts = (Array.isArray(scope) ? scope : [scope]).filter((one) => typeof one === 'string');
  const scopes = texts.flatMap((one) => one.split(/[\s,]+/)).filter((one) => one !== '');
  return scopes.length === 0 ? undefined : [...new Set(scopes)];
}
