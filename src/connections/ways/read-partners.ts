// Reads the organizations that serve as a partner, with how much hangs on each.

import type { Db } from '../../db/database.ts';
import type { Scope } from '../../db/scope.ts';
import type { Connection } from '../connection.store.ts';
import { countServed, listPartners } from './served.store.ts';

export interface ServingPartner {
  id: string;
  name: string;
  connection: Connection | null;
  /** How many organizations its grant holds, counted to one more than `COUNTED_MAX`. */
  served: number;
}

export async function readPartners(db: Db): Promise<ServingPartner[]> {
  const partners = await listPartners(db);
  const ids = partners.map(({ organization }) => organization.id);
  const served = await countServed(db, ids);
  return partners.map(({ organization: { id, name }, connection }) => ({
    ...{ id, name, connection },
    served: served.get(id) ?? 0,
  }));
}

/** How many organizations in scope are held by the grant of this one. */
export const countServedBy = async (
  db: Db,
  { scope, organizationId }: { scope: Scope; organizationId: string },
): Promise<number> => (await countServed(db, [organizationId], scope)).get(organizationId) ?? 0;
