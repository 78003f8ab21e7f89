// Counts the organizations for which a level's settings count, and those for which a change makes a difference.

import { eq, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { customers } from '../customers/customers.schema.ts';
import type { Db } from '../db/database.ts';
import { inScope, type Scope } from '../db/scope.ts';
import { organizations } from '../organizations/organizations.schema.ts';
import { spaces } from '../spaces/spaces.schema.ts';
import {
  type DecidedLevel,
  isAboutSpaces,
  isDecidedElsewhere,
  isSameLevel,
  knownSettings,
  type LevelId,
  type OwnSettings,
  type SettingName,
} from './settings.ts';
import { belowNodeSql, nodeOfSpaceSql, readChains, resolveKnownChain } from './settings-of-many.store.ts';

/** Of a row of `organizations` with its node in `customers`: whether the level stands above it, or is its home space. */
function isOf({ level, subject }: LevelId): SQL | undefined {
  switch (level) {
    case 'provider':
      return undefined;
    case 'customer':
      return belowNodeSql(sql`${customers.path}`, subject);
    case 'space':
      return eq(organizations.roomId, subject);
  }
}

/** How many organizations in scope stand at or below a node, or are told in a space. */
export async function countOrganizationsOf(db: Db, { scope, of }: { scope: Scope; of: LevelId }): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(organizations)
    .innerJoin(customers, eq(customers.id, organizations.customerId))
    .where(sql`${isOf(of) ?? sql`true`} and ${inScope(scope, organizations.id) ?? sql`true`}`);
  return row?.count ?? 0;
}

/**
 * For how many organizations in scope one of these settings comes to have another value, where what `of` has decided is replaced. What an organization would
 * inherit otherwise differs from one to the next, where its home space stands above its node.
 */
export async function countTouched(
  db: Db,
  { scope, of, names, before, after }: Replaced & { scope: Scope; of: LevelId; names: readonly SettingName[] },
): Promise<number> {
  if (names.length === 0) return 0;
  const nodeOfSpace = alias(customers, 'node_of_space');
  // Many organizations share a place: settings are resolved once for each.
  const places = await db
    .select({
      path: customers.path,
      roomId: organizations.roomId,
      pathOfSpace: nodeOfSpace.path,
      count: sql<number>`count(*)::int`,
    })
    .from(organizations)
    .innerJoin(customers, eq(customers.id, organizations.customerId))
    .leftJoin(spaces, eq(spaces.roomId, organizations.roomId))
    .innerJoin(nodeOfSpace, eq(nodeOfSpace.id, nodeOfSpaceSql(sql`${spaces.customerId}`)))
    .where(sql`${isOf(of) ?? sql`true`} and ${inScope(scope, organizations.id) ?? sql`true`}`)
    .groupBy(customers.path, organizations.roomId, nodeOfSpace.path);
  const chainAt = await readChains(
    db,
    places.flatMap(({ path, pathOfSpace, roomId }) => [path, pathOfSpace].map((each) => ({ path: each, roomId }))),
  );
  const replaced = { before: knownSettings(before), after: knownSettings(after) };
  return places
    .filter(({ path, pathOfSpace, roomId }) =>
      names.some((name) =>
        isChanged(chainAt({ path: isAboutSpaces(name) ? pathOfSpace : path, roomId }), { ...replaced, of, name }),
      ),
    )
    .reduce((total, { count }) => total + count, 0);
}

/** What a level has decided, and what it decides from now on. */
interface Replaced {
  readonly before: OwnSettings;
  readonly after: OwnSettings;
}

/** Whether another value comes to count at the chain's last level. The chain's values are known ones. */
function isChanged(
  chain: readonly DecidedLevel[],
  { of, name, before, after }: Replaced & { of: LevelId; name: SettingName },
): boolean {
  const index = chain.findIndex((level) => isSameLevel(level, of));
  if (index < 0 || isDecidedElsewhere(chain, of, name)) return false;
  const inherited = resolveKnownChain(chain.slice(0, index))[name];
  const [was, becomes] = [before, after].map((own) => (name in own ? own[name] : inherited));
  return JSON.stringify(was) !== JSON.stringify(becomes);
}
