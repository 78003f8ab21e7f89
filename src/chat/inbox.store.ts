// Queries on webhook events: saved once by id, leased by whoever handles them, handled once.

import { and, asc, desc, eq, gt, gte, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm';
import { type Db, rows } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { deleteSome, type PurgeBatch } from '../db/retention.ts';
import { willPass } from '../db/unavailable.ts';
import { batch } from '../lib/batch.ts';
import { inboxEvents } from './chat.schema.ts';
import type { EventOutcome } from './event-outcome.ts';

export type InboxEvent = typeof inboxEvents.$inferSelect;
type NewInboxEvent = Omit<InboxEvent, 'attempts' | 'handledAt' | 'outcome'> &
  Partial<Pick<InboxEvent, 'handledAt' | 'outcome'>>;

/** Saves of events that need no handling wait so long for each other, in milliseconds. */
const handledRestMs = 20;

const placeholders = {
  id: sql.placeholder('id'),
  resource: sql.placeholder('resource'),
  event: sql.placeholder('event'),
  resourceId: sql.placeholder('resourceId'),
  actorId: sql.placeholder('actorId'),
  personId: sql.placeholder('personId'),
  roomId: sql.placeholder('roomId'),
  receivedAt: sql.placeholder('receivedAt'),
  leasedUntil: sql.placeholder('leasedUntil'),
  attempts: 1,
};
const insertEvent = (name: string, values: typeof placeholders) =>
  prepared((db) =>
    db
      .insert(inboxEvents)
      .values(values)
      .onConflictDoNothing({ target: inboxEvents.id })
      .returning({ id: inboxEvents.id })
      .prepare(name),
  );
const insertLeased = insertEvent('insert_leased_event', placeholders);
const handledAlready = { handledAt: sql.placeholder('handledAt'), outcome: sql.placeholder('outcome') };
const insertHandled = insertEvent('insert_handled_event', { ...placeholders, ...handledAlready });

function insertEvents(db: Db, events: readonly NewInboxEvent[]): Promise<{ id: string }[]> {
  const [first, ...others] = events;
  if (first && others.length === 0) return (first.handledAt ? insertHandled : insertLeased)(db).execute(first);
  // As JSON, so that the statement's text, by which it is prepared, is the same for any number of events.
  return rows(
    db,
    sql`insert into ${inboxEvents} (id, resource, event, resource_id, actor_id, person_id, room_id, received_at, held_until,
        attempts, handled_at, outcome)
      select id, resource, event, "resourceId", "actorId", "personId", "roomId", "receivedAt", "leasedUntil", 1, "handledAt", outcome
      from json_to_recordset(${JSON.stringify(events)}::json) as one (id text, resource text, event text, "resourceId" text,
        "actorId" text, "personId" text, "roomId" text, "receivedAt" timestamptz, "leasedUntil" timestamptz,
        "handledAt" timestamptz, outcome text)
      on conflict (id) do nothing
      returning id`,
  );
}

/** Of two deliveries of one event that come together, the first one counts. */
async function insertOnce(db: Db, events: readonly NewInboxEvent[]): Promise<boolean[]> {
  const isNew = new Set((await insertEvents(db, events)).map(({ id }) => id));
  return events.map(({ id }) => isNew.delete(id));
}

/**
 * Events that come together are saved together: what a small statement costs is mostly its round trip and its commit. Where its answer was lost, whoever saves
 * an event has to know, since it may be saved.
 */
const saves = prepared((db) =>
  batch((events: readonly NewInboxEvent[]) => insertOnce(db, events), { isOfAll: willPass }),
);
/** Nobody waits for events that need no handling, which are as many as our answers. */
const handledSaves = prepared((db) =>
  batch((events: readonly NewInboxEvent[]) => insertOnce(db, events), { isOfAll: willPass, restMs: handledRestMs }),
);

/**
 * Saves an event; false where an earlier delivery or another process saved it before. Whoever saves it leases it until `leasedUntil`, unless it is
 * saved as handled.
 */
export const saveEvent = (db: Db, event: NewInboxEvent): Promise<boolean> =>
  (event.handledAt ? handledSaves : saves)(db)(event);

/** Leases an event until `until`; undefined where it is handled or leased already. */
export async function leaseEvent(
  db: Db,
  { id, now, until }: { id: string; now: Date; until: Date },
): Promise<InboxEvent | undefined> {
  const [leased] = await db
    .update(inboxEvents)
    .set({ leasedUntil: until, attempts: sql`${inboxEvents.attempts} + 1` })
    .where(and(eq(inboxEvents.id, id), isNull(inboxEvents.handledAt), lte(inboxEvents.leasedUntil, now)))
    .returning();
  return leased;
}

/**
 * Leases an event that was saved here with the lease `formerly`, by a try whose answer was lost. False where it is handled, or leased by somebody else.
 */
export async function retakeEvent(
  db: Db,
  { id, formerly, now, until }: { id: string; formerly: Date; now: Date; until: Date },
): Promise<boolean> {
  const ours = or(eq(inboxEvents.leasedUntil, formerly), lte(inboxEvents.leasedUntil, now));
  const retaken = await db
    .update(inboxEvents)
    .set({ leasedUntil: until })
    .where(and(eq(inboxEvents.id, id), isNull(inboxEvents.handledAt), ours))
    .returning({ id: inboxEvents.id });
  return retaken.length === 1;
}

/** Releases an event that could not be handled: from `now` on it can be leased again. */
export async function releaseEvent(db: Db, { id, now }: { id: string; now: Date }): Promise<void> {
  await db
    .update(inboxEvents)
    .set({ leasedUntil: now })
    .where(and(eq(inboxEvents.id, id), isNull(inboxEvents.handledAt)));
}

/** Releases every event. For the start of a store's only process: the leases are those of an earlier process, which is gone. */
export async function releaseAllEvents(db: Db, { now }: { now: Date }): Promise<void> {
  await db
    .update(inboxEvents)
    .set({ leasedUntil: now })
    .where(and(isNull(inboxEvents.handledAt), gt(inboxEvents.leasedUntil, now)));
}

const updateHandled = prepared((db) =>
  db
    .update(inboxEvents)
    .set({
      handledAt: sql`${sql.param(sql.placeholder('handledAt'), inboxEvents.handledAt)}`,
      outcome: sql`${sql.placeholder('outcome')}`,
    })
    .where(and(eq(inboxEvents.id, sql.placeholder('id')), isNull(inboxEvents.handledAt)))
    .returning({ id: inboxEvents.id })
    .prepare('update_handled_event'),
);

interface EventEnd {
  id: string;
  outcome: EventOutcome;
  now: Date;
}

function updateEnded(db: Db, ends: readonly EventEnd[]): Promise<{ id: string }[]> {
  const [first, ...others] = ends;
  if (first && others.length === 0) return updateHandled(db).execute({ ...first, handledAt: first.now });
  return rows(
    db,
    sql`update ${inboxEvents} set handled_at = ended.now, outcome = ended.outcome
      from json_to_recordset(${JSON.stringify(ends)}::json) as ended (id text, now timestamptz, outcome text)
      where ${inboxEvents.id} = ended.id and ${inboxEvents.handledAt} is null
      returning ${inboxEvents.id}`,
  );
}

const endings = prepared((db) =>
  batch(
    async (ends: readonly EventEnd[]) => {
      const ended = new Set((await updateEnded(db, ends)).map(({ id }) => id));
      return ends.map(({ id }) => ended.delete(id));
    },
    { isOfAll: willPass },
  ),
);

/** Notes that an event is handled, and how; false where it was before. Ends that come together are saved together. */
export const finishEvent = (db: Db, end: EventEnd): Promise<boolean> => endings(db)(end);

/** Events that are neither handled nor leased, the longest waiting first. */
export function unhandledEvents(db: Db, { now, limit }: { now: Date; limit: number }): Promise<InboxEvent[]> {
  return db
    .select()
    .from(inboxEvents)
    .where(and(isNull(inboxEvents.handledAt), lte(inboxEvents.leasedUntil, now)))
    .orderBy(asc(inboxEvents.leasedUntil))
    .limit(limit);
}

/** When the last message came in, at any process; undefined where no message is stored. */
export async function lastMessageAt(db: Db): Promise<Date | undefined> {
  const [last] = await db
    .select({ receivedAt: inboxEvents.receivedAt })
    .from(inboxEvents)
    .where(and(eq(inboxEvents.resource, 'messages'), eq(inboxEvents.event, 'created')))
    .orderBy(desc(inboxEvents.receivedAt))
    .limit(1);
  return last?.receivedAt;
}

/** Ids of the messages by this person in this space whose events came since then, the oldest first; 50 at most. */
export async function messagesOf(
  db: Db,
  { personId, roomId, since }: { personId: string; roomId: string; since: Date },
): Promise<string[]> {
  const events = await db
    .select({ id: inboxEvents.resourceId })
    .from(inboxEvents)
    .where(
      and(
        gte(inboxEvents.receivedAt, since),
        eq(inboxEvents.resource, 'messages'),
        eq(inboxEvents.event, 'created'),
        eq(inboxEvents.personId, personId),
        eq(inboxEvents.roomId, roomId),
      ),
    )
    .orderBy(asc(inboxEvents.receivedAt))
    .limit(50);
  return events.map(({ id }) => id);
}

/** Deletes handled events that were received before then. A redelivery after that counts as a new event. */
export async function purgeEvents(db: Db, { before, limit }: PurgeBatch): Promise<number> {
  const { id: key, receivedAt, handledAt } = inboxEvents;
  const where = and(lt(receivedAt, before), isNotNull(handledAt));
  return deleteSome(db, { table: inboxEvents, key, where, orderBy: [asc(receivedAt)], limit });
}
