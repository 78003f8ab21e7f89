// Wholesale in words: statuses, packages, warnings and errors; and what of two readings differs.

import { counted, plain, shorten } from '../../lib/text.ts';
import type { PackageDetails, Problem, wholesaleCustomers, wholesaleSubscribers } from './wholesale.schema.ts';

export type WholesaleCustomerRow = typeof wholesaleCustomers.$inferSelect;
export type SubscribersRow = typeof wholesaleSubscribers.$inferSelect;

/** Of customers and of packages (OpenAPI, `Customer`, `Package`). */
const statuses: Readonly<Record<string, string>> = {
  provisioned: 'Provisioned',
  provisioned_with_errors: 'Provisioned, with errors',
  provisioning: 'Being provisioned',
  updating: 'Being updated',
  deleting: 'Being deleted',
  error: 'Failed',
  pending_rpl_review: 'Waits for Cisco’s review against restricted parties',
  pending_user_migration: 'Waits for the user’s move to this organization',
};

/** `Provisioned, with errors`; a status that this version does not know, as Webex writes it. */
export const statusWords = (status: string | null): string =>
  status === null ? 'Not said by Webex' : (statuses[status] ?? plain(status));

/** Whether somebody must look at it. */
export const isTroubled = (status: string | null): boolean =>
  status === 'error' || status === 'provisioned_with_errors' || status === 'pending_rpl_review';

/** Whether Webex works on it: it ends in another status by itself. */
export const isUnderWay = (status: string | null): boolean =>
  status === 'provisioning' || status === 'updating' || status === 'deleting';

/** Every package of the program (OpenAPI, `WholesalePackagesCustomer`). */
const packages: Readonly<Record<string, string>> = {
  common_area_calling: 'Common Area Calling',
  webex_calling: 'Webex Calling',
  webex_calling_standard: 'Webex Calling Standard',
  webex_meetings: 'Webex Meetings',
  webex_suite: 'Webex Suite',
  webex_voice: 'Webex Voice',
  cx_essentials: 'Customer Experience Essentials',
  cisco_calling_plan: 'Cisco Calling Plan',
  attendant_console: 'Attendant Console',
  cx_premium_agent: 'Contact Center Premium Agent',
  cx_standard_agent: 'Contact Center Standard Agent',
  cx_voice_ports: 'Contact Center Voice Ports',
  cx_ai_assistant: 'Contact Center AI Assistant',
  webex_ai_agent: 'Webex AI Agent',
};

export const packageNames: readonly string[] = Object.keys(packages);

/** `Webex Calling`; a package that this version does not know, as Webex writes it. */
export const packageWords = (name: string): string => packages[name] ?? plain(name);

const DESCRIPTION_MAX_CHARACTERS = 240;

/** `2560: One or more Webex Calling services are unavailable` */
export function problemWords({ errorCode, description }: Problem): string {
  const words =
    description === null ? 'Webex does not say what it is' : shorten(description, DESCRIPTION_MAX_CHARACTERS);
  return errorCode === null ? words : `${errorCode}: ${words}`;
}

/** `provisioned, 1 warning, 2 errors` */
function detailWords({ status, warnings, errors }: PackageDetails): string {
  return [
    statusWords(status).toLowerCase(),
    ...(warnings.length > 0 ? [counted(warnings.length, 'warning')] : []),
    ...(errors.length > 0 ? [counted(errors.length, 'error')] : []),
  ].join(', ');
}

/** What of the packages has changed: `+attendant_console, −webex_voice`. */
export function packageDifference(before: readonly string[], after: readonly string[]): string {
  const added = after.filter((name) => !before.includes(name));
  const removed = before.filter((name) => !after.includes(name));
  return [...added.map((name) => `+${name}`), ...removed.map((name) => `−${name}`)].join(', ');
}

/** What of the details has changed: `webex_calling: provisioning → provisioned, 1 warning`. */
export function detailsDifference(before: readonly PackageDetails[], after: readonly PackageDetails[]): string {
  const was = new Map(before.map((one) => [one.name, detailWords(one)]));
  const is = new Map(after.map((one) => [one.name, detailWords(one)]));
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((name) => was.get(name) !== is.get(name))
    .map((name) => `${name}: ${was.get(name) ?? '(none)'} → ${is.get(name) ?? '(none)'}`)
    .join(', ');
}
