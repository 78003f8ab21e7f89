// Which sites of a customer would move where.

import type { Db } from '../../db/database.ts';
import { planKey } from '../placement.ts';
import { type Misplaced, misplacedSites } from '../plan.store.ts';

export interface Moves {
  moves: Misplaced[];
  /** Tells them apart from others: what is confirmed is what was shown. */
  plan: string;
}

/** The sites of a customer that was found in scope, as far as they stand elsewhere than its mappings say. */
export async function movesOf(db: Db, customer: { id: string; path: string }): Promise<Moves> {
  const moves = await misplacedSites(db, customer);
  return { moves, plan: planKey(moves) };
}

/** The nodes that moves or plans name. */
export const nodesOf = (
  moves: readonly { nodeId: string; nodePath: string; fromId?: string; fromPath?: string }[],
): { id: string; path: string }[] =>
  moves.flatMap(({ nodeId, nodePath, fromId, fromPath }) => [
    { id: nodeId, path: nodePath },
    ...(fromId === undefined || fromPath === undefined ? [] : [{ id: fromId, path: fromPath }]),
  ]);
