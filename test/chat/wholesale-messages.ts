// Every message about wholesale customers, each with `value` wherever others write.
import type { Message } from '../../src/chat/message.ts';
import { subscribersMessage } from '../../src/directory/wholesale/subscribers.view.ts';
import { noWholesaleMessage, wholesaleMessage } from '../../src/directory/wholesale/wholesale.view.ts';

const id = '7d4c1f7e-6a0e-4a55-9d0b-0e7a2f7d3a11';
const now = new Date('2026-11-23T12:00:00Z');

export function wholesaleMessages(value: string): Record<string, Message> {
  const organization = { id, name: value, base_url_setting: null };
  const scopes = ['spark-admin:wholesale_customers_read', 'spark-admin:wholesale_subscribers_read'];
  const connection = { state: 'connected' as const, scopes, findings: [] };
  const problem = { errorCode: 2560, description: value };
  const problems = Array.from({ length: 5 }, () => problem);
  const details = (count: number) =>
    Array.from({ length: count }, () => ({ name: value, status: value, warnings: problems, errors: problems }));
  const customer = {
    organizationId: id,
    webexId: 'Y2lzY29zcGFyazovL3VzL0VOVEVSUFJJU0UvNTJjZjU3NmQtNjBhOC00MDdhLWIyMmMtNDY3YzUxNTkxOTA4',
    name: value,
    webexOrgId: value,
    externalId: value,
    addressLine1: value,
    addressLine2: value,
    city: value,
    stateOrProvince: value,
    zipOrPostalCode: value,
    country: value,
    status: value,
    packages: Array.from({ length: 5 }, () => value),
    details: details(5),
    errors: problems,
    goneAt: null,
  };
  const bare = {
    ...{ webexOrgId: null, externalId: null, addressLine1: null, addressLine2: null, city: null, status: null },
    ...{ stateOrProvince: null, zipOrPostalCode: null, country: null, packages: [], details: [], errors: [] },
  };
  const shown = { organization, customer, connection, syncedAt: now, now };
  const group = {
    organizationId: id,
    webexId: 'webex_calling/provisioned',
    name: value,
    package: value,
    status: value,
    count: 12,
    withErrors: 3,
    errors: [{ ...problem, count: 3 }],
    goneAt: null,
  };
  const counted = { organization, connection, syncedAt: now, now };
  return {
    wholesale: wholesaleMessage(shown),
    'wholesale with little said': wholesaleMessage({ ...shown, customer: { ...customer, ...bare } }),
    'wholesale under way': wholesaleMessage({ ...shown, customer: { ...customer, ...bare, status: 'updating' } }),
    'wholesale that is gone': wholesaleMessage({ ...shown, customer: { ...customer, ...bare, goneAt: now } }),
    'wholesale that was never read': wholesaleMessage({ ...shown, customer: undefined, syncedAt: null }),
    'wholesale that nobody connected': wholesaleMessage({ ...shown, customer: undefined, connection: null }),
    'wholesale that may not be read': wholesaleMessage({ ...shown, connection: { ...connection, scopes: ['x'] } }),
    'wholesale that Webex does not know': wholesaleMessage({
      ...shown,
      connection: { ...connection, findings: [{ kind: 'nothing_there', feature: 'wholesale' }] },
    }),
    'no wholesale customer': noWholesaleMessage(organization),
    subscribers: subscribersMessage({
      ...counted,
      rows: [{ ...group, package: null }, group, { ...group, withErrors: 0, errors: [] }],
    }),
    'no subscribers': subscribersMessage({ ...counted, rows: [] }),
    'subscribers that were never read': subscribersMessage({ ...counted, rows: [], syncedAt: null, connection: null }),
  };
}
