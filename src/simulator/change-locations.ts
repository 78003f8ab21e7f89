// What a customer builds, renames and closes: the locations of an organization, changed through the control door.

import { z } from 'zod';
import { webexId } from './ids.ts';
import type { Location, Organization, World } from './world.ts';

/** Known by its name, or by its id. What is left out stays. */
const ChangedLocation = z.strictObject({
  name: z.string().min(1),
  id: z.string().optional(),
  /** A new one, also where there is one of this name already. */
  add: z.boolean().optional(),
  rename: z.string().min(1).optional(),
  city: z.string().optional(),
  country: z.string().optional(),
  /** Gone, or with false there again under the same id. */
  deleted: z.boolean().optional(),
});

export const ChangedLocations = z.strictObject({ items: z.array(ChangedLocation) });

/** Changes and adds locations of an organization. Returns all that it has. */
export function changeLocations(
  { locations }: Pick<World, 'locations'>,
  organization: Organization,
  { items }: z.infer<typeof ChangedLocations>,
): Location[] {
  const its = () => [...locations.values()].filter(({ orgId }) => orgId === organization.id);
  for (const { name, id, add, rename, city, country, deleted } of items) {
    const known = add ? undefined : its().find((one) => (id === undefined ? one.name === name : one.id === id));
    const before = known ?? newLocation(organization, name);
    locations.set(before.id, {
      ...before,
      name: rename ?? before.name,
      address: { ...before.address, ...(city !== undefined && { city }), ...(country !== undefined && { country }) },
      deleted: deleted ?? before.deleted ?? false,
    });
  }
  return its();
}

const newLocation = ({ id: orgId }: Organization, name: string): Location => ({
  id: webexId('LOCATION'),
  orgId,
  name,
  timeZone: 'America/New_York',
  preferredLanguage: 'en_us',
  address: { address1: '1 Main Street', city: 'Springfield', state: 'IL', postalCode: '62701', country: 'US' },
  latitude: '39.7817',
  longitude: '-89.6501',
  floors: [],
});
