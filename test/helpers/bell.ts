// Schedules at rest: in place of the clock, a story says when the app looks for what is due.
import type { BoundSchedule, Schedules } from '../../src/lib/schedules.ts';
import type { Log } from '../../src/log.ts';

export type Bell = ReturnType<typeof createBell>;

export function createBell() {
  /** Of the app that runs. */
  let schedules: readonly BoundSchedule[] = [];
  let log: Log | undefined;
  const inFlight = new Set<Promise<unknown>>();

  /** Runs one schedule to its end. What it found due goes on beside it. */
  async function ring(job: string): Promise<void> {
    const schedule = schedules.find((candidate) => candidate.job === job);
    if (!schedule) throw new Error(`there is no "${job}": ${schedules.map((each) => each.job).join(', ')}`);
    // As with the clock, a failure is logged, and what was to be done comes with the next look.
    const running = schedule
      .run()
      .catch((error: unknown) => log?.error({ err: error, job }, 'a scheduled job failed'))
      .finally(() => inFlight.delete(running));
    inFlight.add(running);
    await running;
  }

  async function ringAll(which: (job: string) => boolean): Promise<void> {
    const looks = schedules.filter(({ job }) => job.startsWith('look for ') && which(job));
    if (looks.length === 0) throw new Error('there is nothing to look for: the app does not run');
    await Promise.all(looks.map(({ job }) => ring(job)));
  }

  return {
    ring,
    /** Looks for what may be due by now, as the clock does, but for syncs: each day of each connection has some, and they are stories of their own. */
    look: () => ringAll((job) => !/syncs|schedules|changes|licenses/.test(job)),
    /** The same with syncs and what they bring. */
    lookForAll: () => ringAll(() => true),
    createSchedules(given: { schedules: readonly BoundSchedule[]; log: Log }): Schedules {
      return {
        start() {
          ({ schedules, log } = given);
        },
        async stop() {
          schedules = [];
        },
        async settled() {
          await Promise.allSettled(inFlight);
        },
      };
    },
  };
}
