// What a list of network devices holds, and what of it may change while sites use it.

import { z } from 'zod';
import { searchKey, trimmed } from '../../lib/search-key.ts';
import type { deviceLists } from '../sites.schema.ts';

export type DeviceListValues = Pick<
  typeof deviceLists.$inferSelect,
  'name' | 'description' | 'organizationId' | 'cucm' | 'cuc'
>;

/** Longest texts, in UTF-16 code units. */
export const LIST_TEXT_MAX = { name: 200, description: 500, cucm: 200, cuc: 200 } as const;

/** The kinds of devices of a list, as people read them. */
export const deviceWords = {
  organizationId: 'Webex organization',
  cucm: 'Unified CM',
  cuc: 'Unity Connection',
} as const;

/** The devices that stand in the list and would be taken out or replaced. */
export function replacedDevices(before: DeviceListValues, after: DeviceListValues): (keyof typeof deviceWords)[] {
  const kinds = Object.keys(deviceWords) as (keyof typeof deviceWords)[];
  return kinds.filter((kind) => before[kind] !== null && before[kind] !== after[kind]);
}

/** The inputs of the form. */
export interface DeviceListTyped {
  name: string;
  description: string;
  organization: string;
  cucm: string;
  cuc: string;
}

/** Says that no organization is chosen. */
export const NO_ORGANIZATION = 'none';

const text = z.string().transform(trimmed).catch('');

/** What was sent, as the form shows it again. */
export const readTyped = (inputs: Readonly<Record<string, unknown>>): DeviceListTyped => ({
  name: text.parse(inputs['name']),
  description: text.parse(inputs['description']),
  organization: text.parse(inputs['organization']),
  cucm: text.parse(inputs['cucm']),
  cuc: text.parse(inputs['cuc']),
});

/** A list as the form's inputs hold it. */
export const typedOf = (list: DeviceListValues): DeviceListTyped => ({
  name: list.name,
  description: list.description ?? '',
  organization: list.organizationId ?? NO_ORGANIZATION,
  cucm: list.cucm ?? '',
  cuc: list.cuc ?? '',
});

/** What the form decides, or what is wrong with it, by input. */
export function checkDeviceList(
  typed: DeviceListTyped,
): { values: DeviceListValues } | { problems: Partial<Record<keyof DeviceListTyped, string>> } {
  const problems: Partial<Record<keyof DeviceListTyped, string>> = {};
  if (searchKey(typed.name) === '') problems.name = 'Type a name.';
  for (const [field, most] of Object.entries(LIST_TEXT_MAX) as [keyof typeof LIST_TEXT_MAX, number][]) {
    if (typed[field].length > most) problems[field] = `Shorten it to ${most} characters.`;
  }
  if (Object.keys(problems).length > 0) return { problems };
  const orNull = (value: string) => (value === '' ? null : value);
  const organization = z.uuid().safeParse(typed.organization);
  return {
    values: {
      name: typed.name,
      description: orNull(typed.description),
      organizationId: organization.success ? organization.data : null,
      cucm: orNull(typed.cucm),
      cuc: orNull(typed.cuc),
    },
  };
}
