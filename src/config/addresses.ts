// The checks of the addresses in the configuration: each answers with what is wrong with a value, in words, or with nothing.

import { isIP } from 'node:net';

/** What is wrong with a value, and what to give instead; undefined where it fits. */
export type Problem = string | undefined;

/** Whether a URL's host is this machine itself: nothing sent there leaves it. */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname.endsWith('.localhost') || /^(127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);

/** The segments of a path that need no encoding, so that a front may pass them on or strip them. */
const plainPath = /^(\/[A-Za-z0-9._~-]+)*$/;

/** A base URL as code appends paths to it: with a host, encrypted beyond this machine, and nothing behind its path. */
function baseUrlProblem(value: string, hint: string): Problem {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return `give a URL that begins with https://, ${hint}`;
  if (/[?#]/.test(value) || value.endsWith('/')) {
    return `leave out the slash, query or fragment at the end, ${hint}`;
  }
  if (url.username !== '' || url.password !== '') return 'leave out the user name and password in the URL';
  if (!plainPath.test(value.replace(/^[a-z]+:\/\/[^/]*/i, '')) || /\/\.\.?(\/|$)/.test(value)) {
    return 'its path may hold letters, digits, and - . _ ~ alone';
  }
  if (/^(0\.0\.0\.0|\[::\])$/.test(url.hostname))
    return 'give an address that others can reach; this one is for listening';
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return 'begin it with https://, since secrets would travel in the clear; http:// is for this machine alone';
  }
  return undefined;
}

/** PUBLIC_URL. What we append ourselves is pointed out where it stands there already. */
export function publicUrlProblem(value: string): Problem {
  const appended = /\/(oauth\/callback|webhooks\/webex)$/.exec(value)?.[0];
  if (appended !== undefined) return `leave out ${appended}: it is appended to PUBLIC_URL`;
  return baseUrlProblem(value, 'such as https://hub.example.com');
}

/** WEBEX_API_URL. */
export function apiUrlProblem(value: string): Problem {
  const problem = baseUrlProblem(value, 'such as https://webexapis.com/v1');
  if (problem !== undefined) return problem;
  const { hostname, pathname } = new URL(value);
  return hostname === 'webexapis.com' && pathname !== '/v1' ? 'give https://webexapis.com/v1' : undefined;
}

/** WEBEX_CONTACT_CENTER_URL: it may hold `{region}`, once or not at all. */
export function contactCenterUrlProblem(value: string): Problem {
  const filledIn = value.replace('{region}', 'us1');
  const hint = 'such as https://api.wxcc-{region}.cisco.com';
  return /[{}]/.test(filledIn) ? `write {region} once or not at all, ${hint}` : baseUrlProblem(filledIn, hint);
}

/** HOST. */
export function hostProblem(value: string): Problem {
  const isName =
    /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$/.test(value);
  // A name whose last part is a number is a mistyped IPv4 address.
  const fits = isIP(value) !== 0 || (isName && !/(^|\.)\d+$/.test(value));
  return fits ? undefined : 'give an address or a host name alone, such as 127.0.0.1, ::1 or 0.0.0.0';
}
