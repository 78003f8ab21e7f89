// Schedules: Croner runs functions at set times. Work that must be retried is a job of the job engine instead.

import { Cron } from 'croner';
import type { Log } from '../log.ts';
import { trackInFlight } from './in-flight.ts';

/** What a subject runs at set times. */
export interface Schedule<Deps> {
  /** For the log. */
  readonly job: string;
  /** A Croner pattern, in UTC. */
  readonly pattern: string | ((deps: Deps) => string);
  run(deps: Deps): Promise<unknown>;
}

/** A schedule with what it needs. */
export interface BoundSchedule {
  readonly job: string;
  readonly pattern: string;
  run(): Promise<unknown>;
}

export interface Schedules {
  start(): void;
  /** Starts no further run. */
  stop(): Promise<void>;
  /** Waits for the runs under way. */
  settled(): Promise<void>;
}

/** Schedules that run from `start` on. A run that fails is logged, and comes again at its next time. */
export function createSchedules({ schedules, log }: { schedules: readonly BoundSchedule[]; log: Log }): Schedules {
  const crons: Cron[] = [];
  const inFlight = trackInFlight();

  /** Croner neither awaits a run nor catches its failure, and its stop() does not wait. So both are done here. */
  async function follow({ job, run }: BoundSchedule): Promise<void> {
    try {
      await inFlight.follow(run());
    } catch (error) {
      log.error({ err: error, job }, 'a scheduled job failed');
    }
  }

  return {
    start() {
      for (const schedule of schedules) {
        // Without a name, since Croner's names are global to the process. `protect`: no run begins while the last one still runs.
        crons.push(new Cron(schedule.pattern, { timezone: 'UTC', protect: true }, () => follow(schedule)));
      }
    },
    async stop() {
      for (const cron of crons) cron.stop();
    },
    settled: inFlight.settled,
  };
}
