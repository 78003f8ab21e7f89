// The parts of a contact center in words, and which licenses are those of its agents.

import { counted } from '../../lib/text.ts';
import { CONTACT_CENTER_PARTS, type ContactCenterPart, type contactCenterParts } from './contact-center.schema.ts';

export type ContactCenterRow = typeof contactCenterParts.$inferSelect;

/** How many of a part there are; `inactive` of them are not in use. */
export interface PartCount {
  readonly part: ContactCenterPart;
  readonly total: number;
  readonly inactive: number;
}

/** `site`, `entry point`; a part that this version does not know, as it is. */
export const partWords = (part: string): string => part.replaceAll('_', ' ');

/** `2 sites`, `5 queues (1 inactive)`: of each part. */
export const countedParts = (counts: readonly PartCount[]): string[] =>
  counts.map(
    ({ part, total, inactive }) =>
      `${counted(total, partWords(part))}${inactive === 0 ? '' : ` (${inactive} inactive)`}`,
  );

/** Reads the part that is typed behind an organization's name: `cobalt entry points`. */
export function readPart(argument: string): { named: string; part: ContactCenterPart | undefined } {
  for (const part of CONTACT_CENTER_PARTS) {
    const found = new RegExp(`(?:^|\\s)${partWords(part)}s?$`, 'iu').exec(argument);
    if (found) return { named: argument.slice(0, found.index).trim(), part };
  }
  return { named: argument, part: undefined };
}

/** `Inbound, telephony, team based, longest available agent`: how Webex describes it. */
export const detailWords = ({ type, siteName, status, channel, routing, selection }: ContactCenterRow): string =>
  [wordOf(type), siteName && `at ${siteName}`, wordOf(status), wordOf(channel), wordOf(routing), wordOf(selection)]
    .filter((word) => word !== null && word !== '')
    .join(', ');

/** `LONGEST_AVAILABLE_AGENT` as people read it. */
const wordOf = (value: string | null): string | null => value?.replaceAll('_', ' ').toLowerCase() ?? null;

/** Whether a license is one of a contact center's agents. Webex does not standardize the names, so a part of them decides. */
export const isAgentLicense = (name: string): boolean =>
  /\b(contact cent(er|re)|cx|customer experience)\b.*\bagents?\b/i.test(name) && !/\bai agents?\b/i.test(name);
