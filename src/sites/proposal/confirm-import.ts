// Makes the sites of an organization's locations for the first time, as they were shown.

import { randomUUID } from 'node:crypto';
import { appendAudit } from '../../audit/append-audit.ts';
import { lockTree } from '../../customers/tree.store.ts';
import type { Db } from '../../db/database.ts';
import { everything, isInScope } from '../../db/scope.ts';
import { searchKey } from '../../lib/search-key.ts';
import { findOrganizationInScope, lockOrganization } from '../../organizations/organization.store.ts';
import { type ChangeDeps, type Changing, entryOf } from '../changing.ts';
import {
  blankListName,
  insertDeviceList,
  listDeviceLists,
  listForNewSites,
} from '../device-lists/device-list.store.ts';
import { writeSites } from '../follow-locations.ts';
import { planKey } from '../placement.ts';
import { noteConfirmed, type Plan, planOf } from '../plan.store.ts';

export type ConfirmResult =
  | { outcome: 'made'; count: number; madeList: string | null }
  /** They were made before. */
  | { outcome: 'made_before' }
  /** The locations or the mappings are others than those that were shown. */
  | { outcome: 'changed' }
  | { outcome: 'gone' };

/** `plan` is the `planKey` of what was shown. A customer without a list of network devices gets a blank one. */
export function confirmImport(
  { db, clock }: ChangeDeps,
  { organizationId, plan: shown, ...by }: Changing & { organizationId: string; plan: string },
): Promise<ConfirmResult> {
  const now = clock.now();
  return db.transaction(async (tx): Promise<ConfirmResult> => {
    // Nobody moves a node meanwhile.
    await lockTree(tx);
    const organization = await lockOrganization(tx, organizationId);
    if (!organization || !(await findOrganizationInScope(tx, { scope: by.scope, id: organizationId }))) {
      return { outcome: 'gone' };
    }
    const plan = await planOf(tx, organizationId);
    if (!plan) return { outcome: 'gone' };
    if (plan.confirmedAt !== null) return { outcome: 'made_before' };
    if (planKey(plan.locations) !== shown) return { outcome: 'changed' };
    // Who may not change the customer above makes it no list.
    const madeList = isInScope(by.scope, plan.customer.path)
      ? await makeBlankList(tx, { customer: plan.customer, by: by.actor.email, now })
      : null;
    const deviceListId = (await listForNewSites(tx, plan.customer))?.id ?? null;
    const count = await writeSites(tx, { organizationId, plan, deviceListId, now });
    await noteConfirmed(tx, { organizationId, now });
    await appendAudit(tx, {
      act: 'sites.made',
      ...entryOf(by, now),
      organizationId,
      organizationName: organization.name,
      after: { sites: count, ...(madeList !== null && { network_device_list: madeList }) },
    });
    return { outcome: 'made', count, madeList };
  });
}

/** The name of the list that was made; null where the customer has one. */
async function makeBlankList(
  tx: Db,
  { customer, by, now }: { customer: Plan['customer']; by: string; now: Date },
): Promise<string | null> {
  const { total } = await listDeviceLists(tx, { scope: everything, customerId: customer.id, offset: 0, limit: 1 });
  if (total > 0) return null;
  const name = blankListName(customer.name);
  await insertDeviceList(tx, {
    ...{ id: randomUUID(), customerId: customer.id, name, searchName: searchKey(name), description: null },
    ...{ organizationId: null, cucm: null, cuc: null, createdBy: by, createdAt: now, updatedAt: now },
  });
  return name;
}
