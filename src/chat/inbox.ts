// The durable inbox: every event of Webex is saved before it is acknowledged, and handled at once. Where that fails or is cut off, the job engine tries
// again. An event is handled once, however often Webex delivers it.

import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { jobIdFor } from '../db/jobs/job-id.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import { willPass } from '../db/unavailable.ts';
import { waitOut } from '../db/wait-out.ts';
import type { Clock } from '../lib/clock.ts';
import type { InFlight } from '../lib/in-flight.ts';
import type { Meter } from '../lib/metrics.ts';
import type { Log } from '../log.ts';
import { trackingIdIn } from '../webex/errors.ts';
import { instant, webexId } from '../webex/shapes.ts';
import { countEvent } from './event-metrics.ts';
import type { EventOutcome } from './event-outcome.ts';
import { createHeldEvents, type HeldEvents } from './held-events.ts';
import {
  finishEvent,
  type InboxEvent,
  leaseEvent,
  releaseEvent,
  retakeEvent,
  saveEvent,
  unhandledEvents,
} from './inbox.store.ts';
import { serviceApp, serviceAppSubject } from './service-app-subject.ts';

/** A webhook's body, as far as we use it (Webex's webhooks guide). Messages' texts and cards' inputs are never in it. */
export const envelopeSchema = z.object({
  resource: webexId,
  event: webexId,
  actorId: webexId.optional(),
  /** Of the webhook's owner or, of a service app, of the organization that has authorized it. */
  orgId: webexId.optional(),
  data: z.object({
    id: webexId.optional(),
    roomId: webexId.optional(),
    personId: webexId.optional(),
    created: instant.optional(),
    applicationId: webexId.optional(),
    orgId: webexId.optional(),
  }),
});

export type Envelope = z.infer<typeof envelopeSchema>;

/** How long an event is leased by whoever handles it. Longer than a read and a reply take with all their retries. */
const leaseMs = 60_000;
/** An event gets one job in such a period. Mostly longer than the engine goes on trying one job. */
const jobPeriodMs = 10 * 60_000;
/** An older event is noted as `too old` and not acted on: nobody waits for the answer any more. */
const tooOldMs = 60 * 60_000;
/** How long a delivery waits for the database before it is answered with a failure. Webex waits for about 15 seconds. */
const deliveryMs = 8_000;
/** For so long an event that the database keeps from being handled is tried again. After that its space is told so. */
const patienceMs = 10 * 60_000;

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
  inFlight: InFlight;
  /** Aborts when the service stops. */
  shutdownSignal: AbortSignal;
  /** Aborts when a stop waits no longer for events that are being handled. */
  cutOffSignal: AbortSignal;
  /** The outcome of an event that needs no handling: it is saved as handled. Undefined where it must be handled. */
  foregone(event: NewEvent): EventOutcome | undefined;
  /** Whether a person's events are dropped: they are acknowledged, and neither saved nor handled. */
  isSilenced(personId: string): boolean;
  /** Handles one event. Throws where it should be tried again. Once `signal` aborts, another try handles it. */
  handle(event: NewEvent, signal?: AbortSignal): Promise<Handled>;
  /** How an event ends whose last try has failed. */
  deadLetter(event: NewEvent, error: unknown): Handled;
}

export interface Inbox extends Pick<HeldEvents<NewEvent>, 'missedSince' | 'fetched'> {
  /**
   * Saves an event and returns the function that handles it; undefined where the event is known already, or dropped.
   * @throws where the database cannot be used: the event is kept in memory, and handled once it can
   */
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
export function createInbox(deps: InboxDeps): Inbox {
  const { db, jobs, clock, log, meter, inFlight, shutdownSignal, cutOffSignal } = deps;
  const { isSilenced, foregone, handle, deadLetter } = deps;
  const untilStop = { clock, log, signal: shutdownSignal };
  const untilCutOff = { clock, log, signal: cutOffSignal };
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
    // The answer stands: an end that is not saved would bring a second one.
    await waitOut(untilCutOff, async () => {
      if (!save) return end(db);
      return db.transaction(async (tx) => {
        await save(tx);
        return end(tx);
      });
    });
    saved?.();
    countEvent({ clock, meter }, event, outcome);
  }

  async function attempt(event: NewEvent, signal?: AbortSignal): Promise<void> {
    const isLate = isTooOld(event.receivedAt, clock.now());
    await finish(event, isLate ? { outcome: 'too old' } : await handle(event, signal));
  }

