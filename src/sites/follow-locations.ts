// Has the sites of an organization follow its locations at Webex: new ones come, renamed ones are renamed, what is gone is marked, and what returns is the same.

import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Db } from '../db/database.ts';
import { placeWords } from '../directory/locations/location-words.ts';
import { searchKey } from '../lib/search-key.ts';
import { listForNewSites } from './device-lists/device-list.store.ts';
import { noteUnproposed, type Plan, type PlannedLocation, planOf } from './plan.store.ts';
import { type Site, saveSites, settleSites, sitesOf } from './site.store.ts';

/** The first time nothing is made: the space is shown what would be. */
export async function followLocations(
  tx: Db,
  { organizationId, now }: { organizationId: string; now: Date },
): Promise<void> {
  const plan = await planOf(tx, organizationId);
  if (!plan) return;
  if (plan.confirmedAt === null) {
    if (plan.locations.length > 0) await noteUnproposed(tx, organizationId);
    return;
  }
  const deviceListId = (await listForNewSites(tx, plan.customer))?.id ?? null;
  await writeSites(tx, { organizationId, plan, deviceListId, now });
  await settleSites(tx, { organizationId }, now);
}

/** Writes what differs. A site that there is stays at its node, with its list. Returns how many are new. */
export async function writeSites(
  tx: Db,
  {
    organizationId,
    plan,
    deviceListId,
    now,
  }: { organizationId: string; plan: Plan; deviceListId: string | null; now: Date },
): Promise<number> {
  const known = new Map((await sitesOf(tx, organizationId)).map((site) => [site.locationId, site]));
  const wanted = plan.locations.map((planned): Site => {
    const site = known.get(planned.locationId) ?? {
      ...{ id: randomUUID(), organizationId, locationId: planned.locationId, deviceListId },
      ...{ customerId: planned.nodeId, createdAt: now, updatedAt: now },
    };
    return { ...site, ...fieldsOf(planned), goneAt: null };
  });
  const there = new Set(wanted.map(({ locationId }) => locationId));
  const gone = [...known.values()]
    .filter(({ locationId, goneAt }) => goneAt === null && !there.has(locationId))
    .map((site) => ({ ...site, goneAt: now }));
  const changed = [...wanted, ...gone].filter((site) => !isDeepStrictEqual(site, known.get(site.locationId)));
  await saveSites(
    tx,
    changed.map((site) => ({ ...site, updatedAt: now })),
  );
  return changed.filter(({ locationId }) => !known.has(locationId)).length;
}

const fieldsOf = ({ name, location }: PlannedLocation) => ({
  name,
  // An index holds it, whose entries are bounded; names have 256 characters at most by Webex's own word.
  searchName: searchKey(name).slice(0, 300),
  country: location.country,
  address: placeWords({ ...location, timeZone: null }),
  timeZone: location.timeZone,
  latitude: location.latitude,
  longitude: location.longitude,
});
