// Moves an organization to another node of the tree of customers.

import { appendAudit } from '../audit/append-audit.ts';
import { placeLeft } from '../audit/left-places.ts';
import type { Actor } from '../chat/actor.ts';
import type { Customer } from '../customers/customer.store.ts';
import { lockTree, readCustomer, rehomeOutsiders } from '../customers/tree.store.ts';
import type { TreeHooks } from '../customers/tree-hooks.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import { isInScope, type Scope } from '../db/scope.ts';
import type { Clock } from '../lib/clock.ts';
import { holdsOthers } from './holds-others.ts';
import { lockOrganization, type Organization, updateOrganization } from './organization.store.ts';

export interface MoveOrganizationDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  /** What other subjects do when an organization stands at another node. */
  treeHooks: readonly TreeHooks[];
}

export interface MoveOrganizationInput {
  organizationId: string;
  customerId: string;
  actor: Pick<Actor, 'personId' | 'email'>;
  /** Where it was asked for: the space that is told of the organization, where the present one may not be told any more. */
  roomId: string;
  /** What the actor may change here. */
  scope: Scope;
}

export type MoveOrganizationResult =
  | { outcome: 'moved'; organization: Organization; from: Customer; to: Customer; isRehomed: boolean }
  | { outcome: 'unchanged'; organization: Organization; to: Customer }
  /** Its grant holds others: it stays at the provider. */
  | { outcome: 'holds_others'; organization: Organization }
  /** The organization or one of the nodes is gone, or out of what the actor may change. */
  | { outcome: 'gone' };

/** Moves the record. Whoever does it may change both nodes. */
export function moveOrganization(
  { db, jobs, clock, treeHooks }: MoveOrganizationDeps,
  { organizationId, customerId, actor, roomId, scope }: MoveOrganizationInput,
): Promise<MoveOrganizationResult> {
  const now = clock.now();
  return db.transaction(async (tx) => {
    await lockTree(tx);
    const organization = await lockOrganization(tx, organizationId);
    const from = organization && (await readCustomer(tx, organization.customerId));
    const to = await readCustomer(tx, customerId);
    if (!organization || !from || !to) return { outcome: 'gone' };
    if (![from, to].every(({ path }) => isInScope(scope, path))) return { outcome: 'gone' };
    if (from.id === to.id) return { outcome: 'unchanged', organization, to };
    if (holdsOthers(organization)) return { outcome: 'holds_others', organization };
    // A form that was opened before the move is a conflict, and shows it.
    const updatedAt = new Date(Math.max(now.getTime(), organization.updatedAt.getTime() + 1));
    await updateOrganization(tx, organizationId, { customerId, updatedAt });
    const rehomed = await rehomeOutsiders(tx, { where: { organizationId }, roomId });
    for (const { organizationMoved } of treeHooks) await organizationMoved?.({ tx, jobs }, { organizationId, now });
    await appendAudit(tx, {
      act: 'organization.moved',
      by: { personId: actor.personId, email: actor.email },
      ...{ roomId, organizationId, organizationName: organization.name, customerId, now },
      before: placeLeft('customer', from),
      after: { customer: to.name },
    });
    return { outcome: 'moved', organization, from, to, isRehomed: rehomed > 0 };
  });
}
