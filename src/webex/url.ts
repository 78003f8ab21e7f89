// Makes the URL of a call from a route pattern, so that ids are encoded by construction and a secret never travels in the clear.

/** The names between braces in a route pattern: `id` in `/people/{id}`. */
export type ParamNames<Route extends string> = Route extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamNames<Rest>
  : never;

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** Fills a route pattern in and appends it to the base URL; undefined query values are left out. */
export function routeUrl(baseUrl: URL, route: string, params: Readonly<Record<string, string>>, query: Query): URL {
  const path = route.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name] ?? '';
    // A URL drops such segments, and the call would go to another route.
    if (value === '' || value === '.' || value === '..') {
      throw new Error(`${route} was asked without a proper ${name}.`);
    }
    return encodeURIComponent(value);
  });
  const url = new URL(baseUrl.href.replace(/\/$/, '') + path);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url;
}

/** Reads a base URL of Webex. Plain http is only allowed to this machine itself, because every call carries a token; throws otherwise. */
export function webexBaseUrl(text: string): URL {
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new Error(
      `The Webex URL must be https (http only for this machine itself), not ${url.protocol}//${url.hostname}.`,
    );
  }
  return url;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
