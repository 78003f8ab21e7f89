// All sites in scope as a CSV file, one a line: what whoever asked may see when it is delivered.

import { type CsvCells, csvFile, type PartBehind, pagesBehind } from '../chat/csv-file.ts';
import type { People } from '../chat/people.ts';
import { placeOf } from '../chat/place.ts';
import { scopeOf } from '../chat/standing.ts';
import type { Db } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import { renders } from '../notices/notice.ts';
import { type NodeWords, nodeWords } from './node-words.ts';
import { type SiteOfOrganization, sitesBehind } from './site.store.ts';
import { sitesFileNotice } from './sites.notice.ts';
import { sitesFileMessage } from './sites.view.ts';

interface Deps {
  db: Db;
  clock: Clock;
  people: People;
}

/** As many as are read at a time. */
const pageSize = 1_000;

const columns = [
  'site',
  'organization',
  'stands_at',
  'network_device_list',
  'country',
  'address',
  'time_zone',
  'latitude',
  'longitude',
  'webex_location_id',
  'gone_at',
] as const;

export const sitesFileRenderer = renders(sitesFileNotice, {
  askedBy: (_deps: Deps, { askedBy }) => askedBy.email,
  async render({ db, clock, people }: Deps, { askedBy, organizationId }, addressee) {
    const scope = await scopeOf(db, await people.whoIs(askedBy.personId), placeOf(addressee).roomId);
    let rows = 0;
    async function* batches(): AsyncGenerator<CsvCells[]> {
      const read = (part: PartBehind<SiteOfOrganization>) => sitesBehind(db, { scope, organizationId, ...part });
      for await (const page of pagesBehind(pageSize, read)) {
        const words = await nodeWords(db, { scope, nodes: page.map(({ node }) => node) });
        yield page.map((site) => cellsOf(site, words));
        rows += page.length;
      }
    }
    const file = await csvFile(`sites-${clock.now().toISOString().slice(0, 10)}.csv`, columns, batches());
    const { text } = sitesFileMessage(rows);
    return rows === 0 ? { text } : { text, file };
  },
});

const cellsOf = (site: SiteOfOrganization, words: NodeWords): Record<(typeof columns)[number], string | null> => ({
  site: site.name,
  organization: site.organizationName,
  stands_at: words(site.customerId),
  network_device_list: site.deviceListName,
  country: site.country,
  address: site.address,
  time_zone: site.timeZone,
  latitude: site.latitude,
  longitude: site.longitude,
  webex_location_id: site.locationId,
  gone_at: site.goneAt?.toISOString() ?? null,
});
