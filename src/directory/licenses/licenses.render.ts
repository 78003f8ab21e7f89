// All licenses in scope as a CSV file, one a line.

import { type CsvCells, csvFile, type PartBehind, pagesBehind } from '../../chat/csv-file.ts';
import type { People } from '../../chat/people.ts';
import { placeOf } from '../../chat/place.ts';
import { scopeOf } from '../../chat/standing.ts';
import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import { renders } from '../../notices/notice.ts';
import { type LicenseOfOrganization, listLicenses } from './license.store.ts';
import { percentUsed } from './license-rules.ts';
import { licensesFileNotice } from './licenses.notice.ts';
import { licensesFileMessage } from './licenses.view.ts';

interface Deps {
  db: Db;
  clock: Clock;
  people: People;
}

/** As many as are read at a time. */
const pageSize = 1_000;

const columns = [
  'organization',
  'organization_id',
  'subscription',
  'site',
  'license',
  'total',
  'used',
  'percent',
  'used_by_people',
  'used_by_workspaces',
  'gone_at',
] as const;

export const licensesFileRenderer = renders(licensesFileNotice, {
  askedBy: (_deps: Deps, { askedBy }) => askedBy.email,
  async render({ db, clock, people }: Deps, { askedBy, organizationId }, addressee) {
    const scope = await scopeOf(db, await people.whoIs(askedBy.personId), placeOf(addressee).roomId);
    let rows = 0;
    async function* batches(): AsyncGenerator<CsvCells[]> {
      const read = (part: PartBehind<LicenseOfOrganization>) => listLicenses(db, { scope, organizationId, ...part });
      for await (const page of pagesBehind(pageSize, read)) {
        yield page.map(cellsOf);
        rows += page.length;
      }
    }
    const file = await csvFile(`licenses-${clock.now().toISOString().slice(0, 10)}.csv`, columns, batches());
    const { text } = licensesFileMessage(rows);
    return rows === 0 ? { text } : { text, file };
  },
});

const cellsOf = (row: LicenseOfOrganization): Record<(typeof columns)[number], string | number | null> => ({
  organization: row.organizationName,
  organization_id: row.organizationId,
  subscription: row.subscriptionId,
  site: row.siteUrl,
  license: row.name,
  total: row.totalUnits,
  used: row.consumedUnits,
  percent: percentUsed({ total: row.totalUnits, used: row.consumedUnits }),
  used_by_people: row.consumedByUsers,
  used_by_workspaces: row.consumedByWorkspaces,
  gone_at: row.goneAt?.toISOString() ?? null,
});
