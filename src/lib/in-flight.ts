// Work that nobody awaits, such as the handling of an event after its delivery was acknowledged: remembered, so that a stop can wait for it.

import type { Log } from '../log.ts';

export interface WorkUnderWay {
  /** A failure is logged: what the work was for is saved, and taken over. */
  follow(work: Promise<void>): void;
  /** Resolves once nothing is under way any more. */
  settled(): Promise<void>;
}

export function trackWork(log: Log): WorkUnderWay {
  const running = new Set<Promise<void>>();
  return {
    follow(work: Promise<void>) {
      const followed = work
        .catch((error: unknown) => log.error({ err: error }, 'work was left to be taken over'))
        .finally(() => running.delete(followed));
      running.add(followed);
    },
    settled: () => Promise.all(running).then(() => undefined),
  };
}
