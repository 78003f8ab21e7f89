// Why Webex could not be asked, in the words of what waits for it.

import type { ProxyInfo, UnavailableReason, WebexUnavailable } from './errors.ts';
import type { ProxyProblem } from './proxy-problem.ts';

const words: Record<Exclude<UnavailableReason, 'proxy' | 'switched_off'>, string> = {
  timeout: 'no answer in time',
  network: 'no connection',
  rate_limited: 'too many requests',
  server_error: 'an error at Webex',
  malformed: 'an unreadable answer',
};

const proxyWords: Record<ProxyProblem, string> = {
  credentials: 'wants another user or password',
  refused: 'refuses to connect us to Webex',
  failed: 'cannot connect us to Webex',
  no_http: 'does not answer in HTTP',
  closed: 'closed the connection without an answer',
  unreachable: 'cannot be reached',
  timeout: 'did not answer in time',
};

/** `no answer in time`, `an error at Webex, tracking id ROUTERGW_…`: the latter is what Cisco's support asks for. */
function reasonWords(error: WebexUnavailable, reason: keyof typeof words): string {
  const proxy = error.proxy === undefined ? '' : ` through the proxy ${error.proxy.name}`;
  return words[reason] + proxy + (error.trackingId === undefined ? '' : `, tracking id ${error.trackingId}`);
}

function proxySentence({ name, problem = 'failed', status }: ProxyInfo): string {
  return `The proxy ${name} ${proxyWords[problem]}${status === undefined ? '' : ` (${status})`}.`;
}

/** A sentence: what keeps us from asking Webex. Names a proxy by host and port. */
export function unavailableSentence(error: WebexUnavailable): string {
  switch (error.reason) {
    case 'proxy':
      return proxySentence(error.proxy ?? { name: 'of the record' });
    case 'switched_off':
      return `Cisco has switched this API off (${error.route}): the operator must update Hubkeeper.`;
    default:
      return `Webex does not answer (${reasonWords(error, error.reason)}).`;
  }
}

/** Whether time alone does not help: a proxy must be mended, or Hubkeeper updated. */
export const needsMending = ({ reason }: Pick<WebexUnavailable, 'reason'>): boolean =>
  reason === 'proxy' || reason === 'switched_off';

/** The same of what was tried for long. */
export const stillUnavailableSentence = (error: WebexUnavailable): string =>
  error.reason === 'proxy' || error.reason === 'switched_off'
    ? unavailableSentence(error)
    : `Webex did not answer for too long (${reasonWords(error, error.reason)}).`;

/** What a person can do about it; undefined where only time helps. */
export function unavailableHint({ reason }: WebexUnavailable): string | undefined {
  return reason === 'proxy' ? 'Check the proxy in the record with “edit”.' : undefined;
}
