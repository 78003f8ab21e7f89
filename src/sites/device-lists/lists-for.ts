// Which lists of network devices a site can use.

import type { Db } from '../../db/database.ts';
import type { Scope } from '../../db/scope.ts';
import { homeOf } from '../plan.store.ts';
import { listDeviceLists, type NamedDeviceList } from './device-list.store.ts';

/** Those in scope of the customer to which an organization belongs. */
export async function listsFor(
  db: Db,
  { scope, organizationId, limit }: { scope: Scope; organizationId: string; limit: number },
): Promise<NamedDeviceList[]> {
  const home = await homeOf(db, organizationId);
  if (!home) return [];
  return (await listDeviceLists(db, { scope, customerId: home.customer.id, offset: 0, limit })).rows;
}
