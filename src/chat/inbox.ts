// The durable inbox: every event of Webex is saved before it is acknowledged, and handled at once. Where that fails or is cut off, the job engine tries
// again. An event is handled once, however often Webex delivers it.

import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { jobIdFor } from '../db/jobs/job-id.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Clock } from '../lib/clock.ts';
import type { Meter } from '../lib/metrics.ts';
import type { Log } from '../log.ts';
import { trackingIdIn } from '../webex/errors.ts';
import { instant, webexId } from '../webex/shapes.ts';
import { countEvent } from './event-metrics.ts';
import type { EventOutcome } from './event-outcome.ts';
import { finishEvent, type InboxEvent, leaseEvent, releaseEvent, saveEvent, unhandledEvents } from './inbox.store.ts';

/** A webhook's body, as far as we use it (Webex's webhooks guide). Messages' texts and cards' inputs are never in it. */
export const envelopeSchema = z.object({
  resource: webexId,
  event: webexId,
  actorId: webexId.optional(),
  data: z.object({
    id: webexId,
    roomId: webexId.optional(),
    personId: webexId.optional(),
    created: instant.optional(),
  }),
});

export type Envelope = z.infer<typeof envelopeSchema>;

/** How long an event is leased by whoever handles it. Longer than a read and a reply take with all their retries. */
const leaseMs = 60_000;
/** An event gets one job in such a period. Mostly longer than the engine goes on trying one job. */
const jobPeriodMs = 10 * 60_000;
/** An older event is noted as `too old` and not acted on: nobody waits for the answer any more. */
const tooOldMs = 60 * 60_000;

/** Whether a message or a click of that time is too old to be acted on. Webex tells the time with the thing itself: a delivery that comes again may be younger. */
export const isTooOld = (at: Date, now: Date): boolean => now.getTime() - at.getTime() > tooOldMs;

/** An event as it is handled. */
export type NewEvent = Omit<InboxEvent, 'handledAt' | 'outcome'>;

/** What came of an event, and what is saved together with its end: both or neither. */
export interface Handled {
  outcome: EventOutcome;
  save?: (tx: Db) => Promise<void>;
  /** Called once all of that is saved. */
  saved?: () => void;
}

export interface InboxDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  log: Log;
  meter: Meter;
  /** The outcome of an event that needs no handling: it is saved as handled. Undefined where it must be handled. */
  foregone(event: NewEvent): EventOutcome | undefined;
  /** Whether a person's events are dropped: they are acknowledged, and neither saved nor handled. */
  isSilenced(personId: string): boolean;
  /** Handles one event. Throws where it should be tried again. Once `signal` aborts, another try handles it. */
  handle(event: NewEvent, signal?: AbortSignal): Promise<Handled>;
  /** How an event ends whose last try has failed. */
  deadLetter(event: NewEvent, error: unknown): Handled;
}

export interface Inbox {
  /** Saves an event and returns the function that handles it; undefined where the event is known already, or dropped. */
  accept(envelope: Envelope): Promise<(() => Promise<void>) | undefined>;
  /** The job engine's try at an event that was not handled at once. */
  retry(input: { eventId: string; lastAttempt: boolean; signal: AbortSignal }): Promise<void>;
  /** Gives a job to every event that is neither handled nor leased. */
  sweep(): Promise<void>;
  /** Releases the events that are still being handled here, for the next start or another process. Their handling must ask Webex nothing more. */
  release(): Promise<void>;
  /** When this process last received an event. */
  lastEventAt(): Date | undefined;
}

/** The inbox of this process; any number of processes may share the store's. */
export function createInbox({
  db,
  jobs,
  clock,
  log,
  meter,
  isSilenced,
  foregone,
  handle,
  deadLetter,
}: InboxDeps): Inbox {
  const leaseFrom = (now: Date) => new Date(now.getTime() + leaseMs);
  /** Ids of the events that are handled here at their first try. Later tries are the job engine's, and end by its signal. */
  const handledHere = new Set<string>();
  let lastEventAt: Date | undefined;

  /** Between two tries a failing event is not leased, and a sweep finds it. By the id of its job it gets no second one. */
  async function requeue(eventId: string): Promise<void> {
    const id = jobIdFor(`inbox ${eventId}`, { now: clock.now(), periodMs: jobPeriodMs });
    await jobs.send('inbox', { eventId }, { id });
    jobs.wake('inbox');
  }

  /** The one place where an event ends. */
  async function finish(event: NewEvent, { outcome, save, saved }: Handled): Promise<void> {
    const end = (tx: Db) => finishEvent(tx, { id: event.id, outcome, now: clock.now() });
    if (save) {
      await db.transaction(async (tx) => {
        await save(tx);
        await end(tx);
      });
    } else await end(db);
    saved?.();
    countEvent({ clock, meter }, event, outcome);
  }

  async function attempt(event: NewEvent, signal?: AbortSignal): Promise<void> {
    const isLate = isTooOld(event.receivedAt, clock.now());
    await finish(event, isLate ? { outcome: 'too old' } : await handle(event, signal));
  }

  return {
    async accept({ resource, event: name, actorId, data }) {
      const now = clock.now();
      lastEventAt = now;
      const event = {
        id: eventId(resource, name, data),
        resource,
        event: name,
        resourceId: data.id,
        actorId: actorId ?? data.personId ?? null,
        personId: data.personId ?? null,
        roomId: data.roomId ?? null,
        receivedAt: now,
        leasedUntil: leaseFrom(now),
        attempts: 1,
      };
      // The envelope is signed: it says who wrote or clicked. A membership is not its member's doing.
      const sender = resource === 'memberships' ? null : (event.personId ?? event.actorId);
      if (sender !== null && isSilenced(sender)) {
        countEvent({ clock, meter }, event, 'dropped');
        return undefined;
      }
      const outcome = foregone(event);
      if (outcome !== undefined) {
        if (!(await saveEvent(db, { ...event, handledAt: now, outcome }))) return undefined;
        countEvent({ clock, meter }, event, outcome);
        return async () => {};
      }
      if (!(await saveEvent(db, event))) return undefined;
      return async () => {
        handledHere.add(event.id);
        try {
          await attempt(event);
        } catch (error) {
          log.warn({ err: error, eventId: event.id }, 'an event could not be handled at once');
          await releaseEvent(db, { id: event.id, now: clock.now() });
          await requeue(event.id);
        } finally {
          handledHere.delete(event.id);
        }
      };
    },

    async retry({ eventId, lastAttempt, signal }) {
      const now = clock.now();
      const event = await leaseEvent(db, { id: eventId, now, until: leaseFrom(now) });
      if (!event) return;
      try {
        await attempt(event, signal);
      } catch (error) {
        if (!lastAttempt) {
          await releaseEvent(db, { id: eventId, now: clock.now() });
          throw error;
        }
        log.error({ err: error, eventId, trackingId: trackingIdIn(error) }, 'an event was dead-lettered');
        await finish(event, deadLetter(event, error));
      }
    },

    async sweep() {
      const events = await unhandledEvents(db, { now: clock.now(), limit: 500 });
      for (const { id } of events) await requeue(id);
    },

    async release() {
      for (const id of handledHere) await releaseEvent(db, { id, now: clock.now() });
    },

    lastEventAt: () => lastEventAt,
  };
}

/**
 * The same id for every delivery of an event. A membership's id is made of the person's and the space's (docs: `GET /memberships`): only the time
 * tells one joining from the next.
 */
function eventId(resource: string, name: string, { id, created }: Envelope['data']): string {
  const time = resource === 'memberships' && created ? [created.toISOString()] : [];
  return [resource, name, id, ...time].join('/');
}
