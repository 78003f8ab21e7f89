// What is typed behind `audit`, and entries of the audit in words.

import type { AuditEntry } from '../audit/chain.ts';
import { readNamedDays } from '../lib/named-days.ts';
import { plain, shorten } from '../lib/text.ts';

/** Ten years. */
export const longestDays = 3650;

/** `export`, a name or an e-mail, and days: each may be left out. A number alone is days. */
export function readAuditArgument(argument: string): { isExport: boolean; named: string; days: number | undefined } {
  const [, word, rest = ''] = /^(export)?(?:\s+|$)(.*)$/is.exec(argument) ?? [undefined, undefined, argument];
  return { isExport: word !== undefined, ...readNamedDays(rest) };
}

/** `connect_link.shown` is `Connect link shown`. */
export function actWords(act: string): string {
  const words = act.replaceAll(/[._]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const VALUE_MAX_CHARACTERS = 60;
const CHANGES_MAX_CHARACTERS = 160;

/** `name: Acme → Acme Robotics; sync: true`; empty where the entry has no fields. */
export function changeWords({ before, after }: Pick<AuditEntry, 'before' | 'after'>): string {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const words = names.map((name) => {
    const arrow = name in was && name in is ? `${valueWords(was[name])} → ${valueWords(is[name])}` : undefined;
    return `${plain(name)}: ${arrow ?? valueWords(name in is ? is[name] : was[name])}`;
  });
  return shorten(words.join('; '), CHANGES_MAX_CHARACTERS);
}

const fieldsOf = (json: string | null): Record<string, unknown> => (json === null ? {} : JSON.parse(json));

function valueWords(value: unknown): string {
  if (value === null || value === undefined || value === '') return '(none)';
  return shorten(typeof value === 'string' ? value : JSON.stringify(value), VALUE_MAX_CHARACTERS);
}
