// The contact center's API: a host of its own for each region, and the smallest read that shows whether a region takes a grant.

import { z } from 'zod';
import type { WebexClient } from './client.ts';
import { CONTACT_CENTER_REGIONS } from './contact-center-regions.ts';
import { WebexRefused, WebexUnavailable } from './errors.ts';
import { unused } from './shapes.ts';

type Region = (typeof CONTACT_CENTER_REGIONS)[number]['value'];

/** As in the hosts' names. `uk` and `eu` follow what several code bases share, since no official text says it. */
const codes: Readonly<Record<Region, string>> = {
  us: 'us1',
  anz: 'anz1',
  uk: 'eu1',
  eu: 'eu2',
  jp: 'jp1',
  ca: 'ca1',
  sg: 'sg1',
};

const placeholder = '{region}';
const usualUrl = `https://api.wxcc-${placeholder}.cisco.com`;

const sitesSchema = z.object({ data: z.array(z.object({ id: z.string() })), ...unused('meta') });

/**
 * The base URL of a region. `region` is the record's value; a value that this version does not know goes into the host's name as it is.
 * @param url in place of Webex's own; `{region}` in it stands for the region's code
 */
export function contactCenterBaseUrl(region: string, url: string = usualUrl): string {
  return url.replace(placeholder, Object.hasOwn(codes, region) ? codes[region as Region] : encodeURIComponent(region));
}

/** The other regions, as far as they have another base URL. */
export function otherContactCenterRegions(region: string, url: string = usualUrl): string[] {
  if (!url.includes(placeholder)) return [];
  return CONTACT_CENTER_REGIONS.map(({ value }) => value).filter((value) => value !== region);
}

/**
 * Whether the client's region serves this organization: each has a site at least. Resolves where the grant may read its configuration (OpenAPI,
 * GET /organization/{orgid}/v2/site; scope `cjp:config_read`).
 * @param organizationUuid as Control Hub shows it, not the API's base64 id
 */
export async function readContactCenter(client: WebexClient, organizationUuid: string): Promise<boolean> {
  const query = { page: 0, pageSize: 1, attributes: 'id' };
  const params = { orgid: organizationUuid };
  const { data } = await client.get('/organization/{orgid}/v2/site', { params, query }, sitesSchema);
  return data.length > 0;
}

/** The first other region that shows something of the organization; undefined where none does. A region without an answer counts as none. */
export async function findContactCenterRegion({
  clientIn,
  organizationUuid,
  notIn,
  url,
}: {
  clientIn: (region: string) => WebexClient;
  organizationUuid: string;
  notIn: string;
  /** As `contactCenterBaseUrl` takes it. */
  url: string | undefined;
}): Promise<string | undefined> {
  for (const region of otherContactCenterRegions(notIn, url)) {
    try {
      if (await readContactCenter(clientIn(region), organizationUuid)) return region;
    } catch (error) {
      if (!(error instanceof WebexRefused || error instanceof WebexUnavailable)) throw error;
    }
  }
  return undefined;
}
