// Has sites that exist follow changed mappings, as it was shown.

import { appendAudit } from '../../audit/append-audit.ts';
import { findCustomerInScope } from '../../customers/customer.store.ts';
import { lockTree } from '../../customers/tree.store.ts';
import { type ChangeDeps, type Changing, entryOf } from '../changing.ts';
import { moveSitesTo } from '../site.store.ts';
import { movesOf } from './moves.ts';

export type MoveResult = { outcome: 'moved'; count: number } | { outcome: 'changed' } | { outcome: 'gone' };

/** Moves the sites of a customer that stand elsewhere than its mappings say. `plan` is the `planKey` of what was shown. */
export function moveSites(
  { db, clock }: ChangeDeps,
  { customerId, plan, ...by }: Changing & { customerId: string; plan: string },
): Promise<MoveResult> {
  const now = clock.now();
  return db.transaction(async (tx): Promise<MoveResult> => {
    await lockTree(tx);
    const customer = await findCustomerInScope(tx, { scope: by.scope, id: customerId });
    if (!customer) return { outcome: 'gone' };
    const { moves, plan: current } = await movesOf(tx, customer);
    if (moves.length === 0 || current !== plan) return { outcome: 'changed' };
    const nodes = [...new Set(moves.map(({ nodeId }) => nodeId))].sort();
    for (const nodeId of nodes) {
      const ids = moves.filter((move) => move.nodeId === nodeId).map(({ siteId }) => siteId);
      await moveSitesTo(tx, { ids, customerId: nodeId, now });
    }
    await appendAudit(tx, {
      act: 'sites.moved',
      ...entryOf(by, now),
      customerId,
      after: { sites: moves.length, nodes: nodes.length },
    });
    return { outcome: 'moved', count: moves.length };
  });
}
