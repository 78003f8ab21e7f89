// Changes the tree of customers, each change with its entry in the audit, one after the other.

import { randomUUID } from 'node:crypto';
import { appendAudit } from '../audit/append-audit.ts';
import { placeLeft } from '../audit/left-places.ts';
import type { Actor } from '../chat/actor.ts';
import { forgetMembers, noteSpace } from '../chat/space.store.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import { isInScope, type Scope } from '../db/scope.ts';
import type { Clock } from '../lib/clock.ts';
import { type Customer, countHanging, type Hanging } from './customer.store.ts';
import { type AddedKind, levelOf, MOST_LEVELS } from './customer-rules.ts';
import { PROVIDER_ID } from './customers.schema.ts';
import {
  deleteCustomer,
  findChild,
  hasOutsiders,
  insertCustomer,
  isFreshSpace,
  levelsBelow,
  lockTree,
  type Outsiders,
  placeSpace,
  readCustomer,
  rehomeOutsiders,
  renameRoot,
  replantCustomer,
} from './tree.store.ts';
import type { TreeHooks } from './tree-hooks.ts';
import { NoFallbackRoom } from './with-fallback-room.ts';

export interface ChangeTreeDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  /** What other subjects do when the tree changes. */
  treeHooks: readonly TreeHooks[];
}

/** Who changes the tree, where, and what this person may change. */
export interface Changing {
  actor: Pick<Actor, 'personId' | 'email'>;
  roomId: string;
  scope: Scope;
}

type Refused =
  /** It is gone, or out of what the person may change. */
  | { outcome: 'gone' }
  /** Another child of the same parent has the name. */
  | { outcome: 'name_taken'; existing: Customer }
  | { outcome: 'too_deep' };

const entryOf = ({ actor, roomId }: Changing, customer: Pick<Customer, 'id'>, now: Date) => ({
  by: { personId: actor.personId, email: actor.email },
  roomId,
  customerId: customer.id,
  now,
});

/** Adds a node below another. */
export function addCustomer(
  { db, clock }: ChangeTreeDeps,
  { parentId, name, kind, ...by }: Changing & { parentId: string; name: string; kind: AddedKind },
): Promise<{ outcome: 'added'; customer: Customer } | Refused> {
  const now = clock.now();
  return db.transaction(async (tx) => {
    await lockTree(tx);
    const parent = await readCustomer(tx, parentId);
    if (!parent || !isInScope(by.scope, parent.path)) return { outcome: 'gone' };
    if (levelOf(parent.path) >= MOST_LEVELS) return { outcome: 'too_deep' };
    const existing = await findChild(tx, { parentId, name });
    if (existing) return { outcome: 'name_taken', existing };
    const customer = await insertCustomer(tx, { parent, id: randomUUID(), name, kind, by: by.actor.email, now });
    const after = { name, kind, parent: parent.name };
    await appendAudit(tx, { act: 'customer.added', ...entryOf(by, customer, now), after });
    return { outcome: 'added', customer };
  });
}

/** Gives a node another name. */
export function renameCustomer(
  { db, clock }: ChangeTreeDeps,
  { id, name, ...by }: Changing & { id: string; name: string },
): Promise<{ outcome: 'renamed'; before: string } | Refused> {
  const now = clock.now();
  return db.transaction(async (tx) => {
    await lockTree(tx);
    const customer = await readCustomer(tx, id);
    if (!customer || !isInScope(by.scope, customer.path)) return { outcome: 'gone' };
    if (customer.parentId === null) {
      await renameRoot(tx, { id, name, now });
    } else {
      const existing = await findChild(tx, { parentId: customer.parentId, name });
      if (existing && existing.id !== id) return { outcome: 'name_taken', existing };
      const parent = await readCustomer(tx, customer.parentId);
      if (!parent) return { outcome: 'gone' };
      await replantCustomer(tx, customer, { name, parent, now });
    }
    const entry = entryOf(by, customer, now);
    await appendAudit(tx, { act: 'customer.renamed', ...entry, before: { name: customer.name }, after: { name } });
    return { outcome: 'renamed', before: customer.name };
  });
}

/**
 * Moves a node and all below it under another. Whoever moves it may change both the parents. Organizations whose space would stand outside of them are told
 * of in `fallbackRoomId` from then on.
 * @throws NoFallbackRoom where it is null and there are such organizations
 */
export function moveCustomer(
  { db, jobs, clock, treeHooks }: ChangeTreeDeps,
  { id, parentId, fallbackRoomId, ...by }: Changing & { id: string; parentId: string; fallbackRoomId: string | null },
): Promise<
  | { outcome: 'moved'; from: string; customer: Customer; parent: Customer; rehomed: number }
  | { outcome: 'unchanged' | 'below_itself' }
  | Refused
