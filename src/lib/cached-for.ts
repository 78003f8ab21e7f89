// An answer that is good for a while: many may ask, and the question is put once.

import type { Clock } from './clock.ts';

/**
 * Asks at most every `forMs` milliseconds, and never while an earlier question is still open: whoever asks meanwhile waits for
 * the same answer. A failure is not remembered.
 */
export function cachedFor<T>(
  { clock, forMs }: { clock: Pick<Clock, 'now'>; forMs: number },
  ask: () => Promise<T>,
): () => Promise<T> {
  let answer: Promise<T> | undefined;
  let goodUntilMs = Number.POSITIVE_INFINITY;

  async function askNow(): Promise<T> {
    try {
      const value = await ask();
      goodUntilMs = clock.now().getTime() + forMs;
      return value;
    } catch (error) {
      goodUntilMs = Number.NEGATIVE_INFINITY;
      throw error;
    }
  }

  return () => {
    if (answer && clock.now().getTime() < goodUntilMs) return answer;
    goodUntilMs = Number.POSITIVE_INFINITY;
    answer = askNow();
    return answer;
  };
}
