// Notes when the database last answered a part of the house: the sign of life by which readiness judges the job engine, which asks every second.

import type { ExecuteSql } from '../database.ts';

export interface Pulse {
  executeSql: ExecuteSql;
  /** Milliseconds since the last answer; undefined before the first. By the process's own time, which nobody turns forward. */
  silentMs(): number | undefined;
}

/** `execute` with its answers noted; a statement that fails is no sign of life. */
export function feelPulse(execute: ExecuteSql): Pulse {
  let answeredAtMs: number | undefined;
  return {
    async executeSql(text, values) {
      const result = await execute(text, values);
      answeredAtMs = performance.now();
      return result;
    },
    silentMs: () => (answeredAtMs === undefined ? undefined : performance.now() - answeredAtMs),
  };
}
