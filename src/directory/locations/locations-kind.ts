// Locations: where the organization is, building by building.

import { sql } from 'drizzle-orm';
import type { Fact } from '../../chat/facts.ts';
import { listLocations } from '../../webex/locations.ts';
import { locations } from '../directory.schema.ts';
import type { DirectoryKind } from '../kind.ts';

export const locationsKind: DirectoryKind<typeof locations> = {
  kind: 'locations',
  title: 'Locations',
  noun: 'location',
  shownBy: 'locations',
  scope: 'spark-admin:locations_read',
  proof: { byScopeAlone: true, ask: (webex, { account_number }) => listLocations(webex, account_number) },
  schedule: null,
  table: locations,
  fields: {
    name: 'name',
    address1: 'address',
    address2: 'second line of the address',
    city: 'city',
    state: 'state',
    postalCode: 'postal code',
    country: 'country',
    timeZone: 'time zone',
    latitude: 'latitude',
    longitude: 'longitude',
    notes: 'notes',
  },
  order: [sql`${locations.name} collate "C"`, locations.webexId],
  async read(webex, { account_number }) {
    const { items, unread } = await listLocations(webex, account_number);
    const rows = items.map(({ id, name, address = {}, ...location }) => ({
      webexId: id,
      name,
      address1: address.address1 ?? null,
      address2: address.address2 ?? null,
      city: address.city ?? null,
      state: address.state ?? null,
      postalCode: address.postalCode ?? null,
      country: address.country ?? null,
      timeZone: location.timeZone ?? null,
      latitude: location.latitude ?? null,
      longitude: location.longitude ?? null,
      notes: location.notes ?? null,
    }));
    return { rows, unread };
  },
  facts: (rows): Fact[] => [{ title: 'Locations', value: rows === null ? 'Not synced' : `${rows.length} synced` }],
};
