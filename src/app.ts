// Starts the parts in order and stops them in the opposite one. To understand the product, read this, then `wiring.ts`, then one flow.

import { releaseAllEvents } from './chat/inbox.store.ts';
import { feelPulse } from './db/jobs/heartbeat.ts';
import { createJobs } from './db/jobs/jobs.ts';
import { openDatabase } from './db/open/open.ts';
import { createHttpServer } from './http/server.ts';
import { createSchedules } from './lib/schedules.ts';
import { withTimeout } from './lib/with-timeout.ts';
import { createChanges } from './transactions/changes.ts';
import { type AppOptions, cutOffMs, wire } from './wiring.ts';

export interface App {
  /** Where browsers reach us. */
  url: string;
  /**
   * In the order clock, HTTP, work in flight, database, within 10 seconds, or 13 where Webex takes its time with a refresh that it was asked for
   * before. False where something had to be cut off, which a restart takes up. Two stops are one.
   */
  stop(): Promise<boolean>;
}

/** A part that runs. What is under way in it may go on until `afterMs` after the stop began, at the latest. */
interface Started {
  part: string;
  afterMs: number;
  stop(deadlineMs: number): Promise<void>;
}

/**
 * Starts the service; resolves once Webex has told who the bot is, and messages are answered.
 * @throws where the database, the port or the bot's token cannot be used, or the signal aborts; everything that was started is stopped again
 */
export async function startApp(options: AppOptions): Promise<App> {
  const { log } = options;
  const stopping = new AbortController();
  /** What to stop, in the order of starting; each is stopped whatever becomes of the others. */
  const started: Started[] = [];
  let stopped: Promise<boolean> | undefined;

  async function stopAll(): Promise<boolean> {
    stopping.abort(new Error('the service is stopping'));
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
  const giveUp = () => stopping.abort(options.signal?.reason);
  options.signal?.addEventListener('abort', giveUp, { once: true });

  try {
    options.signal?.throwIfAborted();
    const { database = await openDatabase({ url: options.databaseUrl, dataDir: options.dataDir, log }) } = options;
    if (!options.database) started.push({ part: 'database', afterMs: 13_000, stop: database.close });
    if (database.driver === 'pglite') await releaseAllEvents(database.db, { now: options.clock.now() });
    const pulse = feelPulse(database.executeSql);
    const jobs = createJobs({ database: { ...database, executeSql: pulse.executeSql }, log });
    const http = createHttpServer(log);
    const port = await http.listen(options.port);
    const url = options.publicUrl ?? `http://localhost:${port}`;
    const changes = createChanges({ database, log });
    const house = wire(options, { db: database.db, jobs, pulse, changes, url, shutdownSignal: stopping.signal });

    http.serve(house.http);
    const schedules = createSchedules({ schedules: house.schedules, log });
    // Time is kept for the parts below: what is cut off above them is still saved or handed on by them.
    // The one thing that nobody could take up: Webex is asked no more from the stop on, and answers within the time-out of a call, or not at all.
    started.push({ part: 'refreshes', afterMs: 12_000, stop: house.refreshesSettled });
    const stopJobs = (deadlineMs: number) => jobs.stop({ deadlineMs: Math.max(0, deadlineMs - cutOffMs) });
    started.push({ part: 'jobs', afterMs: 9_000, stop: stopJobs });
    started.push({ part: 'events', afterMs: 7_000, stop: house.settled });
    started.push({ part: 'scheduled runs', afterMs: 4_000, stop: schedules.settled });
    // Requests only save what they bring.
    started.push({ part: 'http', afterMs: 2_000, stop: (deadlineMs) => http.close(deadlineMs) });

    // What follows needs to know who the bot is. Events that arrive meanwhile are saved and wait.
    await house.join();
    await jobs.start();
    await house.inbox.sweep();
    schedules.start();
    started.push({ part: 'clock', afterMs: 1_000, stop: schedules.stop });
    await house.settleIn();
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', giveUp);
  }
}
