// The contact center as one kind of directory data: its sites, teams, queues and entry points, read in the region that serves the organization.

import { sql } from 'drizzle-orm';
import type { Fact } from '../../chat/facts.ts';
import { findingHint, findingWords } from '../../connections/probe/findings.view.ts';
import { capitalized, inARow } from '../../lib/text.ts';
import type { organizations } from '../../organizations/organizations.schema.ts';
import type { WebexClient } from '../../webex/client.ts';
import { contactCenterBaseUrl, findContactCenterRegion } from '../../webex/contact-center.ts';
import { type ContactCenterItem, type ContactCenterList, listContactCenter } from '../../webex/contact-center-lists.ts';
import { WebexRefused } from '../../webex/errors.ts';
import type { DirectoryKind, Elsewhere, ReadList } from '../kind.ts';
import { NothingToRead } from '../nothing-to-read.ts';
import { CONTACT_CENTER_PARTS, type ContactCenterPart, contactCenterParts } from './contact-center.schema.ts';
import { countedParts, type PartCount, partWords } from './contact-center-rules.ts';

type Organization = typeof organizations.$inferSelect;
type Row = Omit<typeof contactCenterParts.$inferSelect, 'organizationId' | 'goneAt'>;

const lists: Readonly<Record<ContactCenterPart, ContactCenterList>> = {
  site: 'site',
  team: 'team',
  queue: 'contact-service-queue',
  entry_point: 'entry-point',
};

export const contactCenterKind: DirectoryKind<typeof contactCenterParts> = {
  kind: 'contact_center',
  title: 'Contact center',
  noun: 'contact-center object',
  shownBy: 'contact center',
  nouns: 'contact-center objects',
  nounOf: (webexId) => partWords(webexId.split('/', 1)[0] ?? ''),
  scope: 'cjp:config_read',
  feature: 'webex_contact_center',
  schedule: null,
  table: contactCenterParts,
  fields: {
    name: 'name',
    part: 'kind',
    isActive: 'active',
    type: 'type',
    status: 'status',
    channel: 'channel',
    routing: 'routing',
    selection: 'choice of the agent',
    siteName: 'site',
  },
  order: [contactCenterParts.part, sql`${contactCenterParts.name} collate "C"`, contactCenterParts.webexId],
  async read(_webex, organization, _grant, elsewhere) {
    const region = regionOf(organization);
    const webex = elsewhere.at(contactCenterBaseUrl(region, elsewhere.contactCenterUrl));
    try {
      const read = await readAll(webex, organization.account_number_external);
      // Each contact center has a site at least.
      if (!read.rows.some(({ part }) => part === 'site')) throw await nothingIn(organization, region, elsewhere);
      return read;
    } catch (error) {
      const isLost = error instanceof WebexRefused && lostStatuses.has(error.status);
      const found = isLost ? await regionElsewhere(organization, region, elsewhere) : undefined;
      throw found === undefined ? error : wrongRegion(organization, found);
    }
  },
  facts: (rows): Fact[] => [
    {
      title: 'Contact center',
      value: rows === null ? 'Not synced' : capitalized(inARow(countedParts(countOf(rows)))),
    },
  ],
};

/** How a region answers that does not serve an organization: it knows neither it nor the grant. */
const lostStatuses = new Set<number | undefined>([401, 403, 404]);

function regionOf({ name, base_url_setting: region }: Organization): string {
  if (region !== null) return region;
  throw new NothingToRead(`The record of ${name} names no Contact Center Region.`, {
    reason: 'no_region',
    hint: 'Edit its record and choose the region.',
  });
}

async function readAll(webex: WebexClient, organizationUuid: string): Promise<ReadList<typeof contactCenterParts>> {
  const rows: Row[] = [];
  let unread = 0;
  const siteNames = new Map<string, string>();
  for (const part of CONTACT_CENTER_PARTS) {
    const list = await listContactCenter(webex, organizationUuid, lists[part]);
    unread += list.unread;
    for (const item of list.items) {
      if (part === 'site') siteNames.set(item.id, item.name);
      rows.push(rowOf(part, item, siteNames));
    }
  }
  return { rows, unread };
}

const rowOf = (part: ContactCenterPart, item: ContactCenterItem, siteNames: ReadonlyMap<string, string>): Row => ({
  webexId: `${part}/${item.id}`,
  part,
  name: item.name,
  isActive: item.active ?? null,
  type: item.teamType ?? item.queueType ?? item.entryPointType ?? null,
  status: item.teamStatus ?? null,
  channel: item.channelType ?? null,
  routing: item.queueRoutingType ?? null,
  selection: item.routingType ?? null,
  siteName: (item.siteId && siteNames.get(item.siteId)) ?? null,
});

/** The region that serves the organization, where that is another one than the record's. */
const regionElsewhere = (organization: Organization, region: string, { at, contactCenterUrl }: Elsewhere) =>
  findContactCenterRegion({
    clientIn: (other) => at(contactCenterBaseUrl(other, contactCenterUrl)),
    organizationUuid: organization.account_number_external,
    notIn: region,
    url: contactCenterUrl,
  });

function wrongRegion(organization: Organization, found: string): NothingToRead {
  const finding = { kind: 'wrong_region', found } as const;
  const words = capitalized(findingWords(finding, organization));
  return new NothingToRead(`${words}: nothing of ${organization.name} was read.`, {
    reason: finding.kind,
    hint: findingHint(finding),
  });
}

async function nothingIn(organization: Organization, region: string, elsewhere: Elsewhere): Promise<NothingToRead> {
  const found = await regionElsewhere(organization, region, elsewhere);
  if (found !== undefined) return wrongRegion(organization, found);
  const finding = { kind: 'nothing_there', feature: 'contact_center' } as const;
  return new NothingToRead(`${capitalized(findingWords(finding, organization))}: ${organization.name} has no site.`, {
    reason: finding.kind,
    hint: findingHint(finding),
  });
}

const countOf = (rows: readonly Row[]): PartCount[] =>
  CONTACT_CENTER_PARTS.map((part) => {
    const its = rows.filter((row) => row.part === part);
    return { part, total: its.length, inactive: its.filter(({ isActive }) => isActive === false).length };
  });