  /** Handles a new event. What cannot be handled at once is left to the job engine. */
  async function handleFirst(event: NewEvent): Promise<void> {
    handledHere.add(event.id);
    try {
      await attempt(event);
    } catch (error) {
      log.warn({ err: error, eventId: event.id }, 'an event could not be handled at once');
      await waitOut(untilCutOff, async () => {
        await releaseEvent(db, { id: event.id, now: clock.now() });
        await requeue(event.id);
      });
    } finally {
      handledHere.delete(event.id);
    }
  }

  /**
   * Saves an event, within the time that its delivery may take.
   * @param wasTried whether an earlier try may have saved it without our knowing
   */
  async function take(event: NewEvent, wasTried = false): Promise<(() => Promise<void>) | undefined> {
    const outcome = foregone(event);
    const isNew = await waitOut(
      untilStop,
      async (tries) => {
        const formerly = event.leasedUntil;
        const now = clock.now();
        event.leasedUntil = leaseFrom(now);
        const row = outcome === undefined ? event : { ...event, handledAt: now, outcome };
        if (await saveEvent(db, row)) return true;
        if (!wasTried && tries === 1) return false;
        return retakeEvent(db, { id: event.id, formerly, now, until: event.leasedUntil });
      },
      deliveryMs,
    );
    if (!isNew) return undefined;
    if (outcome === undefined) return () => handleFirst(event);
    countEvent({ clock, meter }, event, outcome);
    return async () => {};
  }

  const held = createHeldEvents<NewEvent>({
    ...{ clock, log, shutdownSignal },
    async take(event) {
      const handleIt = await take(event, true);
      const handled = inFlight.follow(handleIt?.() ?? Promise.resolve());
      handled.catch((error: unknown) => log.error({ err: error, eventId: event.id }, 'an event was left to the sweep'));
    },
  });

  return {
    async accept(envelope) {
      const { resource, event: name, actorId, data } = envelope;
      const now = clock.now();
      lastEventAt = now;
      const { id, resourceId } = identify(envelope, now);
      const event = {
        id,
        resource,
        event: name,
        resourceId,
        actorId: actorId ?? data.personId ?? null,
        personId: data.personId ?? null,
        roomId: data.roomId ?? null,
        receivedAt: now,
        leasedUntil: leaseFrom(now),
        attempts: 1,
      };
      // The envelope is signed: it says who wrote or clicked. A membership is not its member's doing, and an app is authorized by customers.
      const isDoneToThem = resource === 'memberships' || resource === serviceApp;
      const sender = isDoneToThem ? null : (event.personId ?? event.actorId);
      if (sender !== null && isSilenced(sender)) {
        countEvent({ clock, meter }, event, 'dropped');
        return undefined;
      }
      try {
        return await take(event);
      } catch (error) {
        if (willPass(error)) {
          log.warn({ err: error, eventId: event.id }, 'an event could not be saved in time, and is kept in memory');
          held.hold(event);
        }
        throw error;
      }
    },

    async retry({ eventId, lastAttempt, signal }) {
      const now = clock.now();
      const event = await leaseEvent(db, { id: eventId, now, until: leaseFrom(now) });
      if (!event) return;
      try {
        await attempt(event, signal);
      } catch (error) {
        // A failure that will pass counts as no try: the engine comes again.
        const isOver = willPass(error) ? now.getTime() - event.receivedAt.getTime() > patienceMs : lastAttempt;
        if (!isOver) {
          await waitOut(untilCutOff, () => releaseEvent(db, { id: eventId, now: clock.now() }));
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
    missedSince: held.missedSince,
    fetched: held.fetched,
  };
}

/**
 * By which an event is known, and what it is about. An app that is authorized again in the same organization looks like the same event, so each delivery
 * counts: whoever handles it asks Webex how it stands.
 */
function identify({ resource, event, orgId = '', data }: Envelope, now: Date): Pick<InboxEvent, 'id' | 'resourceId'> {
  const { id = '', applicationId = id } = data;
  if (resource !== serviceApp) return { id: eventId(resource, event, { ...data, id }), resourceId: id };
  const resourceId = serviceAppSubject({ applicationId, webexOrgId: data.orgId ?? orgId });
  return { id: [resource, event, resourceId, now.toISOString()].join('/'), resourceId };
}

/**
 * The same id for every delivery of an event. A membership's id is made of the person's and the space's (docs: `GET /memberships`): only the time
 * tells one joining from the next.
 */
function eventId(resource: string, name: string, { id, created }: Envelope['data'] & { id: string }): string {
  const time = resource === 'memberships' && created ? [created.toISOString()] : [];
  return [resource, name, id, ...time].join('/');
}
