// The address under which Webex tells of a change that it has accepted and carries out later.

import { type Answer, parseJson, property } from './answer.ts';

/**
 * The path below the base URL, from the header `Location` or the body's `url`; null where neither names one there. A call to another host would carry the
 * token away, and so such an address is not followed.
 */
export function acceptedPath({ headers, text }: Pick<Answer, 'headers' | 'text'>, baseUrl: URL): string | null {
  const base = baseUrl.pathname.replace(/\/$/, '');
  for (const address of [headers.get('location'), property(parseJson(text), 'url')]) {
    if (typeof address !== 'string' || !URL.canParse(address, baseUrl.href)) continue;
    const url = new URL(address, baseUrl);
    if (url.origin === baseUrl.origin && url.pathname.startsWith(`${base}/`)) return url.pathname.slice(base.length);
  }
  return null;
}
