// Starts the parts in order and stops them in the opposite one. To understand the product, read this, then `features.ts`, then one subject's `feature.ts`.

import type { AppOptions } from './app-options.ts';
import { releaseAllEvents } from './chat/inbox.store.ts';
import { followRights } from './chat/rights-changes.ts';

import type { Database, Db } from './db/database.ts';
import { isIdle } from './db/jobs/due-jobs.ts';

import { createJobs } from './db/jobs/jobs.ts';
import { describeBlocker } from './db/open/blockers.ts';
import { openDatabase } from './db/open/open.ts';
import { checkKeys } from './db/seal/keys.ts';
import { waitOut } from './db/wait-out.ts';
import { features, queues } from './features.ts';
import { basePathOf } from './http/base-path.ts';
import { createHttpServer } from './http/server.ts';
import { createSchedules } from './lib/schedules.ts';
import { createStartWatch } from './lib/start-watch.ts';
import { withTimeout } from './lib/with-timeout.ts';
import { startingRoutes } from './operations/starting.route.ts';
import { type Claimant, checkOwner, claimStore } from './operations/store-owner.ts';
import type { Parts } from './parts.ts';
import { createChanges } from './transactions/changes.ts';
import { unlessAborted } from './webex/ask-until-answered.ts';
import { closeProxies } from './webex/proxy.ts';
import { wire } from './wiring.ts';

/** The last part of the time for events, and for jobs. In it a stop releases those that have not ended by themselves. */
const cutOffMs = 1_000;

/** How long a start waits for a PostgreSQL that is not there yet. After that the process ends, and its supervisor decides. */
const databasePatienceMs = 5 * 60_000;

export interface App {
  /** Where browsers reach us. */
  url: string;
  /** Whether no job runs or is due, in any process. */
  isIdle(): Promise<boolean>;
  /**
   * Stops in the order clock, HTTP, work in flight, database: within 10 seconds, or within 13 where Webex is slow to answer a refresh that is under way.
   * False where work was cut off; a restart takes that work up. Two stops are one.
   */
  stop(): Promise<boolean>;
}

/** A part that runs. Its work is cut off at the latest `afterMs` after the stop began. */
interface Started {
  part: string;
  afterMs: number;
  stop(deadlineMs: number): Promise<void>;
}

/**
 * Starts the service. Resolves once Webex has said who the bot is and messages are answered.
 * @throws where the database, the port or the bot's token cannot be used, or the signal aborts. What was started is stopped again.
 */
