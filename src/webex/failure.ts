// Makes one of the two failures of whatever is not a good answer, with a text that is safe to log and to show.

import { type Answer, type NoAnswer, parseJson, property, trackingIdOf } from './answer.ts';
import type { Attempt } from './call.ts';
import { WebexRefused, WebexUnavailable } from './errors.ts';
import { readRetryAfterMs } from './retry-after.ts';

/** No answer arrived: a time-out, a reset connection, a proxy that refuses. */
export function noAnswer(route: string, failure: NoAnswer): Attempt<never> {
  const what = failure.reason === 'timeout' ? 'did not answer in time' : 'could not be reached';
  const { proxy } = failure;
  const through = proxy === undefined ? '' : ` through the proxy ${proxy.name}`;
  return {
    outcome: 'unavailable',
    error: new WebexUnavailable(`Webex ${what}${through}: ${route} (${failure.code}).`, {
      reason: failure.reason,
      route,
      proxy,
      untouched: failure.unsent,
    }),
  };
}

/** An answer that cannot be read. Webex may have done what was asked all the same. */
export function malformed(route: string, answer: Answer, problem: string): Attempt<never> {
  return {
    outcome: 'unavailable',
    error: new WebexUnavailable(`Webex answered ${route} with something unreadable: ${problem}.`, {
      reason: 'malformed',
      route,
      status: answer.status,
      trackingId: trackingIdOf(answer),
    }),
  };
}

/** What a refusal of OAuth means: its code, and whether that was concluded from the status, since the body names none. */
export interface Refusal {
  code: string;
  byStatusAlone: boolean;
}

/**
 * Judges an answer outside 2xx. 429, 5xx, and 423 with a Retry-After (a locked resource) are unavailable; a redirect is
 * malformed, since the API has none. 410 is an API that Cisco has switched off, 18 months after it was deprecated (developer.webex.com, support policy).
 * Everything else is refused, with the code of `refusal` or else `http_<status>`; so is 410 for one thing, which says that the thing is gone.
 */
export function notOk(route: string, answer: Answer, now: Date, refusal?: Refusal): Attempt<never> {
  const { status } = answer;
  const trackingId = trackingIdOf(answer);
  if (status < 400) return malformed(route, answer, `status ${status}`);
  const retryAfterMs = readRetryAfterMs(answer.headers.get('retry-after'), now);
  const askedToWait = status === 429 || (status === 423 && retryAfterMs !== undefined);
  if (askedToWait || status >= 500) {
    const what = askedToWait ? 'asked us to wait before' : 'failed at';
    return {
      outcome: 'unavailable',
      error: new WebexUnavailable(`Webex ${what} ${route} (${status}).`, {
        reason: askedToWait ? 'rate_limited' : 'server_error',
        route,
        status,
        trackingId,
        retryAfterMs,
        untouched: askedToWait || (status === 503 && retryAfterMs !== undefined),
      }),
    };
  }
  if (status === 410 && !isOfOneThing(route)) {
    return {
      outcome: 'unavailable',
      error: new WebexUnavailable(`Cisco has switched ${route} off (410): update Hubkeeper.`, {
        reason: 'switched_off',
        route,
        status,
        trackingId,
        untouched: true,
      }),
    };
  }
  const { code = `http_${status}`, byStatusAlone } = refusal ?? {};
  const words = plainWords(webexMessage(answer));
  const message = `Webex refused ${route} (${code}${code === `http_${status}` ? '' : `, ${status}`})${words && `: ${words}`}`;
  return { outcome: 'refused', error: new WebexRefused(message, { code, byStatusAlone, route, status, trackingId }) };
}

/** `GET /messages/{id}` is of one message; `GET /organizations/{orgId}` is how an API is asked. */
const isOfOneThing = (route: string): boolean => route.endsWith('/{id}');

/** What Webex says in an error's body: `{message}` from the API, `{error, error_description}` from OAuth. */
export function webexMessage(answer: Answer): string {
  const body = parseJson(answer.text);
  const text = property(body, 'error_description') ?? property(body, 'message');
  return typeof text === 'string' ? text : '';
}

/** Keeps ordinary words and short numbers and drops everything that could be an id, an address, a link or a token. */
export function plainWords(text: string): string {
  const words = text
    .slice(0, 300)
    .split(/\s+/)
    .map((word) => (/^["'(]?([A-Za-z][A-Za-z'-]{0,20}|\d{1,5})["')]?[.,;:!?]?$/.test(word) ? word : '…'));
  return words
    .join(' ')
    .replaceAll(/…( …)+/g, '…')
    .trim();
}
