// Queries on the settings of many organizations or spaces at once. Levels are read by statements of a fixed number; which value counts is decided by
// `settings.ts` alone.

import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { customers, PROVIDER_ID } from '../customers/customers.schema.ts';
import { type Db, rows } from '../db/database.ts';
import { organizations } from '../organizations/organizations.schema.ts';
import { spaces } from '../spaces/spaces.schema.ts';
import { settings } from './settings.schema.ts';
import {
  type DecidedLevel,
  defaultSettings,
  isDecidedElsewhere,
  knownSettings,
  type LevelId,
  levelOfSpace,
  levelsOfPath,
  type OwnSettings,
  resolveKnown,
  resolveSettings,
  type SettingName,
  type Settings,
} from './settings.ts';
import type { SettingsSubject } from './settings-effect.ts';

/** Where settings count: at a node of the tree, by its path, and in a space. */
export interface SettingsPlace {
  path: string;
  roomId: string;
}

/** The levels that count at a place, from the provider's down to the space's. What is about an organization comes by its own node and its home space. */
export type ChainAt = (place: SettingsPlace) => DecidedLevel[];

/** Reads what the levels of all these places have decided, in one statement. Values that this version does not know are left out. */
export async function readChains(db: Db, places: readonly SettingsPlace[]): Promise<ChainAt> {
  const paths = new Set(places.map(({ path }) => path));
  const nodes = new Set([...paths].flatMap((path) => levelsOfPath(path).map(({ subject }) => subject)));
  const roomIds = new Set(places.map(({ roomId }) => roomId));
  const among = (subjects: ReadonlySet<string>) =>
    sql`${settings.subject} in (select jsonb_array_elements_text(${JSON.stringify([...subjects])}::jsonb))`;
  const found = await db
    .select({ level: settings.level, subject: settings.subject, values: settings.values })
    .from(settings)
    .where(
      sql`(${settings.level} = 'provider' and ${settings.subject} = '') or (${settings.level} = 'customer' and ${among(nodes)})
        or (${settings.level} = 'space' and ${among(roomIds)})`,
    );
  const keyOf = (level: string, subject: string) => `${level} ${subject}`;
  const known = new Map(found.map((row) => [keyOf(row.level, row.subject), knownSettings(row.values)]));
  return ({ path, roomId }) =>
    [...levelsOfPath(path), levelOfSpace(roomId)].map((id) => ({
      ...id,
      own: known.get(keyOf(id.level, id.subject)) ?? {},
    }));
}

/** `resolveChain` of levels whose values are known already. */
export const resolveKnownChain = (chain: readonly DecidedLevel[]): Settings =>
  resolveKnown(chain.map(({ own }) => own));

/** What counts for each of these organizations: along the nodes of the tree down to its own, then its home space. */
export async function settingsOfOrganizations(
  db: Db,
  organizationIds: readonly string[],
): Promise<ReadonlyMap<string, Settings>> {
  if (organizationIds.length === 0) return new Map();
  const places = await db
    .select({ id: organizations.id, path: customers.path, roomId: organizations.roomId })
    .from(organizations)
    .innerJoin(customers, eq(customers.id, organizations.customerId))
    .where(
      sql`${organizations.id} in (select asked::uuid from jsonb_array_elements_text(${JSON.stringify(organizationIds)}::jsonb) as asked)`,
    );
  const chainAt = await readChains(db, places);
  return new Map(places.map((place) => [place.id, resolveKnownChain(chainAt(place))]));
}

/** What counts for an organization. Of one that is gone, the defaults. */
export async function settingsOfOrganization(db: Db, organizationId: string): Promise<Settings> {
  const all = await settingsOfOrganizations(db, [organizationId]);
  return all.get(organizationId) ?? defaultSettings;
}

