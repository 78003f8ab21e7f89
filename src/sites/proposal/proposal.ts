// Where the locations of an organization would go, while nobody has said that they become sites.

import type { Db } from '../../db/database.ts';
import { everything, isInScope, type Scope } from '../../db/scope.ts';
import { blankListName, listDeviceLists } from '../device-lists/device-list.store.ts';
import { planKey } from '../placement.ts';
import { type PlannedLocation, planOf } from '../plan.store.ts';

export interface Proposal {
  /** The node of the organization. */
  home: { path: string };
  customer: { id: string; name: string };
  locations: PlannedLocation[];
  /** Tells the plan apart from others: what is confirmed is what was shown. */
  plan: string;
  /** The list that would be made; null where the customer has one. */
  newList: string | null;
}

/** Of an organization that was found in scope; undefined where its locations are sites already. Of a customer above the scope neither list nor mappings are named. */
export async function proposalOf(
  db: Db,
  { scope, organizationId }: { scope: Scope | undefined; organizationId: string },
): Promise<Proposal | undefined> {
  const plan = await planOf(db, organizationId);
  if (!plan || plan.confirmedAt !== null) return undefined;
  const { home, customer, locations } = plan;
  const { total } = await listDeviceLists(db, { scope: everything, customerId: customer.id, offset: 0, limit: 1 });
  const key = planKey(locations);
  if (!isInScope(scope ?? { within: [home.path] }, customer.path)) {
    const unnamed = locations.map((location) => ({ ...location, by: null, torn: [] }));
    return { home, customer, locations: unnamed, plan: key, newList: null };
  }
  const newList = total > 0 ? null : blankListName(customer.name);
  return { home, customer, locations, plan: key, newList };
}
