// The file with a connect link for each organization that an import has added. It holds secrets: it is made at delivery, and kept nowhere.

import { type CsvCells, csvFile } from '../chat/csv-file.ts';
import type { Place } from '../chat/place.ts';
import { type IssueLinkDeps, issueConnectLinks } from '../connections/connect/issue-link.ts';
import { connectionsOf } from '../connections/connection.store.ts';
import type { Scope } from '../db/scope.ts';
import { findOrganizationsInScope } from '../organizations/organization.store.ts';
import type { MessageFile } from '../webex/messages.ts';
import { readCustomerPaths } from './customer-paths.store.ts';
import { type Import, readRows } from './import.store.ts';
import { linksPerFile, rowsAtOnce } from './import-rules.ts';

const columns = ['row', 'name', 'customer', 'account_number_external', 'account_email', 'connect_link', 'link_expires'];

export interface LinksFile {
  file: MessageFile;
  count: number;
  /** When the first of the links expires; null where there is none. */
  expiresAt: Date | null;
}

/** Of the rows behind `after`: organizations that are in scope now and that nobody has connected yet. */
export async function linksFile(
  deps: IssueLinkDeps,
  { found, scope, after, place }: { found: Import; scope: Scope; after: number; place: Place },
): Promise<LinksFile> {
  const { db } = deps;
  const paths = await readCustomerPaths(db, scope);
  let expiresAt: Date | null = null;
  let count = 0;
  async function* batches(): AsyncGenerator<CsvCells[]> {
    let last = after;
    for (let left = linksPerFile; left > 0; left -= rowsAtOnce) {
      const limit = Math.min(rowsAtOnce, left);
      const rows = await readRows(db, { importId: found.id, outcomes: ['created'], after: last, limit });
      const ids = rows.flatMap(({ organizationId }) => organizationId ?? []);
      const connected = new Set((await connectionsOf(db, ids)).map(({ organization }) => organization.id));
      const open = ids.length === 0 ? [] : await findOrganizationsInScope(db, { scope, ids });
      const organizations = open.filter(({ id }) => !connected.has(id));
      const links = await issueConnectLinks(deps, {
        organizations,
        askedBy: { personId: found.personId, email: found.askedBy },
        place,
      });
      count += links.size;
      yield rows.flatMap(({ number, organizationId }) => {
        const organization = organizations.find(({ id }) => id === organizationId);
        const link = links.get(organizationId ?? '');
        if (organization === undefined || link === undefined) return [];
        if (expiresAt === null || link.expiresAt < expiresAt) expiresAt = link.expiresAt;
        return [
          {
            row: number,
            name: organization.name,
            customer: paths.pathOf(organization.customerId),
            account_number_external: organization.account_number_external,
            account_email: organization.account_email,
            connect_link: link.url,
            link_expires: link.expiresAt.toISOString(),
          },
        ];
      });
      if (rows.length < limit) return;
      last = rows.at(-1)?.number ?? last;
    }
  }
  const file = await csvFile('connect-links.csv', columns, batches());
  return { file, count, expiresAt };
}
