// Waits for what happens in a simulated Webex by being told of it: to ask it again and again took half of the processor time of the stories.
import type { Simulator } from '../../src/simulator/simulator.ts';

/**
 * What `look` returns once it throws no more. It looks at once, then after each change of the simulated world, or after each call of Webex. After
 * `timeoutMs` milliseconds it throws what the last look threw.
 */
export async function until<T>(
  { simulator, each, timeoutMs }: { simulator: Pick<Simulator, 'watch'>; each: 'change' | 'call'; timeoutMs: number },
  look: () => Promise<T>,
): Promise<T> {
  const endsAtMs = performance.now() + timeoutMs;
  let happened = false;
  let wakeUp = () => {};
  const unwatch = simulator.watch((what) => {
    if (what !== each) return;
    happened = true;
    wakeUp();
  });
  try {
    for (;;) {
      happened = false;
      try {
        return await look();
      } catch (error) {
        const leftMs = endsAtMs - performance.now();
        if (leftMs <= 0) throw error;
        // What happened during the look may have come too late for it.
        if (!happened) await next(leftMs);
      }
    }
  } finally {
    unwatch();
  }

  function next(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
