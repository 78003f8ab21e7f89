// Runs the job engine's SQL and logs what fails: pg-boss hides some failures.

import { trackInFlight } from '../../lib/in-flight.ts';
import type { Log } from '../../log.ts';
import { describeDatabaseError, type ExecuteSql } from '../database.ts';

export interface WatchedSql {
  executeSql: ExecuteSql;
  /** Resolves when no statement is under way. */
  settled(): Promise<void>;
}

/** Logs each statement that fails; of an outage, only its beginning and its end. `failed` is called for each failure. */
export function watchSql(execute: ExecuteSql, log: Log, failed: () => void): WatchedSql {
  const inFlight = trackInFlight();
  let failing = false;

  return {
    async executeSql(text, values) {
      try {
        const result = await inFlight.follow(execute(text, values));
        if (failing) log.info({ part: 'jobs' }, 'the job engine reaches the database again');
        failing = false;
        return result;
      } catch (error) {
        const { code, message } = describeDatabaseError(error);
        if (!failing) log.error({ part: 'jobs', code, reason: message }, 'the job engine cannot use the database');
        failing = true;
        failed();
        throw error;
      }
    },
    settled: inFlight.settled,
  };
}