> {
  const now = clock.now();
  return db.transaction(async (tx) => {
    await lockTree(tx);
    const [customer, parent] = [await readCustomer(tx, id), await readCustomer(tx, parentId)];
    const old = customer?.parentId ? await readCustomer(tx, customer.parentId) : undefined;
    if (!customer || !parent || !old) return { outcome: 'gone' };
    if (![old, parent].every(({ path }) => isInScope(by.scope, path))) return { outcome: 'gone' };
    if (parent.path.startsWith(customer.path)) return { outcome: 'below_itself' };
    if (old.id === parent.id) return { outcome: 'unchanged' };
    if (levelOf(parent.path) + 1 + (await levelsBelow(tx, customer.path)) > MOST_LEVELS) return { outcome: 'too_deep' };
    const existing = await findChild(tx, { parentId, name: customer.name });
    if (existing) return { outcome: 'name_taken', existing };
    await replantCustomer(tx, customer, { name: customer.name, parent, now });
    const path = `${parent.path}${customer.id}/`;
    const rehomed = await rehome(tx, { where: { below: path }, fallbackRoomId });
    for (const { moved } of treeHooks) await moved?.({ tx, jobs }, { path, now });
    const [before, after] = [placeLeft('parent', old), { parent: parent.name }];
    await appendAudit(tx, { act: 'customer.moved', ...entryOf(by, customer, now), before, after });
    return { outcome: 'moved', from: old.name, customer, parent, rehomed };
  });
}

/** @throws NoFallbackRoom where there are outsiders, and no space for them */
async function rehome(
  tx: Db,
  { where, fallbackRoomId }: { where: Outsiders; fallbackRoomId: string | null },
): Promise<number> {
  if (fallbackRoomId !== null) return rehomeOutsiders(tx, { where, roomId: fallbackRoomId });
  if (await hasOutsiders(tx, where)) throw new NoFallbackRoom();
  return 0;
}

type RemovalRefused =
  | { outcome: 'in_use'; customer: Customer; hanging: Hanging; deletedUntil: Date | null }
  /** Nothing above it is for the person to change. */
  | { outcome: 'outermost'; customer: Customer }
  | Refused;

/** The node that the person may remove, with its parent; or why it stays. Whoever removes it may change its parent. */
export async function removable(
  db: Db,
  { id, scope }: Pick<Changing, 'scope'> & { id: string },
): Promise<{ outcome: 'removable'; customer: Customer; parent: Customer } | RemovalRefused> {
  const customer = await readCustomer(db, id);
  if (!customer || !isInScope(scope, customer.path)) return { outcome: 'gone' };
  const parent = customer.parentId ? await readCustomer(db, customer.parentId) : undefined;
  if (!parent || !isInScope(scope, parent.path)) return { outcome: 'outermost', customer };
  const found = await countHanging(db, id);
  if (Object.values(found.hanging).some((count) => count > 0)) return { outcome: 'in_use', customer, ...found };
  return { outcome: 'removable', customer, parent };
}

/** Removes a node at which nothing hangs. */
export function removeCustomer(
  { db, clock }: ChangeTreeDeps,
  { id, ...by }: Changing & { id: string },
): Promise<{ outcome: 'removed'; name: string } | RemovalRefused> {
  const now = clock.now();
  return db.transaction(async (tx) => {
    await lockTree(tx);
    const found = await removable(tx, { id, scope: by.scope });
    if (found.outcome !== 'removable') return found;
    const { customer, parent } = found;
    await deleteCustomer(tx, customer);
    const { name, kind } = customer;
    const before = { name, kind, parent: parent.name };
    await appendAudit(tx, { act: 'customer.removed', ...entryOf(by, customer, now), before });
    return { outcome: 'removed', name };
  });
}

/**
 * Has a group space stand at a node. Organizations outside of it are told of in `fallbackRoomId` from then on. Whoever does it may change both nodes, or the
 * new one alone where nobody has placed the space yet and it is told of nothing else.
 * @throws NoFallbackRoom where it is null and there are such organizations
 */
export function useCustomer(
  { db, jobs, clock, treeHooks }: ChangeTreeDeps,
  {
    id,
    from,
    fallbackRoomId,
    ...by
  }: Changing & { id: string; from: Pick<Customer, 'id' | 'name' | 'path'>; fallbackRoomId: string | null },
): Promise<
  | { outcome: 'used'; customer: Customer; rehomed: number }
  /** Whoever administers where it stands has placed it, or has it told of something. */
  | { outcome: 'placed' }
  | Refused
> {
  const now = clock.now();
  const { roomId } = by;
  return db.transaction(async (tx) => {
    await lockTree(tx);
    const customer = await readCustomer(tx, id);
    if (!customer || !isInScope(by.scope, customer.path)) return { outcome: 'gone' };
    const isTheirs = isInScope(by.scope, from.path);
    if (!isTheirs && !(await isFreshSpace(tx, { roomId, path: customer.path }))) return { outcome: 'placed' };
    await noteSpace(tx, { roomId, type: 'group', now });
    await placeSpace(tx, { roomId, customerId: id });
    // Who counts as somebody from outside depends on where the space stands.
    await forgetMembers(tx, roomId);
    const rehomed = id === PROVIDER_ID ? 0 : await rehome(tx, { where: { roomId }, fallbackRoomId });
    const stands = { roomId, rehomedTo: fallbackRoomId, now };
    for (const { spaceMoved } of treeHooks) await spaceMoved?.({ tx, jobs }, stands);
    const [before, after] = [placeLeft('customer', from), { customer: customer.name }];
    await appendAudit(tx, { act: 'space.placed', ...entryOf(by, customer, now), before, after });
    return { outcome: 'used', customer, rehomed };
  });
}
