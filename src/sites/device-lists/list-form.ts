// What the form of a list of network devices offers.

import type { Db } from '../../db/database.ts';
import { customerOf } from '../plan.store.ts';
import { blankListName, findListCalled, organizationsOf } from './device-list.store.ts';

/** How many organizations the form offers. */
const MOST_ORGANIZATIONS = 50;

/** The customer that gets the list where a node is named, and a name that is free. */
export async function newListFor(
  db: Db,
  node: { path: string },
): Promise<{ customer: { id: string; name: string; path: string }; name: string }> {
  const customer = await customerOf(db, node.path);
  const name = blankListName(customer.name);
  const isTaken = await findListCalled(db, { customerId: customer.id, name });
  return { customer, name: isTaken ? '' : name };
}

/** The organizations that a customer's list can refer to. */
export const organizationsFor = (db: Db, customerId: string): Promise<{ id: string; name: string }[]> =>
  organizationsOf(db, { customerId, limit: MOST_ORGANIZATIONS });
