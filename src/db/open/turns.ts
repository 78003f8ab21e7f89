// Work on the embedded database: one piece after the other, each in a turn of the event loop of its own.

import { setImmediate as nextTurn } from 'node:timers/promises';

/** Runs a piece of work after all that was given before it, and resolves or rejects as the work does. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Makes a queue, first in, first out. Between two pieces the event loop turns once.
 *
 * PGlite computes in this process's own thread. Without the queue, all statements of a callback run before the next callback: with 50 commands at once the
 * event loop turned every 150 to 500 ms. Node accepts one new connection each turn (libuv 1.45 and later, pull request 3696), so that the last of 50
 * connections that were opened together waited for 20 s and more.
 */
export function createTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(() => nextTurn()).then(work);
    // A failure goes to the caller of that piece. The next piece runs all the same.
    last = result.catch(() => {});
    return result;
  };
}
