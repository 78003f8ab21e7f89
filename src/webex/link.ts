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
