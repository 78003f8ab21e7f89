// Queries on what the levels of the hierarchy have decided for themselves.

import { and, eq, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import { customers, PROVIDER_ID, PROVIDER_PATH } from '../customers/customers.schema.ts';
import { type Db, rows } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { spaces } from '../spaces/spaces.schema.ts';
import { isDecidedAt, settings } from './settings.schema.ts';
import {
  type DecidedLevel,
  type LevelId,
  levelOfNode,
  levelOfSpace,
  type OwnSettings,
  providerLevel,
  resolveChain,
  resolveDecided,
  type Settings,
} from './settings.ts';

/** A level as people see it. */
export interface NamedLevel extends DecidedLevel {
  /** The node's name; empty for a space. */
  name: string;
  /** The node's path; empty for a space. */
  path: string;
  /** When it was changed last: the version that a form was made from. Null where it has decided nothing yet. */
  changedAt: Date | null;
}

/** The node whose chain is read: the given one, or that at which the space stands. */
const node = sql`coalesce(${sql.placeholder('customerId')}::uuid,
  (select ${spaces.customerId} from ${spaces} where ${spaces.roomId} = ${sql.placeholder('roomId')}), ${PROVIDER_ID}::uuid)`;

const idsOnPath = sql`(select string_to_array(btrim(of_node.path, '/'), '/') from ${customers} of_node where of_node.id = ${node})`;

const selectChain = prepared((db) => {
  const own = { values: settings.values, updatedAt: settings.updatedAt };
  const isOfNode = and(
    sql`${settings.level} = case when ${customers.parentId} is null then 'provider' else 'customer' end`,
    sql`${settings.subject} = case when ${customers.parentId} is null then '' else ${customers.id}::text end`,
  );
  return unionAll(
    db
      .select({ ...own, id: customers.id, name: customers.name, path: customers.path })
      .from(customers)
      .leftJoin(settings, isOfNode)
      .where(sql`${customers.id} = any(${idsOnPath}::uuid[])`),
    db
      .select({ ...own, id: sql<string>`null::uuid`, name: sql<string>`''`, path: sql<string>`''` })
      .from(settings)
      .where(and(eq(settings.level, 'space'), eq(settings.subject, sql.placeholder('roomId')))),
  ).prepare('select_settings_chain');
});

/** The levels that count at this one, from the provider's down to this one itself. An unknown node or space has the provider's alone above it. */
export async function chainOf(db: Db, { level, subject }: LevelId): Promise<NamedLevel[]> {
  const roomId = level === 'space' ? subject : null;
  const customerId = level === 'customer' ? subject : null;
  const found = await selectChain(db).execute({ customerId, roomId });
  const levelOf = (id: LevelId, row: (typeof found)[number] | undefined): NamedLevel => {
    const { values, updatedAt = null, name = '', path = '' } = row ?? {};
    return { ...id, name, path, own: values ?? {}, changedAt: updatedAt };
  };
  const nodes = found.filter(({ path }) => path !== '').sort((a, b) => a.path.length - b.path.length);
  const chain = nodes.map((row) => levelOf(levelOfNode(row.id), row));
  if (roomId === null) return chain;
  const ofSpace = found.find(({ path }) => path === '');
  return [...chain, levelOf(levelOfSpace(roomId), ofSpace)];
}

const pathOfSpace = sql<string | null>`(select of_node.path from ${customers} of_node
  where of_node.id = (select ${spaces.customerId} from ${spaces} where ${spaces.roomId} = ${sql.placeholder('roomId')}))`;

/** Every notice asks for it: without a join, which the embedded database plans for longer than it runs. A command brings it along with its standing. */
const selectDecided = prepared((db) =>
  db
    .select({ level: settings.level, subject: settings.subject, values: settings.values, path: pathOfSpace })
    .from(settings)
    .where(isDecidedAt({ path: pathOfSpace, roomId: sql.placeholder('roomId') }))
    .prepare('select_decided_settings'),
);

/** What counts in a space: along the nodes of where it stands, then the space itself. For what is about an organization see `settingsOfOrganization`. */
export async function settingsOf(db: Db, roomId: string): Promise<Settings> {
  const found = await selectDecided(db).execute({ roomId });
  return resolveDecided(found, { roomId, path: found[0]?.path ?? PROVIDER_PATH });
}

/** What counts where nothing below the provider has decided otherwise. */
export async function settingsOfProvider(db: Db): Promise<Settings> {
  return resolveChain(await chainOf(db, providerLevel));
}

/** What counts in the direct space of a person, by the e-mail: of a space with a single person, that person alone can have changed the settings. */
export async function settingsOfPerson(db: Db, email: string): Promise<Settings> {
  const found = await rows<{ room_id: string }>(
    db,
    sql`select s.room_id from spaces s join settings o on o.level = 'space' and o.subject = s.room_id
      where s.type = 'direct' and lower(o.updated_by) = ${email.toLowerCase()}
      order by o.updated_at desc limit 1`,
  );
  return settingsOf(db, found[0]?.room_id ?? '');
}

/** What counts for whoever reads: in a space, or in the direct space of a person. */
export const settingsOfReader = (db: Db, reader: { roomId: string } | { toPersonEmail: string }): Promise<Settings> =>
  'roomId' in reader ? settingsOf(db, reader.roomId) : settingsOfPerson(db, reader.toPersonEmail);

/**
 * Replaces what a level has decided. `expectedVersion` is when the level was changed last; null, the default: it has decided nothing yet. False where
 * another change came first. A change that is about to commit is waited for.
 */
export async function saveOwnSettings(
  db: Db,
  {
    level,
    subject,
    values,
    by,
    now,
    expectedVersion = null,
  }: LevelId & {
    values: OwnSettings;
    by: string;
    now: Date;
    expectedVersion?: Date | null;
  },
): Promise<boolean> {
  const row = { values, updatedBy: by };
  const saved =
    expectedVersion === null
      ? await db
          .insert(settings)
          .values({ level, subject, ...row, updatedAt: now })
          .onConflictDoNothing({ target: [settings.level, settings.subject] })
          .returning({ level: settings.level })
      : await db
          .update(settings)
          // A version of its own, however fast two changes follow each other.
          .set({ ...row, updatedAt: new Date(Math.max(now.getTime(), expectedVersion.getTime() + 1)) })
          .where(and(eq(settings.level, level), eq(settings.subject, subject), eq(settings.updatedAt, expectedVersion)))
          .returning({ level: settings.level });
  return saved.length === 1;
}
