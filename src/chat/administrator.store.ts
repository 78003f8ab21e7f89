// Queries on administrators: the person and the organization that were first seen behind each e-mail, and the direct space with the bot.

import { and, eq, ne, notInArray, or } from 'drizzle-orm';
import { appendAudit, appendAudits } from '../audit/append-audit.ts';
import type { Db } from '../db/database.ts';
import { administrators, rights } from './chat.schema.ts';

export type Administrator = typeof administrators.$inferSelect;

/** Administrators who have this e-mail, or were pinned to this person. */
export function findAdministrators(
  db: Db,
  { email, personId }: { email: string; personId: string },
): Promise<Administrator[]> {
  return db
    .select()
    .from(administrators)
    .where(or(eq(administrators.email, email), eq(administrators.personId, personId)));
}

/** The administrator of this e-mail; undefined before the first sight. */
export async function findAdministrator(db: Db, email: string): Promise<Administrator | undefined> {
  const [found] = await db.select().from(administrators).where(eq(administrators.email, email));
  return found;
}

/** All of them. */
export function listAdministrators(db: Db): Promise<Administrator[]> {
  return db.select().from(administrators);
}

/** Pins an e-mail to a person and an organization, unless it is pinned already. Returns what stands. */
export async function pinAdministrator(
  db: Db,
  administrator: Omit<Administrator, 'directRoomId'>,
): Promise<Administrator> {
  await db.transaction(async (tx) => {
    const { email, personId, webexOrgId, firstSeenAt: now } = administrator;
    const added = await tx.insert(administrators).values(administrator).onConflictDoNothing().returning();
    if (added.length === 0) return;
    const seen = { act: 'administrator.pinned', by: 'hubkeeper', roomId: null, person: email } as const;
    await appendAudit(tx, { ...seen, after: { personId, webexOrgId }, now });
  });
  const pinned = await findAdministrator(db, administrator.email);
  if (!pinned) throw new Error('an administrator who was just pinned is gone');
  return pinned;
}

/** Pins an e-mail to the person to whom rights are given now, whoever had it before. */
export async function repinAdministrator(db: Db, administrator: Omit<Administrator, 'directRoomId'>): Promise<void> {
  const { email, ...seen } = administrator;
  await db
    .insert(administrators)
    .values(administrator)
    .onConflictDoUpdate({
      target: administrators.email,
      set: { ...seen, directRoomId: null },
      setWhere: ne(administrators.personId, administrator.personId),
    });
}

/** Notes the space that the administrator and the bot have for themselves. */
export async function noteDirectRoom(
  db: Db,
  { email, directRoomId }: { email: string; directRoomId: string },
): Promise<void> {
  await db.update(administrators).set({ directRoomId }).where(eq(administrators.email, email));
}

/** Forgets whoever is no administrator any more: neither among these e-mails nor given any rights. Named again, the person is seen anew. */
export async function forgetAdministratorsBut(
  db: Db,
  { emails, now }: { emails: readonly string[]; now: Date },
): Promise<void> {
  const given = db.select({ email: rights.email }).from(rights);
  await db.transaction(async (tx) => {
    const forgotten = await tx
      .delete(administrators)
      .where(and(notInArray(administrators.email, [...emails]), notInArray(administrators.email, given)))
      .returning({ person: administrators.email, personId: administrators.personId });
    const entry = { act: 'administrator.forgotten', by: 'hubkeeper', roomId: null, now } as const;
    await appendAudits(
      tx,
      forgotten.map(({ person, personId }) => ({ ...entry, person, before: { personId } })),
    );
  });
}
