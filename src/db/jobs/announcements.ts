// Announces jobs to the other processes on a PostgreSQL, by NOTIFY in the transaction that adds them: it is heard at the commit, or never. An embedded
// database has one process, and needs no announcements.

import { randomUUID } from 'node:crypto';
import type { Log } from '../../log.ts';
import { type Database, describeDatabaseError, type ExecuteSql } from '../database.ts';

const channel = 'hubkeeper_jobs';

export interface Announcements {
  /** Listens, unless it does already. Where that fails, the next call tries again; until then the agenda's longest wait finds what others announce. */
  listen(): Promise<void>;
  /** Has the next `listen` begin anew: the connection may be lost without an error. */
  doubt(): void;
  stop(): Promise<void>;
  /** Wraps `execute` for a statement that adds one job and returns its id: the statement also announces the job. */
  announcing(execute: ExecuteSql, queue: string, afterMs: number): ExecuteSql;
  /** Announces jobs that are saved already. Never throws: the agenda finds them all the same. */
  announce(queue: string, afterMs: number): Promise<void>;
}

export interface AnnouncementDeps {
  database: Pick<Database, 'driver' | 'listen'>;
  executeSql: ExecuteSql;
  /** Another process has a job that falls due in `afterMs` milliseconds: a new one, or one that failed. */
  heard(queue: string, afterMs: number): void;
  /** Earlier announcements were missed. */
  missed(): void;
  log: Log;
}

export function createAnnouncements({ database, executeSql, heard, missed, log }: AnnouncementDeps): Announcements {
  /** The sender's name in announcements: a process ignores its own. */
  const self = randomUUID();
  const isShared = database.driver === 'postgres';
  let stopListening: (() => Promise<void>) | undefined;
  let isDoubted = false;

  const payload = (queue: string, afterMs: number) => `${self} ${queue} ${Math.ceil(afterMs)}`;

  function hear(text: string): void {
    const [sender, queue, afterMs] = text.split(' ');
    if (sender !== self && queue !== undefined) heard(queue, Number(afterMs));
  }

  function report(error: unknown, message: string): void {
    const { code, message: reason } = describeDatabaseError(error);
    log.warn({ part: 'jobs', code, reason }, message);
  }

  async function stop(): Promise<void> {
    const stopping = stopListening;
    stopListening = undefined;
    try {
      await stopping?.();
    } catch (error) {
      report(error, 'listening for jobs did not end cleanly');
    }
  }

  return {
    async listen() {
      if (!isShared || (stopListening && !isDoubted)) return;
      await stop();
      try {
        stopListening = await database.listen(channel, hear, missed);
        isDoubted = false;
      } catch (error) {
        report(error, 'jobs of other processes cannot be listened for');
      }
    },
    doubt() {
      isDoubted = true;
    },
    stop,
    announcing(execute, queue, afterMs) {
      if (!isShared) return execute;
      return (text, values = []) => {
        const added = values.length;
        const announced = `with added as (${text}) select id, pg_notify($${added + 1}, $${added + 2}) from added`;
        return execute(announced, [...values, channel, payload(queue, afterMs)]);
      };
    },
    async announce(queue, afterMs) {
      if (!isShared) return;
      try {
        await executeSql('select pg_notify($1, $2)', [channel, payload(queue, afterMs)]);
      } catch {
        // `executeSql` has logged the failure.
      }
    },
  };
}
