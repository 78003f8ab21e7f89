import type { Clock } from '../../src/lib/clock.ts';

export interface FakeClock extends Clock {
  /** Every wait that was asked for, in milliseconds. */
  waits: number[];
}

/** A clock that stands still but for its sleeps, which pass at once and are written down. */
export function createFakeClock(startAt = new Date('2026-03-01T12:00:00Z')): FakeClock {
  let nowMs = startAt.getTime();
  const waits: number[] = [];
  return {
    waits,
    now: () => new Date(nowMs),
    async sleep(ms) {
      waits.push(ms);
      nowMs += ms;
    },
  };
}
