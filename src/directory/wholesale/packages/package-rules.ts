// Which packages a wholesale customer can have together, and what is typed to change them.

import { inARow } from '../../../lib/text.ts';
import { packageNames, packageWords } from '../wholesale-rules.ts';

/** What a package needs one of (OpenAPI, PUT /wholesale/customers/{customerId}). */
const needsOneOf: Readonly<Record<string, readonly string[]>> = {
  cisco_calling_plan: [
    'common_area_calling',
    'webex_calling',
    'webex_suite',
    'webex_voice',
    'cx_essentials',
    'webex_calling_standard',
  ],
  attendant_console: ['webex_calling', 'webex_suite', 'cx_essentials'],
};

/** What a change adds and takes away. */
export interface PackageChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** From the packages of now to those that are wanted. */
export const changeBetween = (now: readonly string[], wanted: readonly string[]): PackageChange => ({
  added: wanted.filter((name) => !now.includes(name)),
  removed: now.filter((name) => !wanted.includes(name)),
});

/** `+webex_voice −attendant_console` */
export const changeWords = ({ added, removed }: PackageChange): string =>
  [...added.map((name) => `+${name}`), ...removed.map((name) => `−${name}`)].join(' ');

/** Why these packages cannot stand together, a sentence each. */
export function packageProblems(wanted: readonly string[]): string[] {
  if (wanted.length === 0) return ['A wholesale customer has one package at least.'];
  return wanted.flatMap((name) => {
    const needed = needsOneOf[name];
    if (!needed || needed.some((other) => wanted.includes(other))) return [];
    return [`${packageWords(name)} needs one of ${inARow(needed.map(packageWords))}.`];
  });
}

/** What stands behind an organization's name: `borealis +attendant_console -webex_voice`. */
export function readChange(argument: string): { named: string; signed: PackageChange; unknown: readonly string[] } {
  const added: string[] = [];
  const removed: string[] = [];
  const unknown: string[] = [];
  let named = argument;
  for (;;) {
    const found = /(?:^|[\s,])([+\-−–])([\w-]+)$/u.exec(named);
    if (!found) break;
    const [, sign, word = ''] = found;
    const name = word.toLowerCase().replaceAll('-', '_');
    if (!packageNames.includes(name)) unknown.unshift(word);
    else (sign === '+' ? added : removed).unshift(name);
    named = named.slice(0, found.index).replace(/[\s,]+$/, '');
  }
  return { named, signed: { added, removed }, unknown };
}

/** The packages after a change, in their order, each once. What this version does not know stays. */
export function packagesAfter(now: readonly string[], { added, removed }: PackageChange): string[] {
  return [...new Set([...now, ...added])].filter((name) => !removed.includes(name)).toSorted();
}

/** What Webex's precheck says of a change; null where it did not answer. */
export type Advice = { readonly isGood: boolean; readonly words: string } | null;
