// The wholesale customer as a kind of directory data: what a service provider's grant says of the organization. A customer's own grant cannot read it.

import { findingHint, findingWords } from '../../connections/probe/findings.view.ts';
import { capitalized, counted } from '../../lib/text.ts';
import type { organizations } from '../../organizations/organizations.schema.ts';
import type { WebexClient } from '../../webex/client.ts';
import { readOrganization } from '../../webex/directory.ts';
import { WebexRefused } from '../../webex/errors.ts';
import { findWholesaleCustomer, type WholesaleCustomer, type WholesaleProblem } from '../../webex/wholesale.ts';
import type { DirectoryKind } from '../kind.ts';
import { NothingToRead } from '../nothing-to-read.ts';
import { type PackageDetails, type Problem, wholesaleCustomers } from './wholesale.schema.ts';
import { detailsDifference, packageDifference, statusWords } from './wholesale-rules.ts';

type Organization = typeof organizations.$inferSelect;

export const wholesaleKind: DirectoryKind<typeof wholesaleCustomers> = {
  kind: 'wholesale',
  title: 'Wholesale customer',
  noun: 'wholesale customer',
  shownBy: 'wholesale',
  nouns: 'wholesale customers',
  scope: 'spark-admin:wholesale_customers_read',
  ability: 'wholesale',
  feature: 'wholesale_status',
  schedule: null,
  table: wholesaleCustomers,
  fields: {
    name: 'Org Name',
    webexOrgId: 'Org ID',
    externalId: 'External Id',
    addressLine1: 'Address Line 1',
    addressLine2: 'Address Line 2',
    city: 'City',
    stateOrProvince: 'State or Province',
    zipOrPostalCode: 'ZIP or Postal Code',
    country: 'Country',
    status: 'Status',
    packages: (before, after) => `Packages: ${packageDifference(before as string[], after as string[])}`,
    errors: 'Errors',
    details: (before, after) =>
      `Resource Details: ${detailsDifference(before as PackageDetails[], after as PackageDetails[])}`,
  },
  order: [wholesaleCustomers.goneAt, wholesaleCustomers.webexId],
  async read(webex, organization) {
    const customer = await wholesaleCustomerOf(webex, organization);
    const { address = {}, packages = [], resourceDetails: { packages: details = [] } = {} } = customer;
    const rows = [
      {
        webexId: customer.id,
        name: (await nameAtWebex(webex, organization)) ?? organization.name,
        webexOrgId: customer.orgId ?? null,
        externalId: customer.externalId ?? null,
        addressLine1: address.addressLine1 ?? null,
        addressLine2: address.addressLine2 ?? null,
        city: address.city ?? null,
        stateOrProvince: address.stateOrProvince ?? null,
        zipOrPostalCode: address.zipOrPostalCode ?? null,
        country: address.country ?? null,
        status: customer.status ?? null,
        packages: packages.toSorted(),
        details: details
          .map(({ name, status = null, warnings, errors }) => ({
            name,
            status,
            warnings: problemsOf(warnings),
            errors: problemsOf(errors),
          }))
          .toSorted((one, other) => (one.name < other.name ? -1 : 1)),
        errors: problemsOf(customer.errors),
      },
    ];
    return { rows, unread: 0 };
  },
  facts: (rows) => [
    {
      title: 'Wholesale customer',
      value: rows === null ? 'Not synced' : rows.map(inShort).join('; ') || 'None',
    },
  ],
};

const inShort = ({ status, packages }: { status: string | null; packages: readonly string[] }): string =>
  `${statusWords(status)}, ${counted(packages.length, 'package')}`;

const problemsOf = (problems: readonly WholesaleProblem[] = []): Problem[] =>
  problems.map(({ errorCode = null, description = null }) => ({ errorCode, description }));

/**
 * The organization's wholesale customer at Webex. An empty answer is one: the provider of the grant has no such customer.
 * @throws NothingToRead, WebexRefused, WebexUnavailable
 */
export async function wholesaleCustomerOf(
  webex: WebexClient,
  { name, account_number }: Pick<Organization, 'name' | 'account_number'>,
): Promise<WholesaleCustomer> {
  const customer = await findWholesaleCustomer(webex, account_number).catch((error: unknown) => {
    if (!(error instanceof WebexRefused) || error.status !== 403) throw error;
    throw new NothingToRead(
      `Webex shows the wholesale customer of ${name} to its service provider alone, and refused this grant.`,
      {
        reason: error.code,
        hint: 'Have an administrator of the service provider with wholesale rights open a new connect link: a customer’s own administrator cannot read it.',
      },
    );
  });
  if (customer) return customer;
  const finding = { kind: 'nothing_there', feature: 'wholesale' } as const;
  throw new NothingToRead(`${capitalized(findingWords(finding, { base_url_setting: null }))}.`, {
    reason: finding.kind,
    hint: findingHint(finding),
  });
}

/** Undefined where Webex does not say it. */
async function nameAtWebex(webex: WebexClient, { account_number }: Organization): Promise<string | undefined> {
  try {
    return (await readOrganization(webex, account_number)).displayName;
  } catch (error) {
    if (error instanceof WebexRefused) return undefined;
    throw error;
  }
}