export async function startApp(options: AppOptions): Promise<App> {
  const { log } = options;
  const aborts = { shutdown: new AbortController(), cutOff: new AbortController() };
  /** What to stop, in the order of starting. A part that fails to stop keeps no other from being stopped. */
  const started: Started[] = [];
  let stopped: Promise<boolean> | undefined;

  async function stopAll(): Promise<boolean> {
    aborts.shutdown.abort(new Error('the service is stopping'));
    const beganAtMs = performance.now();
    let isClean = true;
    for (const { part, afterMs, stop } of started.reverse()) {
      const deadlineMs = Math.max(0, beganAtMs + afterMs - performance.now());
      try {
        await withTimeout(deadlineMs, stop(deadlineMs));
      } catch (error) {
        isClean = false;
        log.error({ err: error, part }, 'a part did not stop cleanly');
      }
    }
    log.info({ durationMs: Math.round(performance.now() - beganAtMs) }, 'stopped');
    return isClean;
  }
  const stop = () => (stopped ??= stopAll());
  const abortStart = () => aborts.shutdown.abort(options.signal?.reason);
  options.signal?.addEventListener('abort', abortStart, { once: true });

  try {
    options.signal?.throwIfAborted();
    const { shutdown, cutOff } = aborts;
    const watch = watchStart(options);
    // Answers first: a start may wait for its database for long, and a supervisor must see that the process lives.
    const http = createHttpServer(log);
    const port = await http.listen(options);
    const url = options.publicUrl ?? `http://localhost:${port}`;
    const basePath = basePathOf(url);
    http.serve(startingRoutes(watch.waitsFor), basePath);
    const server: Started = { part: 'http', afterMs: 2_000, stop: (deadlineMs) => http.close(deadlineMs) };
    started.push(server);
    /** Requests only save what they bring: the server stops before the parts that work on it. */
    const startedBelow = (part: Started) => started.splice(started.indexOf(server), 0, part);
    const database =
      options.database ?? (await watch.during('the database', openUnlessAborted(options, shutdown.signal)));
    if (!options.database) startedBelow({ part: 'database', afterMs: 13_000, stop: database.close });
    const { db } = database;
    const { apiUrl, clientId } = options.webex;
    const claimant = { kind: options.isDemo ? 'demo' : 'service', apiUrl, clientId } as const;
    // A database that is cut off in the middle of a start is waited for, too.
    const patiently = <T>(work: () => Promise<T>) =>
      waitOut({ clock: options.clock, log, signal: shutdown.signal }, work);
    await watch.during(
      'the check of the store',
      patiently(() => checkStore(options, { db, claimant })),
    );
    if (database.driver === 'pglite') await releaseAllEvents(db, { now: options.clock.now() });
    const jobs = createJobs({ database, log, queues });
    const changes = createChanges({ database, log });
    const service = wire(options, features, {
      ...{ db, vacuum: database.vacuum, jobs, changes, streams: http.streams, url },
      ...{ shutdownSignal: shutdown.signal, cutOffSignal: cutOff.signal },
    });
    const { parts } = service;

    await followRights({ database, people: parts.people, strangers: parts.strangers, log });
    http.serve(service.routes, basePath);
    const schedules = (options.createSchedules ?? createSchedules)({ schedules: service.schedules, log });
    // A stop goes through these parts from the last to the first. Its deadlines leave time for the parts that stop later: they save the work that was cut off.
    // A refresh is not cut off: its answer may be the only copy of a grant. During a stop it makes no further try, so that it ends within one time-out.
    startedBelow({ part: 'refreshes', afterMs: 12_000, stop: parts.uninterrupted.settled });
    const stopJobs = (deadlineMs: number) => jobs.stop({ deadlineMs: Math.max(0, deadlineMs - cutOffMs) });
    startedBelow({ part: 'jobs', afterMs: 9_000, stop: stopJobs });
    startedBelow({ part: 'events', afterMs: 7_000, stop: (deadlineMs) => stopEvents(parts, cutOff, deadlineMs) });
    startedBelow({ part: 'scheduled runs', afterMs: 4_000, stop: schedules.settled });

    // From here on the bot must be known. Events that arrive before that are saved and wait.
    await watch.during('Webex to say who the bot is', service.join());
    const claim = { ...claimant, botId: parts.botPersonId(), now: options.clock.now() };
    await patiently(() => claimStore(db, claim));
    await watch.during('the queues of jobs', jobs.start());
    await watch.during('events that were saved before', patiently(parts.inbox.sweep));
    schedules.start();
    started.push({ part: 'clock', afterMs: 1_000, stop: schedules.stop });
    for (const { start } of features) {
      if (start)
        await watch.during(
          'what a part does at its start',
          patiently(async () => start(parts)),
        );
    }
    return { url, isIdle: () => isIdle(db, jobs.queues), stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', abortStart);
  }
}

/** Opens the store. Where the signal aborts before it is open, the store is closed again as soon as it is. */
function openUnlessAborted({ databaseUrl, dataDir, log }: AppOptions, signal: AbortSignal): Promise<Database> {
  const patience = { patienceMs: databasePatienceMs, signal };
  const opening = openDatabase({ url: databaseUrl, dataDir, log, queues, ...patience });
  return unlessAborted(signal, opening).catch((error: unknown) => {
    // Whoever waits is told of a failure to open; after an abort, nobody waits.
    opening.then(
      (database) => database.close(),
      () => undefined,
    );
    throw error;
  });
}

/** @throws where the store belongs to another service, or is sealed with other keys */
async function checkStore(
  { encryptionKeys: keys, clock }: AppOptions,
  { db, claimant }: { db: Db; claimant: Claimant },
): Promise<void> {
  await checkOwner(db, claimant);
  await checkKeys(db, { keys, now: clock.now() });
}

/** The reason is asked of PostgreSQL; the embedded database serves nobody else. */
const watchStart = ({ clock, log, databaseUrl, database }: AppOptions) =>
  createStartWatch({
    ...{ clock, log },
    reason: async () => (databaseUrl === undefined || database ? undefined : describeBlocker(databaseUrl)),
  });

/** Waits for the events that are being handled. Events that do not end in time are cut off and released. Then the connections to Webex are closed. */
async function stopEvents(parts: Parts, cutOff: AbortController, deadlineMs: number): Promise<void> {
  try {
    await withTimeout(Math.max(0, deadlineMs - cutOffMs), parts.inFlight.settled());
  } catch (error) {
    cutOff.abort(error);
    await parts.inbox.release();
    throw error;
  } finally {
    for (const { stop } of features) await stop?.(parts);
    await closeProxies();
  }
}