/** The spaces for which this level's decision of a setting counts, with what counts in each. */
export async function spacesThatFollow(
  db: Db,
  of: SettingsSubject,
  name: SettingName,
): Promise<{ roomId: string; settings: Settings }[]> {
  if (of.level === 'organization' || of.level === 'label' || of.level === 'moved') return [];
  const places = await db
    .select({ roomId: spaces.roomId, path: customers.path })
    .from(spaces)
    .innerJoin(customers, eq(customers.id, nodeOfSpaceSql(sql`${spaces.customerId}`)))
    .where(and(isNull(spaces.leftAt), isOfLevel(of)));
  const chainAt = await readChains(db, places);
  return places.flatMap((place) => {
    const chain = chainAt(place);
    return isDecidedElsewhere(chain, of, name) ? [] : [{ roomId: place.roomId, settings: resolveKnownChain(chain) }];
  });
}

/** Of a row of `spaces` with the node at which it stands, in `customers`. */
function isOfLevel({ level, subject }: LevelId): SQL | undefined {
  switch (level) {
    case 'provider':
      return undefined;
    case 'customer':
      return belowNodeSql(sql`${customers.path}`, subject);
    case 'space':
      return eq(spaces.roomId, subject);
  }
}

/** In a query: whether a path is that of this node, or of one below it. */
export const belowNodeSql = (path: SQL, customerId: string): SQL =>
  sql`${path} collate "C" like (select at_node.path || '%' from ${customers} at_node where at_node.id = ${customerId}::uuid)`;

/** In a query: what the nodes below the provider have decided, down to this one, as `readOwnOfNodes` takes it. */
export const ownOfNodesSql = (customerId: SQL): SQL =>
  sql`(select jsonb_agg(of_node."values" order by on_path.depth) from ${customers} at_node
    cross join lateral unnest(string_to_array(btrim(at_node.path, '/'), '/')) with ordinality as on_path(id, depth)
    join ${settings} of_node on of_node.level = 'customer' and of_node.subject = on_path.id
    where at_node.id = ${customerId})`;

/** The node at which a space stands, of a row of `spaces`; the provider's where nobody has chosen one. */
export const nodeOfSpaceSql = (customerId: SQL): SQL => sql`coalesce(${customerId}, ${PROVIDER_ID}::uuid)`;

/** A level's row as a raw query brings it; null where the level has decided nothing. */
export const readOwnSettings = (value: unknown): OwnSettings | null =>
  value === null ? null : (settings.values.mapFromDriverValue(value) as OwnSettings);

/** What `ownOfNodesSql` brought. */
export const readOwnOfNodes = (value: unknown): OwnSettings[] =>
  value === null ? [] : (settings.values.mapFromDriverValue(value) as unknown as OwnSettings[]);

/** A verbosity that some level has to decide: the default also counts where none has. */
type DecidedVerbosity = Exclude<Settings['verbosity'], 'failures'>;

/** Spaces that the bot is in and in which this verbosity counts: the query finds those of which a level says it, `resolveSettings` decides. */
export async function spacesWithVerbosity(
  db: Db,
  verbosity: DecidedVerbosity,
): Promise<{ roomId: string; digestedAt: Date | null }[]> {
  const found = await rows<{
    room_id: string;
    digested: number | null;
    provider: unknown;
    nodes: unknown;
    space: unknown;
  }>(
    db,
    sql`select s.room_id, extract(epoch from s.digested_at)::float8 as digested, p.values as provider, n.nodes, o.values as space
      from spaces s
      left join settings p on p.level = 'provider' and p.subject = ''
      left join lateral (select ${ownOfNodesSql(nodeOfSpaceSql(sql`s.customer_id`))} as nodes) n on true
      left join settings o on o.level = 'space' and o.subject = s.room_id
      where s.left_at is null and (${verbosity} in (p.values->>'verbosity', o.values->>'verbosity')
        or n.nodes @> jsonb_build_array(jsonb_build_object('verbosity', ${verbosity}::text)))`,
  );
  return found
    .filter(({ provider, nodes, space }) => {
      const levels = [readOwnSettings(provider), ...readOwnOfNodes(nodes), readOwnSettings(space)];
      return resolveSettings(levels).verbosity === verbosity;
    })
    .map(({ room_id, digested }) => ({
      roomId: room_id,
      digestedAt: digested === null ? null : new Date(digested * 1000),
    }));
}
