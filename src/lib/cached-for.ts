// Keeps an answer for a while, so that many callers cost one question.

import type { Clock } from './clock.ts';

/**
 * Calls `ask` at most every `forMs` milliseconds, and never twice at once: callers in between get the same answer. A failure is not kept.
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
