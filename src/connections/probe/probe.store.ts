// Queries on probes. A claim moves the due time, and only its holder saves what the probe found.

import { and, eq, inArray, lte, ne, or } from 'drizzle-orm';
import type { Db } from '../../db/database.ts';
import { organizations } from '../../organizations/organizations.schema.ts';
import { type Connection, lockOrder } from '../connection.store.ts';
import { connections } from '../connections.schema.ts';
import { type Due, type DuePart, dueConnections } from '../due.store.ts';
import { isHolder } from '../ways/on-grants.store.ts';
import { notManaged } from '../ways/ways.ts';
import type { ProbeNote } from './findings.ts';

/** Connections whose probe is due, the longest due first. */
export const dueProbes = (db: Db, part: DuePart): Promise<Due[]> => dueConnections(db, connections.probeDueAt, part);

/**
 * Claims a due probe until `until`, and reads the connection; undefined where somebody else has claimed it, or the connection is not due, lost or
 * gone. Where nothing is saved by then, the probe is due again.
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

/** Makes a probe due at once, where there is a connection. A running probe is discarded. */
export async function probeAgain(db: Db, organizationId: string, now: Date): Promise<void> {
  await db
    .update(connections)
    .set({ probeDueAt: now })
    .where(and(eq(connections.organizationId, organizationId), ne(connections.state, 'lost')));
}

/**
 * Makes the probes due at once of this person's grants on which others hang: Webex may have ended them with a further consent of the person. Those of other
 * records are left to their turn, since one person may have given hundreds.
 */
export async function probeServing(
  tx: Db,
  {
    personId,
    but,
    now,
  }: {
    personId: string;
    /** The record whose connection the consent is about to become: it is locked with the others, in the order of all connections. */
    but?: string;
    now: Date;
  },
): Promise<void> {
  const { organizationId } = connections;
  const holders = tx.select({ id: organizations.id }).from(organizations).where(isHolder);
  const serves = and(inArray(organizationId, holders), eq(connections.authorizedPersonId, personId));
  const locked = await tx
    .select({ id: organizationId })
    .from(connections)
    .where(but === undefined ? serves : or(serves, eq(organizationId, but)))
    .orderBy(lockOrder)
    .for('update');
  const serving = locked.map(({ id }) => id).filter((id) => id !== but);
  if (serving.length === 0) return;
  await tx
    .update(connections)
    .set({ probeDueAt: now })
    .where(and(inArray(organizationId, serving), ne(connections.state, 'lost')));
}

/** A claimed probe. It is valid until somebody else claims the next one, or the organization is reconnected. */
interface Claimed {
  organizationId: string;
  until: Date;
}

/** Saves what a probe found; false where the claim is no longer valid. */
export function saveProbe(
  db: Db,
  claimed: Claimed,
  { probedAt, findings, probeDueAt }: { probedAt: Date; findings: ProbeNote[]; probeDueAt: Date },
): Promise<boolean> {
  return save(db, claimed, { probedAt, findings, probeDueAt });
}

/** Reschedules the probe, and nothing else; false where the claim is no longer valid. */
export function rescheduleProbe(db: Db, claimed: Claimed, probeDueAt: Date): Promise<boolean> {
  return save(db, claimed, { probeDueAt });
}

/** Saves that the partner's grant does not reach the organization any more; false where the claim is no longer valid. */
export const saveNotManaged = (db: Db, claimed: Claimed): Promise<boolean> =>
  save(db, claimed, {
    state: 'lost',
    stateReason: notManaged,
    lostNotifiedAt: null,
    fallbackRefusal: null,
    findings: [],
  });

async function save(
  db: Db,
  { organizationId, until }: Claimed,
  values: Partial<
    Pick<
      Connection,
      'probedAt' | 'findings' | 'probeDueAt' | 'state' | 'stateReason' | 'lostNotifiedAt' | 'fallbackRefusal'
    >
  >,
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
