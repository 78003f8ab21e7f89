// The job engine's way to the database, with its failures logged: pg-boss keeps some of them to itself.

import { trackInFlight } from '../../lib/in-flight.ts';
import type { Log } from '../../log.ts';
import { describeDatabaseError, type ExecuteSql } from '../database.ts';

export interface WatchedSql {
  executeSql: ExecuteSql;
  /** Resolves when no statement is under way. */
  settled(): Promise<void>;
}

/** Logs a failing statement, but an outage only at its beginning and its end. `failed` is called for each. */
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
