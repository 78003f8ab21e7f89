// Waits out failures of the database that will pass.

import type { Clock } from '../lib/clock.ts';
import type { Log } from '../log.ts';
import { describeDatabaseError } from './database.ts';
import { willPass } from './unavailable.ts';

const firstWaitMs = 100;
const longestWaitMs = 1_000;
const usualPatienceMs = 10 * 60_000;

export interface WaitOutDeps {
  clock: Pick<Clock, 'sleep'>;
  log: Log;
  /** Ends the wait, with its reason. */
  signal?: AbortSignal | undefined;
}

/**
 * Runs `work` again while the database fails in a way that will pass, for `patienceMs` at most (10 minutes by default). A try whose answer was lost may have
 * done its work: `work` must bear to run twice, and is told so by `attempt`, which begins with 1.
 * @throws the last try's failure
 */
export async function waitOut<T>(
  { clock, log, signal }: WaitOutDeps,
  work: (attempt: number) => Promise<T>,
  patienceMs = usualPatienceMs,
): Promise<T> {
  const untilMs = performance.now() + patienceMs;
  let waitMs = firstWaitMs;
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(attempt);
    } catch (error) {
      if (!willPass(error) || performance.now() + waitMs > untilMs) throw error;
      const { code, message: reason } = describeDatabaseError(error);
      if (attempt === 1) log.warn({ part: 'database', code, reason }, 'the database cannot be used now; trying again');
      await clock.sleep(waitMs, signal);
      waitMs = Math.min(longestWaitMs, waitMs * 2);
    }
  }
}
