// Every message about people of an organization and who holds its licenses, each with `value` wherever others write.
import type { Message } from '../../src/chat/message.ts';
import {
  holdersMessage,
  missingLicenseMessage,
  noLicenseMessage,
  whichLicenseMessage,
} from '../../src/directory/licenses/holders.view.ts';
import { peopleMessage } from '../../src/directory/people/people.view.ts';
import { aLicense } from './directory-rows.ts';

const id = '7d4c1f7e-6a0e-4a55-9d0b-0e7a2f7d3a11';
const now = new Date('2026-11-23T12:00:00Z');

export function peopleMessages(value: string): Record<string, Message> {
  const organization = { id, name: value };
  const counts = { total: 20_000, pending: 1, disabled: 2, withoutLicense: 3 };
  const page = { firstNumber: 11, total: 35, previousPage: 1, nextPage: 3, now };
  const rows = [
    ...Array.from({ length: 8 }, () => ({ webexId: 'one', name: value, count: 1234 })),
    { webexId: 'two', name: null, count: 1 },
    { webexId: null, name: null, count: 2 },
  ];
  const connection = { state: 'connected' as const, scopes: ['spark:people_read'] };
  const none = { rows: [], total: 0, firstNumber: 1, now, organization, counts: { ...counts, total: 0 } };
  const license = { ...aLicense(value, 10, 5), subscriptionId: value, siteUrl: value };
  const holder = { id: 'one', displayName: value, email: value, type: 'EXTERNAL' };
  return {
    'people by license': peopleMessage({
      ...page,
      rows,
      organization,
      by: 'license',
      counts,
      syncedAt: now,
      connection,
    }),
    'people by location': peopleMessage({
      ...page,
      rows,
      organization,
      by: 'location',
      counts,
      syncedAt: null,
      connection,
    }),
    'no people': peopleMessage({ ...none, by: 'license', syncedAt: now, connection }),
    'people that were never read': peopleMessage({ ...none, by: 'license', syncedAt: null, connection }),
    'who holds a license': holdersMessage({
      ...{ organization, license, isFirst: false, next: `?next=${'a'.repeat(200)}` },
      holders: [...Array.from({ length: 19 }, () => holder), { id: 'two' }],
    }),
    'a license that Webex does not find': missingLicenseMessage({ organization, license }),
    'a license that is gone': missingLicenseMessage({ organization, license: { ...license, goneAt: now } }),
    'nobody holds a license': holdersMessage({ organization, license, isFirst: true, next: null, holders: [] }),
    'nobody else holds a license': holdersMessage({ organization, license, isFirst: false, next: null, holders: [] }),
    'which license': whichLicenseMessage({ organization, licenses: [license, aLicense(value, 1, 1)] }),
    'no license': noLicenseMessage({ organization, typed: value }),
    'no license any more': noLicenseMessage({ organization, typed: '' }),
  };
}
