// Asks Webex, until it answers, for what the service needs at its start.

import type { Clock } from '../lib/clock.ts';
import type { Log } from '../log.ts';
import { WebexUnavailable } from './errors.ts';

const retryMs = 15_000;

/**
 * Asks Webex until it has answered: an outage there must not keep the program from starting.
 * @throws WebexRefused where Webex does not know the bot's token, or forbids what a bot may do; the signal's reason as soon as it aborts
 */
export async function askUntilAnswered<T>(
  { clock, log }: { clock: Clock; log: Log },
  ask: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await unlessAborted(signal, ask());
    } catch (error) {
      if (!(error instanceof WebexUnavailable)) throw error;
      log.warn({ err: error }, 'Webex does not answer; asking again');
      await clock.sleep(retryMs, signal);
    }
  }
}

/** Waits for a promise, but rejects with the signal's reason as soon as it aborts: what hangs must not delay a stop. */
export async function unlessAborted<T>(signal: AbortSignal, answer: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let rejectNow = () => {};
  const aborted = new Promise<never>((_, reject) => {
    rejectNow = () => reject(signal.reason);
    signal.addEventListener('abort', rejectNow, { once: true });
  });
  try {
    return await Promise.race([answer, aborted]);
  } finally {
    signal.removeEventListener('abort', rejectNow);
  }
}
