// Nodes as people read them: their names from above down, from the first one that may be seen.

import { namesAbove } from '../customers/customer.store.ts';
import { pathWords } from '../customers/customer-rules.ts';
import type { Db } from '../db/database.ts';
import type { Scope } from '../db/scope.ts';

/** Of a node that the reader may not see. */
const ELSEWHERE = 'a place that you may not see';

export type NodeWords = (id: string) => string;

/** The words of these nodes. */
export async function nodeWords(
  db: Db,
  { scope, nodes }: { scope: Scope; nodes: readonly { id: string; path: string }[] },
): Promise<NodeWords> {
  const names = await namesAbove(db, { scope, nodes });
  return (id) => {
    const its = names.get(id) ?? [];
    return its.length === 0 ? ELSEWHERE : pathWords(its);
  };
}
