// Queries on the record that owns the provider's service app: its grant brings the tokens of all organizations that have authorized the app.

import { and, eq, ne, or, type SQL, sql } from 'drizzle-orm';
import { countUpTo } from '../../db/counted.ts';
import { type Db, rows } from '../../db/database.ts';
import { isLive } from '../../db/scope.ts';
import type { Organization } from '../../organizations/organization.store.ts';
import { organizations } from '../../organizations/organizations.schema.ts';
import type { Connection } from '../connection.store.ts';
import { connections } from '../connections.schema.ts';

export interface AppOwner {
  organization: Organization;
  connection: Connection | null;
}

/** Undefined where no record owns the app. An index finds it. */
export async function findAppOwner(db: Db): Promise<AppOwner | undefined> {
  const [found] = await db
    .select({ organization: organizations, connection: connections })
    .from(organizations)
    .leftJoin(connections, eq(connections.organizationId, organizations.id))
    .where(and(sql`${organizations.ownsServiceApp}`, isLive(organizations.id)));
  return found;
}

/** Makes this record the owner in place of any other, and ends that another is to own the app. Returns whether that changed anything. */
export async function saveAsAppOwner(tx: Db, organizationId: string): Promise<boolean> {
  const ended = await endMarks(
    tx,
    organizationId,
    sql`(${organizations.ownsServiceApp} or ${organizations.toOwnServiceApp})`,
  );
  const marked = await mark(tx, organizationId, { ownsServiceApp: true, toOwnServiceApp: false });
  return ended || marked;
}

/** Notes that this record is to own the app, in place of any other that was to. Returns whether that changed anything. */
export async function saveAsNextOwner(tx: Db, organizationId: string): Promise<boolean> {
  const ended = await endMarks(
    tx,
    organizationId,
    sql`(${organizations.toOwnServiceApp} and not ${organizations.ownsServiceApp})`,
  );
  const marked = await mark(tx, organizationId, { ownsServiceApp: false, toOwnServiceApp: true });
  return ended || marked;
}

/** Takes both marks from the other records that are meant. */
async function endMarks(tx: Db, organizationId: string, which: SQL): Promise<boolean> {
  const ended = await tx
    .update(organizations)
    .set({ ownsServiceApp: false, toOwnServiceApp: false })
    .where(and(which, ne(organizations.id, organizationId)))
    .returning({ id: organizations.id });
  return ended.length > 0;
}

async function mark(
  tx: Db,
  organizationId: string,
  marks: Pick<Organization, 'ownsServiceApp' | 'toOwnServiceApp'>,
): Promise<boolean> {
  const { ownsServiceApp, toOwnServiceApp } = organizations;
  const isOther = or(ne(ownsServiceApp, marks.ownsServiceApp), ne(toOwnServiceApp, marks.toOwnServiceApp));
  const marked = await tx
    .update(organizations)
    .set(marks)
    .where(and(eq(organizations.id, organizationId), isOther))
    .returning({ id: organizations.id });
  return marked.length > 0;
}

/** Held by our own service app. An index has these alone, and is found by these very words. */
export const isOfOurApp = sql`(${connections.way} = 'service_app' and ${connections.appClientId} is null)`;

/** How many organizations our own service app holds, lost ones included, counted to one more than `COUNTED_MAX`. */
export async function countHeldByApp(db: Db): Promise<number> {
  const [row] = await rows<{ count: number }>(
    db,
    sql`select ${countUpTo(sql`from ${connections} where ${isOfOurApp}`)} as count`,
  );
  return Number(row?.count ?? 0);
}
