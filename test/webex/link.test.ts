import { describe, expect, it } from 'vitest';
import { nextPageUrl } from '../../src/webex/link.ts';

const page = new URL('https://webexapis.com/v1/memberships?max=100');
const next = 'https://webexapis.com/v1/memberships?max=100&cursor=a%2Cb';

describe('the link to the next page', () => {
  it.each([
    ['as Webex writes it', `<${next}>; rel="next"`, next],
    ['without quotes', `<${next}>;rel=next`, next],
    ['in capitals', `<${next}>; REL="NEXT"`, next],
    ['after others', `<https://webexapis.com/v1/first>; rel="first", <${next}>; rel="next"`, next],
    ['before others', `<${next}>; rel="next", <https://webexapis.com/v1/first>; rel="first"`, next],
    ['among several relations', `<${next}>; rel="last next"`, next],
    ['with other parameters', `<${next}>; title="a page"; rel="next"`, next],
    ['relative', '</v1/memberships?cursor=2>; rel="next"', 'https://webexapis.com/v1/memberships?cursor=2'],
    ['of another host, for the caller to judge', '<https://evil.example/>; rel="next"', 'https://evil.example/'],
    ['missing', undefined, undefined],
    ['of another relation', `<${next}>; rel="prev"`, undefined],
    ['unreadable', '<http://[>; rel="next"', undefined],
    ['not a link at all', 'nonsense', undefined],
  ])('is read %s', (_, header, expected) => {
    expect(nextPageUrl(header, page)?.href).toBe(expected);
  });
});
