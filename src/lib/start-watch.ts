// Says what a start waits for, where that takes long.

import type { Log } from '../log.ts';
import type { Clock } from './clock.ts';

export interface StartWatch {
  /** Waits for `work`. Where `work` takes longer than three seconds, the log says once that the start waits for `what`. */
  during<T>(what: string, work: Promise<T>): Promise<T>;
  /** What is waited for now. */
  waitsFor(): string | undefined;
}

const patienceMs = 3_000;

export interface StartWatchOptions {
  clock: Clock;
  log: Log;
  /** Finds out why the start has to wait; undefined where nobody knows. */
  reason(): Promise<string | undefined>;
}

export function createStartWatch({ clock, log, reason }: StartWatchOptions): StartWatch {
  let current: string | undefined;

  async function sayLater(what: string, ended: AbortSignal): Promise<void> {
    const isOver = await clock.sleep(patienceMs, ended).then(
      () => false,
      () => true,
    );
    if (isOver) return;
    const sentence = `the start waits for ${what}`;
    try {
      const why = await reason();
      if (!ended.aborted) log.warn(why === undefined ? sentence : `${sentence}: ${why}`);
    } catch (error) {
      if (!ended.aborted) log.warn({ err: error }, sentence);
    }
  }

  return {
    async during(what, work) {
      const ended = new AbortController();
      current = what;
      void sayLater(what, ended.signal);
      try {
        return await work;
      } finally {
        ended.abort();
        current = undefined;
      }
    },
    waitsFor: () => current,
  };
}
