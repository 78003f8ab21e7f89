// Reads Webex's paging header: `Link: <https://webexapis.com/v1/...>; rel="next"` (RFC 8288).

/** The URL of the next page, as given; undefined where the header names none. A relative one counts from the page it came with. */
export function nextPageUrl(link: string | undefined, page: URL): URL | undefined {
  for (const [, target, parameters] of (link ?? '').matchAll(/<([^>]*)>([^<]*)/g)) {
    const relation = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,]+))/i.exec(parameters ?? '');
    const names = (relation?.[1] ?? relation?.[2] ?? '').toLowerCase().split(/\s+/);
    if (target !== undefined && names.includes('next') && URL.canParse(target, page.href)) {
      return new URL(target, page.href);
    }
  }
  return undefined;
}

/**
 * The address of a further page of the list that began with `first`: the same route, what `next` adds to it, and our own query. A link may have lost what we
 * asked for, and would then lead to other people's things.
 */
export function ownPage(next: URL, first: URL): URL {
  const url = new URL(first);
  url.search = next.search;
  const own = new Map([...first.searchParams].map(([name, value]) => [name.toLowerCase(), { name, value }]));
  for (const name of new Set(url.searchParams.keys())) {
    const ours = own.get(name.toLowerCase());
    if (ours !== undefined && ours.name !== name) url.searchParams.delete(name);
  }
  for (const { name, value } of own.values()) {
    const said = url.searchParams.getAll(name);
    if (said.length !== 1 || said[0] !== value) url.searchParams.set(name, value);
  }
  return url;
}
