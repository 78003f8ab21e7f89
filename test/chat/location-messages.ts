// Every message about locations, each with `value` wherever others write.
import type { Message } from '../../src/chat/message.ts';
import {
  floorsMessage,
  locationsMessage,
  missingLocationMessage,
  noLocationMessage,
  whichLocationMessage,
} from '../../src/directory/locations/locations.view.ts';

const id = '7d4c1f7e-6a0e-4a55-9d0b-0e7a2f7d3a11';
const now = new Date('2026-11-23T12:00:00Z');

export function locationMessages(value: string): Record<string, Message> {
  const organization = { id, name: value };
  const location = {
    organizationId: id,
    organizationName: value,
    webexId: 'Y2lzY29zcGFyazovL3VzL0xPQ0FUSU9OLzE',
    name: value,
    address1: value,
    address2: null,
    city: value,
    state: value,
    postalCode: value,
    country: value,
    timeZone: value,
    latitude: value,
    longitude: value,
    notes: value,
    goneAt: null,
  };
  const bare = {
    ...{ address1: null, city: null, state: null, postalCode: null, country: null, timeZone: null, latitude: null },
    longitude: null,
  };
  const gone = { ...location, ...bare, goneAt: now };
  const connection = { state: 'connected' as const, scopes: ['spark:people_read'] };
  const page = { firstNumber: 11, total: 35, previousPage: 1, nextPage: 3, now };
  return {
    locations: locationsMessage({ ...page, rows: [location, gone], organization, syncedAt: now, connection: null }),
    'no locations': locationsMessage({ ...page, rows: [], total: 0, organization, syncedAt: now, connection }),
    'locations that were never read': locationsMessage({
      ...page,
      rows: [],
      total: 0,
      organization,
      syncedAt: null,
      connection,
    }),
    floors: floorsMessage({
      location,
      floors: [
        { id: 'one', floorNumber: 2, displayName: value },
        { id: 'two', floorNumber: -1 },
        { id: 'three', displayName: value },
      ],
    }),
    'no floors': floorsMessage({ location, floors: [] }),
    'a location that Webex does not find': missingLocationMessage(location),
    'a location that is gone': missingLocationMessage(gone),
    'which location': whichLocationMessage({ typed: value, locations: [location, gone] }),
    'no location': noLocationMessage(value),
    'no location said': noLocationMessage(''),
  };
}
