// Every message about wholesale customers, each with `value` wherever others write.
import type { Message } from '../../src/chat/message.ts';
import {
  changeRunsMessage,
  confirmPackagesMessage,
  notPermittedMessage,
  packagesChangedMessage,
  packagesForm,
  packagesProblemMessage,
} from '../../src/directory/wholesale/packages/packages.view.ts';
import {
  nothingTyped,
  PARAMETER_FIELDS,
  type ParametersTyped,
} from '../../src/directory/wholesale/packages/parameter-rules.ts';
import { confirmProvisionMessage, provisionForm } from '../../src/directory/wholesale/packages/provision.view.ts';
import { PROVISION_FIELDS, type ProvisionTyped } from '../../src/directory/wholesale/packages/provision-rules.ts';
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
  const shown = { organization, customer, connection, syncedAt: now, mayChange: true, now };
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
  const seen = ['webex_calling', 'webex_meetings'];
  const typed = Object.fromEntries(
    PARAMETER_FIELDS.map(({ id: field, max }) => [field, value.slice(0, max)]),
  ) as ParametersTyped;
  // What a click sends holds no halves of pairs.
  const whole = value.replaceAll(/\p{Cs}/gu, '\uFFFD');
  const provision = Object.fromEntries(
    PROVISION_FIELDS.map(({ id: field, max }) => [field, Array.from(whole).slice(0, max).join('')]),
  ) as ProvisionTyped;
  const confirmed = {
    ...{ organization, seen, typed, subscribers: [{ ...group, package: 'webex_meetings' }] },
    change: { added: ['attendant_console', 'webex_voice'], removed: ['webex_calling', 'webex_meetings'] },
    advice: { isGood: true, words: value },
  };
  const changed = {
    ...{ transactionId: 12, organization, title: value, texts: [value, null, value] },
    pageUrl: 'https://hub.example/transactions/12',
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
    'provision form': provisionForm({ organization, typed: provision, parameters: typed }),
    'provision form with problems': provisionForm({
      ...{ organization, typed: provision, parameters: typed, summary: 'Nothing was changed.' },
      problems: Object.fromEntries(
        [...PROVISION_FIELDS, ...PARAMETER_FIELDS].map(({ id: field }) => [field, 'it is missing.']),
      ),
    }),
    'confirm provision': confirmProvisionMessage({
      ...{ organization, typed: provision, parameters: typed, packages: seen, advice: { isGood: true, words: value } },
    }),
    'packages form': packagesForm({ organization, seen, wanted: ['webex_calling'], typed: nothingTyped }),
    'packages form with problems': packagesForm({
      ...{ organization, seen, wanted: seen, typed, summary: 'Nothing was changed.' },
      problems: Object.fromEntries(PARAMETER_FIELDS.map(({ id: field }) => [field, 'A location needs this.'])),
    }),
    'confirm packages': confirmPackagesMessage(confirmed),
    'confirm packages without advice': confirmPackagesMessage({
      ...{ ...confirmed, typed: nothingTyped, advice: null, subscribers: [] },
      change: { added: ['webex_voice'], removed: [] },
    }),
    'confirm packages against advice': confirmPackagesMessage({
      ...confirmed,
      advice: { isGood: false, words: value },
    }),
    'packages that cannot be changed': packagesProblemMessage({
      ...{ organization, problems: [value, value], change: confirmed.change },
    }),
    'packages that were not read': packagesProblemMessage({ organization, problems: [value], change: null }),
    'packages that may not be changed': notPermittedMessage(organization, value),
    'packages that are being changed': changeRunsMessage(organization, 12),
    'packages that were changed': packagesChangedMessage({ ...changed, isDone: true }),
    'packages that were not changed': packagesChangedMessage({ ...changed, isDone: false }),
    subscribers: subscribersMessage({
      ...counted,
      rows: [{ ...group, package: null }, group, { ...group, withErrors: 0, errors: [] }],
    }),
    'no subscribers': subscribersMessage({ ...counted, rows: [] }),
    'subscribers that were never read': subscribersMessage({ ...counted, rows: [], syncedAt: null, connection: null }),
  };
}
