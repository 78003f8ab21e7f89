// The buildings of the seeded organizations.

import { webexId } from './ids.ts';
import type { Location } from './world.ts';

/** `[name, street, city, state, postal code, country, time zone, latitude, longitude, floors]` */
type LocationSeed = [string, string, string, string, string, string, string, string, string, [number, string][]];

const LOCATIONS: Readonly<Record<string, readonly LocationSeed[]>> = {
  'Acme Robotics': [
    [
      'Detroit Plant',
      '1 Foundry Road',
      'Detroit',
      'MI',
      '48201',
      'US',
      'America/Detroit',
      '42.3314',
      '-83.0458',
      [
        [0, 'Assembly'],
        [1, 'Offices'],
      ],
    ],
    ['Detroit Warehouse', '14 Rail Yard', 'Detroit', 'MI', '48209', 'US', 'America/Detroit', '42.3016', '-83.1093', []],
    [
      'Toronto Office',
      '200 Bay Street',
      'Toronto',
      'ON',
      'M5J 2J2',
      'CA',
      'America/Toronto',
      '43.6487',
      '-79.3804',
      [
        [11, 'Sales'],
        [12, 'Engineering'],
      ],
    ],
  ],
  'Borealis Foods': [
    [
      'Portland',
      '12 Harbour Street',
      'Portland',
      'ME',
      '04101',
      'US',
      'America/New_York',
      '43.6591',
      '-70.2568',
      [
        [-1, 'Cold store'],
        [0, 'Reception'],
      ],
    ],
  ],
  'Cobalt Health': [
    [
      'Boston Clinic',
      '75 Francis Street',
      'Boston',
      'MA',
      '02115',
      'US',
      'America/New_York',
      '42.3358',
      '-71.1073',
      [
        [0, 'Admissions'],
        [1, 'Wards'],
      ],
    ],
    ['Denver Clinic', '123 Some St.', 'Denver', 'CO', '80202', 'US', 'America/Denver', '39.7392', '-104.9903', []],
  ],
};

/** Of the organizations of these names, by their ids. */
export function seedLocations(organizationIds: ReadonlyMap<string, string>): Location[] {
  return Object.entries(LOCATIONS).flatMap(([name, seeds]) => {
    const orgId = organizationIds.get(name);
    return orgId === undefined ? [] : seeds.map((seed) => location(orgId, seed));
  });
}

function location(orgId: string, seed: LocationSeed): Location {
  const [name, address1, city, state, postalCode, country, timeZone, latitude, longitude, floors] = seed;
  return {
    id: webexId('LOCATION'),
    orgId,
    name,
    timeZone,
    preferredLanguage: 'en_us',
    address: { address1, city, state, postalCode, country },
    latitude,
    longitude,
    floors: floors.map(([floorNumber, displayName]) => ({
      id: webexId('WORKSPACE_LOCATION_FLOOR'),
      floorNumber,
      displayName,
    })),
  };
}
