// Why Webex could not be asked, in the words of a step that waits for it.

import type { UnavailableReason, WebexUnavailable } from './errors.ts';

const words: Record<UnavailableReason, string> = {
  timeout: 'no answer in time',
  network: 'no connection',
  rate_limited: 'too many requests',
  server_error: 'an error at Webex',
  malformed: 'an unreadable answer',
};

/** `no answer in time`, `an error at Webex, tracking id ROUTERGW_…`: the latter is what Cisco's support asks for. */
export const unavailableWords = (error: WebexUnavailable): string =>
  words[error.reason] + (error.trackingId === undefined ? '' : `, tracking id ${error.trackingId}`);

/** The same as a sentence. */
export const unavailableSentence = (error: WebexUnavailable): string =>
  `Webex does not answer (${unavailableWords(error)}).`;
