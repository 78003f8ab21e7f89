// Every "when": Croner starts these jobs, each a public function that can be called without it. What has to be done and retried is the job engine's.

import { Cron } from 'croner';
import type { Log } from '../log.ts';

export interface Schedule {
  /** For the log. */
  job: string;
  /** A Croner pattern, in UTC. */
  pattern: string;
  run(): Promise<void>;
}

export interface Schedules {
  start(): void;
  /** Starts no further run. */
  stop(): Promise<void>;
  /** Waits for the runs under way. */
  settled(): Promise<void>;
}

/** Schedules that run from `start` on. A run that fails is logged, and comes again at its next time. */
export function createSchedules({ schedules, log }: { schedules: readonly Schedule[]; log: Log }): Schedules {
  const crons: Cron[] = [];
  const underWay = new Set<Promise<void>>();

  /** Croner neither awaits a job nor catches its failure, and its stop() does not wait: that is done here. */
  function follow({ job, run }: Schedule): Promise<void> {
    const running = run()
      .catch((error: unknown) => log.error({ err: error, job }, 'a scheduled job failed'))
      .finally(() => underWay.delete(running));
    underWay.add(running);
    return running;
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
    async settled() {
      await Promise.all(underWay);
    },
  };
}
