// Queries on rights: what a person may do, and at which node of the tree a space stands.

import { and, asc, eq, or, type Placeholder, sql } from 'drizzle-orm';
import { customers, PROVIDER_ID } from '../customers/customers.schema.ts';
import type { Db } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { customersInScope, type Scope } from '../db/scope.ts';
import { isDecidedAt, settings } from '../settings/settings.schema.ts';
import { spaces } from '../spaces/spaces.schema.ts';
import type { CustomerNode, Decided, HeldRight, Standing } from './actor.ts';
import { lastLists, type Role, rights } from './chat.schema.ts';

const node = { id: customers.id, path: customers.path, name: customers.name, kind: customers.kind };

const lastList = {
  firstNumber: lastLists.firstNumber,
  organizationIds: lastLists.organizationIds,
  shownAt: lastLists.shownAt,
};

/**
 * The space, the node at which it stands, what was given and last listed to the person, and what is decided for the space: one statement, since every
 * command reads it.
 */
const selectStanding = prepared((db) =>
  db
    .select({
      customer: node,
      space: spaces,
      lastList,
      given: sql<[Role, string][] | null>`(${rightsOf(sql.placeholder('personId'))})`,
      decided: sql<Decided[] | null>`(${decidedIn(sql.placeholder('roomId'))})`,
    })
    .from(customers)
    .leftJoin(spaces, eq(spaces.roomId, sql.placeholder('roomId')))
    .leftJoin(
      lastLists,
      and(eq(lastLists.roomId, sql.placeholder('roomId')), eq(lastLists.personId, sql.placeholder('personId'))),
    )
    .where(
      eq(
        customers.id,
        sql`coalesce((select ${spaces.customerId} from ${spaces} where ${spaces.roomId} = ${sql.placeholder('roomId')}), ${PROVIDER_ID})`,
      ),
    )
    .prepare('select_standing'),
);

const rightsOf = (personId: Placeholder) =>
  sql`select json_agg(json_build_array(${rights.role}, held.path)) from ${rights} join ${customers} held on held.id = ${rights.customerId}
    where ${rights.personId} = ${personId}`;

const decidedIn = (roomId: Placeholder) =>
  sql`select json_agg(json_build_object('level', ${settings.level}, 'subject', ${settings.subject}, 'values', ${settings.values})) from ${settings}
    where ${isDecidedAt({ path: customers.path, roomId })}`;

/**
 * The space, where it is noted; the node at which it stands, the provider's where nobody has chosen one; the rights that were given to the person; the list
 * that the person saw there last; and what is decided for the space.
 */
export async function findStanding(
  db: Db,
  { roomId, personId }: { roomId: string; personId: string },
): Promise<Omit<Standing, 'held'> & { given: HeldRight[] }> {
  const [found] = await selectStanding(db).execute({ roomId, personId });
  if (!found) throw new Error('the store has no node for the provider');
  const { customer, space, lastList: listed, given, decided } = found;
  return {
    customer,
    space: space ?? undefined,
    lastList: listed ?? undefined,
    decided: decided ?? [],
    given: (given ?? []).map(([role, path]) => ({ role, path })),
  };
}

export type Right = typeof rights.$inferSelect;

/** The rights that were given to the person or, under this e-mail, to somebody else. */
export function findRights(db: Db, { email, personId }: { email: string; personId: string }): Promise<Right[]> {
  return db
    .select()
    .from(rights)
    .where(or(eq(rights.personId, personId), eq(rights.email, email)));
}

/** The Webex organizations of people who may see all that a space may show: their rights are at its node or above. */
export async function organizationsAbove(db: Db, roomId: string): Promise<string[]> {
  const { customer } = await findStanding(db, { roomId, personId: '' });
  const found = await db
    .selectDistinct({ webexOrgId: rights.webexOrgId })
    .from(rights)
    .innerJoin(customers, eq(customers.id, rights.customerId))
    .where(sql`starts_with(${customer.path}, ${customers.path})`);
  return found.map(({ webexOrgId }) => webexOrgId);
}

/** The right that a person holds at this very node, locked until the transaction ends. */
export async function lockRight(
  tx: Db,
  { personId, customerId }: Pick<Right, 'personId' | 'customerId'>,
): Promise<Right | undefined> {
  const isHeld = and(eq(rights.personId, personId), eq(rights.customerId, customerId));
  const [held] = await tx.select().from(rights).where(isHeld).for('update');
  return held;
}

/** Gives a right, or replaces the one that the person holds at the node. */
export async function saveRight(tx: Db, right: Right): Promise<void> {
  const { personId, customerId, ...rest } = right;
  await tx
    .insert(rights)
    .values(right)
    .onConflictDoUpdate({ target: [rights.personId, rights.customerId], set: rest });
}

/** A right with the node at which it is held. */
export interface RightAtNode extends Right {
  node: CustomerNode;
}

const selectAtNodes = (db: Db) =>
  db.select({ right: rights, node }).from(rights).innerJoin(customers, eq(customers.id, rights.customerId));

/** The rights of whoever has this e-mail, or of this person, at nodes in scope. */
export async function rightsInScope(
  db: Db,
  { scope, ...of }: { scope: Scope } & ({ email: string } | { personId: string }),
): Promise<RightAtNode[]> {
  const whose = 'email' in of ? eq(rights.email, of.email) : eq(rights.personId, of.personId);
  const found = await selectAtNodes(db)
    .where(and(whose, customersInScope(scope)))
    .orderBy(asc(sql`${customers.sortKey} collate "C"`));
  return found.map(({ right, node }) => ({ ...right, node }));
}

/** A page of the rights at nodes in scope, in the order of the tree, and how many there are. */
export async function listRights(
  db: Db,
  { scope, offset, limit }: { scope: Scope; offset: number; limit: number },
): Promise<{ rights: RightAtNode[]; total: number }> {
  const found = await selectAtNodes(db)
    .where(customersInScope(scope))
    .orderBy(asc(sql`${customers.sortKey} collate "C"`), asc(rights.email))
    .offset(offset)
    .limit(limit);
  const condition = customersInScope(scope);
  const inSight =
    condition && sql`${rights.customerId} in (select ${customers.id} from ${customers} where ${condition})`;
  return { rights: found.map(({ right, node }) => ({ ...right, node })), total: await db.$count(rights, inSight) };
}

/** Takes one right away; false where it is gone already. */
export async function deleteRight(
  tx: Db,
  { personId, customerId }: Pick<Right, 'personId' | 'customerId'>,
): Promise<boolean> {
  const deleted = await tx
    .delete(rights)
    .where(and(eq(rights.personId, personId), eq(rights.customerId, customerId)))
    .returning({ one: sql`1` });
  return deleted.length === 1;
}
