// Every "when": Croner starts these jobs, each a public function that can be called without it. What has to be done and retried is the job engine's.

import { Cron } from 'croner';
import type { Log } from '../log.ts';
import { trackInFlight } from './in-flight.ts';

/** What a subject does at set times. */
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

  /** Croner neither awaits a job nor catches its failure, and its stop() does not wait: that is done here. */
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
        // No name: Croner's names are global to the process. A run that is still going is not started again.
        crons.push(new Cron(schedule.pattern, { timezone: 'UTC', protect: true }, () => follow(schedule)));
      }
    },
    async stop() {
      for (const cron of crons) cron.stop();
    },
    settled: inFlight.settled,
  };
}
