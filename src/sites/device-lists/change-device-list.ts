// Adds, changes and removes lists of network devices, and has sites use them, each with its entry in the audit.

import { randomUUID } from 'node:crypto';
import { appendAudit } from '../../audit/append-audit.ts';
import { changedFields } from '../../audit/audit-entry.ts';
import { type Customer, findCustomerInScope } from '../../customers/customer.store.ts';
import type { Db } from '../../db/database.ts';
import { searchKey } from '../../lib/search-key.ts';
import { type ChangeDeps, type Changing, entryOf } from '../changing.ts';
import { homeOf } from '../plan.store.ts';
import { countUses, findSite, setDeviceList } from '../site.store.ts';
import {
  type DeviceList,
  deleteDeviceList,
  findDeviceList,
  findListCalled,
  insertDeviceList,
  lockDeviceList,
  updateDeviceList,
} from './device-list.store.ts';
import { type DeviceListValues, replacedDevices } from './device-list-rules.ts';

export type ListResult =
  | { outcome: 'saved'; list: DeviceList; customer: Customer; isNew: boolean }
  | { outcome: 'taken'; customer: Customer }
  /** Sites use it: a device that stands in it stays. */
  | { outcome: 'in_use'; list: DeviceList; uses: number }
  | { outcome: 'gone' };

const columnsOf = ({ name, description, organizationId, cucm, cuc }: DeviceListValues) => ({
  ...{ name, description, organizationId, cucm, cuc },
  searchName: searchKey(name),
});

/** Adds a list to a customer. Its organization is one of the customer's. */
export function addDeviceList(
  { db, clock }: ChangeDeps,
  { customerId, values, ...by }: Changing & { customerId: string; values: DeviceListValues },
): Promise<ListResult> {
  const now = clock.now();
  return db.transaction(async (tx): Promise<ListResult> => {
    const customer = await findCustomerInScope(tx, { scope: by.scope, id: customerId });
    if (!customer) return { outcome: 'gone' };
    if (await findListCalled(tx, { customerId, name: values.name })) return { outcome: 'taken', customer };
    const columns = columnsOf(await withOwnOrganization(tx, customerId, values));
    const list = {
      ...columns,
      id: randomUUID(),
      customerId,
      createdBy: by.actor.email,
      createdAt: now,
      updatedAt: now,
    };
    await insertDeviceList(tx, list);
    await appendAudit(tx, {
      act: 'network_device_list.added',
      ...entryOf(by, now),
      customerId,
      after: { name: list.name },
    });
    return { outcome: 'saved', list, customer, isNew: true };
  });
}

/** Changes a list. While sites use it, name and description may change, and devices be added. */
export function changeDeviceList(
  { db, clock }: ChangeDeps,
  { id, values, ...by }: Changing & { id: string; values: DeviceListValues },
): Promise<ListResult> {
  const now = clock.now();
  return db.transaction(async (tx): Promise<ListResult> => {
    const list = await lockDeviceList(tx, id);
    const customer = list && (await findCustomerInScope(tx, { scope: by.scope, id: list.customerId }));
    if (!list || !customer) return { outcome: 'gone' };
    const called = await findListCalled(tx, { customerId: customer.id, name: values.name });
    if (called && called.id !== id) return { outcome: 'taken', customer };
    const wanted = await withOwnOrganization(tx, customer.id, values);
    const uses = await countUses(tx, id);
    if (uses > 0 && replacedDevices(list, wanted).length > 0) return { outcome: 'in_use', list, uses };
    const columns = columnsOf(wanted);
    await updateDeviceList(tx, id, { ...columns, updatedAt: now });
    const { searchName: _key, ...told } = columns;
    await appendAudit(tx, {
      act: 'network_device_list.changed',
      ...entryOf(by, now),
      customerId: customer.id,
      ...changedFields<DeviceListValues>(list, told),
    });
    return { outcome: 'saved', list: { ...list, ...columns, updatedAt: now }, customer, isNew: false };
  });
}

/** Removes a list that no site uses. */
export function removeDeviceList(
  { db, clock }: ChangeDeps,
  { id, ...by }: Changing & { id: string },
): Promise<
  { outcome: 'removed'; list: DeviceList } | { outcome: 'in_use'; list: DeviceList; uses: number } | { outcome: 'gone' }
> {
  const now = clock.now();
  return db.transaction(async (tx) => {
    const list = await lockDeviceList(tx, id);
    const customer = list && (await findCustomerInScope(tx, { scope: by.scope, id: list.customerId }));
    if (!list || !customer) return { outcome: 'gone' };
    const uses = await countUses(tx, id);
    if (uses > 0) return { outcome: 'in_use', list, uses };
    await deleteDeviceList(tx, id);
    await appendAudit(tx, {
      act: 'network_device_list.removed',
      ...entryOf(by, now),
      customerId: customer.id,
      before: { name: list.name },
    });
    return { outcome: 'removed', list };
  });
}

export type AssignResult =
  | { outcome: 'assigned'; site: string; list: string }
  /** The list belongs to another customer. */
  | { outcome: 'elsewhere' }
  | { outcome: 'gone' };

/** Has a site use a list of its organization's customer. */
export function assignDeviceList(
  { db, clock }: ChangeDeps,
  { siteId, listId, ...by }: Changing & { siteId: string; listId: string },
): Promise<AssignResult> {
  const now = clock.now();
  return db.transaction(async (tx): Promise<AssignResult> => {
    const { scope } = by;
    const site = await findSite(tx, { scope, id: siteId });
    const list = await findDeviceList(tx, { scope, id: listId });
    // Locked: a list that is being removed is used by nobody new.
    if (!site || !list || !(await lockDeviceList(tx, listId))) return { outcome: 'gone' };
    const home = await homeOf(tx, site.organizationId);
    if (!home) return { outcome: 'gone' };
    if (home.customer.id !== list.customerId) return { outcome: 'elsewhere' };
    await setDeviceList(tx, { id: siteId, deviceListId: listId, now });
    await appendAudit(tx, {
      act: 'site.changed',
      ...entryOf(by, now),
      organizationId: site.organizationId,
      before: { site: site.name, network_device_list: site.deviceListName },
      after: { site: site.name, network_device_list: list.name },
    });
    return { outcome: 'assigned', site: site.name, list: list.name };
  });
}

/** Without an organization that belongs to another customer, or to nobody any more. */
async function withOwnOrganization(tx: Db, customerId: string, values: DeviceListValues): Promise<DeviceListValues> {
  const home = values.organizationId === null ? undefined : await homeOf(tx, values.organizationId);
  return { ...values, organizationId: home?.customer.id === customerId ? values.organizationId : null };
}
