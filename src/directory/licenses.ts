// Licenses: what the organization has bought, and how much of it is in use.

import { type Fact, shownName } from '../chat/facts.ts';
import { listLicenses } from '../webex/directory.ts';
import { licenses } from './directory.schema.ts';
import type { DirectoryKind } from './kind.ts';
import { licenseNews, useWords } from './licenses/license-rules.ts';

type License = typeof licenses.$inferSelect;

export const licensesKind: DirectoryKind<typeof licenses> = {
  kind: 'licenses',
  title: 'Licenses',
  noun: 'license',
  shownBy: 'licenses',
  scope: 'spark-admin:licenses_read',
  proof: { byScopeAlone: false, ask: (webex, { account_number }) => listLicenses(webex, account_number) },
  schedule: 'roles_licenses',
  table: licenses,
  fields: {
    name: 'name',
    totalUnits: 'total',
    consumedUnits: 'used',
    consumedByUsers: 'used by people',
    consumedByWorkspaces: 'used by workspaces',
    subscriptionId: 'subscription',
    siteUrl: 'site',
    siteType: 'kind of site',
  },
  order: [licenses.name, licenses.webexId],
  async read(webex, { account_number }) {
    const { items, unread } = await listLicenses(webex, account_number);
    const rows = items.map(({ id, ...license }) => ({
      webexId: id,
      name: license.name,
      totalUnits: license.totalUnits ?? null,
      consumedUnits: license.consumedUnits ?? null,
      consumedByUsers: license.consumedByUsers ?? null,
      consumedByWorkspaces: license.consumedByWorkspaces ?? null,
      subscriptionId: license.subscriptionId ?? null,
      siteUrl: license.siteUrl ?? null,
      siteType: license.siteType ?? null,
    }));
    return { rows, unread };
  },
  news: licenseNews,
  facts: licenseFacts,
};

const mostShown = 12;

function licenseFacts(all: readonly License[] | null): Fact[] {
  if (all === null) return [{ title: 'Licenses', value: 'Not synced' }];
  if (all.length === 0) return [{ title: 'Licenses', value: 'None' }];
  const shown = all.slice(0, mostShown).map((license) => ({
    title: shownName(license.name),
    value: useWords({ total: license.totalUnits, used: license.consumedUnits }),
  }));
  const rest = all.length - shown.length;
  return [
    { title: 'Licenses', value: `${all.length} synced` },
    ...shown,
    ...(rest > 0 ? [{ title: 'More licenses', value: `${rest} not shown here` }] : []),
  ];
}
