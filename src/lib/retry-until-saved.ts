// Saves what exists nowhere else, however long the database does not answer.

import type { Log } from '../log.ts';
import type { Clock } from './clock.ts';

const firstWaitMs = 250;
/** The time between two tries. Shorter than the job engine takes to requeue the job once the database answers again. */
const longestWaitMs = 1_000;

/**
 * Runs `save` until it succeeds: for an answer of Webex that cannot be asked for again, such as new tokens. A stop of the service waits for it as for any
 * work in flight, up to its deadline.
 */
export async function retryUntilSaved<T>(
  { clock, log }: { clock: Clock; log: Log },
  save: () => Promise<T>,
): Promise<T> {
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
    try {
      return await save();
    } catch (error) {
      log.error({ err: error }, 'something that must not be lost could not be saved; trying again');
      await clock.sleep(waitMs);
    }
  }
}
