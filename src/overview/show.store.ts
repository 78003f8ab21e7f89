// Where an organization stands: its node of the tree, and the space that is notified of it.

import { eq } from 'drizzle-orm';
import { findCustomerInScope, namesAbove } from '../customers/customer.store.ts';
import { customers, PROVIDER_PATH } from '../customers/customers.schema.ts';
import type { Db } from '../db/database.ts';
import { isInScope, type Scope } from '../db/scope.ts';
import { spaces } from '../spaces/spaces.schema.ts';

export interface Home {
  /** The names of the nodes above the organization, from the first one in scope down to its own. */
  readonly names: readonly string[];
  /** The path of its node; undefined where that is gone or out of scope. */
  readonly path: string | undefined;
}

/** The node of an organization that was found in scope. */
export async function findHome(db: Db, { scope, customerId }: { scope: Scope; customerId: string }): Promise<Home> {
  const node = await findCustomerInScope(db, { scope, id: customerId });
  if (!node) return { names: [], path: undefined };
  const names = await namesAbove(db, { scope, nodes: [node] });
  return { names: names.get(node.id) ?? [node.name], path: node.path };
}

export interface NotifiedSpace {
  readonly roomId: string;
  readonly type: 'direct' | 'group';
  /** Null where Webex has not said it, or the space stands out of scope. */
  readonly title: string | null;
  /** Whether it stands in scope. */
  readonly isSeen: boolean;
  /** Whether the bot has left it. */
  readonly isLeft: boolean;
}

/** The space that is notified of an organization; undefined where nobody has noted it. Of one that stands out of scope the title stays unsaid. */
export async function findNotifiedSpace(
  db: Db,
  { scope, roomId }: { scope: Scope; roomId: string },
): Promise<NotifiedSpace | undefined> {
  const [found] = await db
    .select({ type: spaces.type, title: spaces.title, leftAt: spaces.leftAt, path: customers.path })
    .from(spaces)
    .leftJoin(customers, eq(customers.id, spaces.customerId))
    .where(eq(spaces.roomId, roomId));
  if (!found) return undefined;
  const isSeen = isInScope(scope, found.path ?? PROVIDER_PATH);
  return { roomId, type: found.type, title: isSeen ? found.title : null, isSeen, isLeft: found.leftAt !== null };
}
