// The simulator's clock: turned forward at once by programs, and in steps by a person, so that the service beside it lives through the time.

import type { Parts } from './parts.ts';

const DAY_MS = 86_400_000;
/** Short enough that nothing happens a day late, long enough that 90 days pass in a minute. */
const STEP_MS = DAY_MS / 4;

/** Turns the simulator's clock forward by `ms` milliseconds. */
export function advanceClock({ world, happened }: Pick<Parts, 'world' | 'happened'>, ms: number): void {
  world.clockOffsetMs += ms;
  happened({ resource: 'simulator', event: 'clock' });
}

/** Resolves once whoever goes by this clock has done what has fallen due. */
export type FollowClock = () => Promise<void>;

export interface ClockSteps {
  /** Has every further step wait for `follow`. */
  followedBy(follow: FollowClock): void;
  /** Lets days pass, after those that pass already. Resolves once they have passed and were followed. */
  pass(days: number): Promise<void>;
}

export function createClockSteps(deps: Pick<Parts, 'world' | 'happened'>): ClockSteps {
  let followed: FollowClock = async () => {};
  let last: Promise<void> = Promise.resolve();

  async function steps(days: number): Promise<void> {
    for (let left = days * DAY_MS; left > 0; left -= STEP_MS) {
      advanceClock(deps, Math.min(STEP_MS, left));
      await followed();
    }
  }

  return {
    followedBy(follow) {
      followed = follow;
    },
    pass(days) {
      const passed = last.then(() => steps(days));
      // The next one begins all the same.
      last = passed.catch(() => undefined);
      return passed;
    },
  };
}
