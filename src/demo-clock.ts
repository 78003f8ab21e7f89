// How the demo keeps up with the simulator's clock, which people turn: after each step the service looks for what is due and does it.

import { setTimeout as delay } from 'node:timers/promises';
import { type BoundSchedule, createSchedules, type Schedules } from './lib/schedules.ts';
import type { Log } from './log.ts';

/** How often the service is asked whether it has done all. */
const askAgainMs = 15;
/** Webex may be told to fail or to be slow: the clock does not wait for ever. */
const mostMs = 5_000;

export interface DemoClock {
  /** In place of Croner's alone. */
  createSchedules(given: { schedules: readonly BoundSchedule[]; log: Log }): Schedules;
  /** Runs every look for what is due, and waits until nothing is left to do. A failing look is logged, as with the clock. */
  follow(app: { isIdle(): Promise<boolean> }): Promise<void>;
}

export function createDemoClock(): DemoClock {
  let looks: readonly BoundSchedule[] = [];
  let log: Log | undefined;

  async function look({ job, run }: BoundSchedule): Promise<void> {
    try {
      await run();
    } catch (error) {
      log?.error({ err: error, job }, 'a scheduled job failed');
    }
  }

  return {
    createSchedules(given) {
      log = given.log;
      looks = given.schedules.filter(({ job }) => job.startsWith('look for '));
      return createSchedules(given);
    },
    async follow(app) {
      const untilMs = performance.now() + mostMs;
      await Promise.all(looks.map(look));
      while (!(await app.isIdle()) && performance.now() < untilMs) await delay(askAgainMs);
    },
  };
}
