// The order of work on the embedded database: one piece after the other, each in a turn of the event loop of its own.

import { setImmediate as nextTurn } from 'node:timers/promises';

/** Runs a piece of work after all that was given before it, and resolves or rejects as the work does. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Makes a queue, first in, first out. Between two pieces the event loop comes round once.
 *
 * PGlite computes in this process's own thread and awaits nothing but itself. Without the queue, a callback's statements run to their end before the next
 * callback, so that with 50 commands at once the event loop comes round every 150 to 500 ms. Node accepts one new connection each time it comes round
 * (libuv 1.45 and later, pull request 3696): the last of 50 connections that were opened together waited for 20 s and more.
 */
export function createTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(() => nextTurn()).then(work);
    // A failure is for whoever gave the work; the next piece runs all the same.
    last = result.catch(() => {});
    return result;
  };
}
