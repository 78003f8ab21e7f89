// What a new wholesale customer is provisioned with: what the form sends, and the check of it.

import { z } from 'zod';
import { packageNames } from '../wholesale-rules.ts';
import { packageProblems } from './package-rules.ts';
import { LINE_MAX, readFields } from './text-fields.ts';

/** The fields of the form, in its order. */
export const PROVISION_FIELDS = [
  {
    id: 'provisioning_id',
    label: 'Provisioning ID',
    help: 'Control Hub shows it under the customer template.',
    max: 80,
  },
  { id: 'external_id', label: 'External Id', help: 'By which your own systems know the customer.', max: 80 },
  { id: 'packages', label: 'Packages', help: 'With blanks between them: webex_calling webex_meetings.', max: 300 },
  { id: 'line1', label: 'Address Line 1', help: 'Of the bill.', max: LINE_MAX },
  { id: 'line2', label: 'Address Line 2', help: 'Optional.', max: LINE_MAX },
  { id: 'bill_city', label: 'City', help: 'Of the bill.', max: LINE_MAX },
  { id: 'bill_state', label: 'State or Province', help: 'Where the country has them.', max: 20 },
  { id: 'bill_zip', label: 'ZIP or Postal Code', help: 'Where the country has them.', max: 20 },
  { id: 'bill_country', label: 'Country', help: 'Two letters, such as US.', max: 2 },
] as const;

export type ProvisionField = (typeof PROVISION_FIELDS)[number]['id'];
export type ProvisionTyped = Record<ProvisionField, string>;
export type ProvisionProblems = Partial<Record<ProvisionField, string>>;

const optional: readonly ProvisionField[] = ['line2', 'bill_state', 'bill_zip'];

/** As Webex takes it, beside packages and parameters. */
export const provisionSchema = z.object({
  provisioningId: z.string(),
  externalId: z.string(),
  address: z.record(z.string(), z.string()),
});
export type Provision = z.infer<typeof provisionSchema>;

/** What was sent, as the form shows it again. */
export const readProvision = (inputs: Readonly<Record<string, unknown>>): ProvisionTyped =>
  readFields(PROVISION_FIELDS, inputs);

/** What Webex is asked for, or every problem at once. */
export function checkProvision(
  typed: ProvisionTyped,
): { provision: Provision; packages: string[] } | { problems: ProvisionProblems } {
  const problems: ProvisionProblems = {};
  for (const { id, max } of PROVISION_FIELDS) {
    if (typed[id].length > max) problems[id] = `at most ${max} characters.`;
    else if (typed[id] === '' && !optional.includes(id)) problems[id] = 'it is missing.';
  }
  if (typed.bill_country !== '' && !/^[A-Z]{2}$/i.test(typed.bill_country)) {
    problems.bill_country ??= 'two letters, such as US.';
  }
  const packages = [...new Set(typed.packages.toLowerCase().split(/[\s,]+/u))].filter((name) => name !== '').toSorted();
  const unknown = packages.filter((name) => !packageNames.includes(name));
  if (unknown.length > 0) problems.packages ??= `there are ${packageNames.join(', ')}.`;
  const together = packageProblems(packages);
  if (together.length > 0) problems.packages ??= together.join(' ');
  if (Object.keys(problems).length > 0) return { problems };
  const address = {
    addressLine1: typed.line1,
    addressLine2: typed.line2,
    city: typed.bill_city,
    stateOrProvince: typed.bill_state,
    zipOrPostalCode: typed.bill_zip,
    country: typed.bill_country.toUpperCase(),
  };
  return {
    packages,
    provision: {
      provisioningId: typed.provisioning_id,
      externalId: typed.external_id,
      address: Object.fromEntries(Object.entries(address).filter(([, value]) => value !== '')),
    },
  };
}
