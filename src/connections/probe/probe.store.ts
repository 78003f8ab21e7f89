// Queries on the proofs of life of connections: who asks for one moves its time first, and what it found is saved by whoever did that alone.

import { and, eq, lte, ne } from 'drizzle-orm';
import type { Db } from '../../db/database.ts';
import type { Connection } from '../connection.store.ts';
import { connections } from '../connections.schema.ts';
import { type Due, type DuePart, dueConnections } from '../due.store.ts';
import type { ProbeNote } from './findings.ts';

/** Connections that are due for a proof of life, the longest due first. */
export const dueProbes = (db: Db, part: DuePart): Promise<Due[]> => dueConnections(db, connections.probeDueAt, part);

/**
 * Takes a due proof of life until `until`, and reads the connection as it is then; undefined where somebody else has taken it, or it is not
 * due, lost or gone. Where nothing is saved by then, it is due again.
 */
export async function claimProbe(
  db: Db,
  { organizationId, now, until }: { organizationId: string; now: Date; until: Date },
): Promise<Connection | undefined> {
  const [claimed] = await db
    .update(connections)
    .set({ probeDueAt: until })
    .where(
      and(
        eq(connections.organizationId, organizationId),
        ne(connections.state, 'lost'),
        lte(connections.probeDueAt, now),
      ),
    )
    .returning();
  return claimed;
}

/** Has the connection proven anew, where there is one: what a proof that is under way finds counts no more. */
export async function probeAgain(db: Db, organizationId: string, now: Date): Promise<void> {
  await db
    .update(connections)
    .set({ probeDueAt: now })
    .where(and(eq(connections.organizationId, organizationId), ne(connections.state, 'lost')));
}

/** A proof of life as it was claimed: it counts only until somebody else claims the next, or the connection is made anew. */
interface Claimed {
  organizationId: string;
  until: Date;
}

/** Saves what a proof of life found; false where it counts no more. */
export function saveProbe(
  db: Db,
  claimed: Claimed,
  { probedAt, findings, probeDueAt }: { probedAt: Date; findings: ProbeNote[]; probeDueAt: Date },
): Promise<boolean> {
  return save(db, claimed, { probedAt, findings, probeDueAt });
}

/** Says when to try again, and nothing else; false where the claim counts no more. */
export function rescheduleProbe(db: Db, claimed: Claimed, probeDueAt: Date): Promise<boolean> {
  return save(db, claimed, { probeDueAt });
}

async function save(
  db: Db,
  { organizationId, until }: Claimed,
  values: Partial<Pick<Connection, 'probedAt' | 'findings' | 'probeDueAt'>>,
): Promise<boolean> {
  const saved = await db
    .update(connections)
    .set(values)
    .where(
      and(
        eq(connections.organizationId, organizationId),
        ne(connections.state, 'lost'),
        eq(connections.probeDueAt, until),
      ),
    )
    .returning({ organizationId: connections.organizationId });
  return saved.length === 1;
}
