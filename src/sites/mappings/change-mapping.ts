// Adds, changes and removes mappings, each with its entry in the audit. Sites that exist stay where they are until somebody has them moved.

import { randomUUID } from 'node:crypto';
import { appendAudit } from '../../audit/append-audit.ts';
import { findCustomerInScope, type Customer as Node } from '../../customers/customer.store.ts';
import { lockTree } from '../../customers/tree.store.ts';
import { searchKey } from '../../lib/search-key.ts';
import { type ChangeDeps, type Changing, entryOf } from '../changing.ts';
import { customerOf } from '../plan.store.ts';
import {
  deleteMapping,
  findMapping,
  findMappingFor,
  insertMapping,
  type Mapping,
  type NamedMapping,
  updateMapping,
} from './mapping.store.ts';

type Customer = NamedMapping['customer'];

export type MappingResult =
  | { outcome: 'saved'; text: string; customer: Customer; node: Node; isNew: boolean }
  /** There is one for this text. */
  | { outcome: 'taken'; existing: Mapping; customer: Customer }
  | { outcome: 'gone' };

/**
 * Has locations whose name contains `text` go to a node, where they belong to organizations of the customer to which the node belongs. `id`: the mapping
 * that is changed; a new one where it is left out.
 */
export function saveMapping(
  { db, clock }: ChangeDeps,
  { id, nodeId, text, ...by }: Changing & { id?: string | undefined; nodeId: string; text: string },
): Promise<MappingResult> {
  const now = clock.now();
  return db.transaction(async (tx): Promise<MappingResult> => {
    // Nobody moves a node meanwhile.
    await lockTree(tx);
    const { scope } = by;
    const node = await findCustomerInScope(tx, { scope, id: nodeId });
    const before = id === undefined ? undefined : await findMapping(tx, { scope, id });
    const owner = node && (await customerOf(tx, node.path));
    // A mapping is the customer's: whoever may change a node below it alone may not say what goes there.
    const customer = owner && (await findCustomerInScope(tx, { scope, id: owner.id }));
    if (!customer || (id !== undefined && !before)) return { outcome: 'gone' };
    const searchText = searchKey(text);
    const existing = await findMappingFor(tx, { customerId: customer.id, searchText });
    if (existing && existing.id !== id) return { outcome: 'taken', existing, customer };
    const values = { customerId: customer.id, text, searchText, nodeId, updatedAt: now };
    await (before
      ? updateMapping(tx, before.id, values)
      : insertMapping(tx, { ...values, id: randomUUID(), createdBy: by.actor.email, createdAt: now }));
    const oldNode = before && (await findCustomerInScope(tx, { scope, id: before.nodeId }));
    await appendAudit(tx, {
      act: before ? 'site_mapping.changed' : 'site_mapping.added',
      ...entryOf(by, now),
      customerId: customer.id,
      ...(before && { before: { text: before.text, node: oldNode?.name ?? null } }),
      after: { text, node: node.name },
    });
    return { outcome: 'saved', text, customer, node, isNew: !before };
  });
}

/** Removes a mapping. */
export function removeMapping(
  { db, clock }: ChangeDeps,
  { id, ...by }: Changing & { id: string },
): Promise<{ outcome: 'removed'; text: string; customer: Customer } | { outcome: 'gone' }> {
  const now = clock.now();
  return db.transaction(async (tx) => {
    const { scope } = by;
    const mapping = await findMapping(tx, { scope, id });
    if (!mapping) return { outcome: 'gone' };
    const node = await findCustomerInScope(tx, { scope, id: mapping.nodeId });
    await deleteMapping(tx, id);
    await appendAudit(tx, {
      act: 'site_mapping.removed',
      ...entryOf(by, now),
      customerId: mapping.customerId,
      before: { text: mapping.text, node: node?.name ?? null },
    });
    return { outcome: 'removed', text: mapping.text, customer: mapping.customer };
  });
}
