// Whether the process is ready to work, with the reasons where it is not.

import type { Heartbeat } from '../db/jobs/agenda.ts';
import { cachedFor } from '../lib/cached-for.ts';
import type { Clock } from '../lib/clock.ts';
import { minuteMs } from '../lib/durations.ts';
import { withTimeout } from '../lib/with-timeout.ts';
import type { Log } from '../log.ts';
import { isClockWrong } from '../webex/webex-clock.ts';

/** What readiness is judged by. Nothing here asks Webex. */
export interface Vitals {
  /** Asks the database since when the oldest due job waits. */
  oldestDueJobAt(): Promise<Date | undefined>;
  jobs(): Heartbeat;
  webhooks(): { state: string; checkedAt: Date | undefined; isDeaf: boolean };
  /** How far our clock is ahead of Webex's, in milliseconds; undefined until Webex has answered. */
  clockAheadMs(): number | undefined;
  /** Whether Webex has said who the bot is. */
  botIsKnown(): boolean;
  /** When this process last received an event. */
  lastEventAt(): Date | undefined;
  /** The ids of the encryption keys that values of the store are sealed with. */
  keysInUse(): Promise<readonly string[]>;
  /** When this process last looked for grants to refresh. */
  lastRefreshRunAt(): Date | undefined;
}

export interface ReadinessDeps {
  vitals: Vitals;
  clock: Clock;
  log: Log;
}

const databaseDeadlineMs = 2_000;
/** Requests within this time cost the database one query. */
const rememberMs = 1_000;
/** The keys in use change at a start and by a rotation alone; a key that was given up costs a look at every row. */
const rememberKeysMs = 10 * minuteMs;

export interface Readiness {
  ready: boolean;
  /** The parts without which the service cannot work. */
  failing: ('database' | 'jobs' | 'bot' | 'webhooks')[];
  database: 'working' | 'failing';
  jobs: { state: 'working' | 'failing'; oldestDueSeconds: number | null };
  bot: 'known' | 'unknown';
  /** The ids of the encryption keys that values of the store are sealed with; null where the database has not said so. */
  keysInUse: readonly string[] | null;
  /** `wrong`: the clock of this machine differs from Webex's by more than a minute. The service works on, and measures ages on Webex's clock. */
  clock: { state: 'right' | 'wrong' | 'unknown'; aheadOfWebexSeconds: number | null };
  webhooks: { state: string; checkedSecondsAgo: number | null };
  lastEventSecondsAgo: number | null;
  lastRefreshRunSecondsAgo: number | null;
}

/**
 * Judges the parts. The service is not ready while none of our webhooks stands at Webex, since nobody is heard. A disabled webhook does not make it unready:
 * a proxy would then send it no more deliveries of Webex, and Webex would disable the webhook again.
 */
export function createReadiness({ vitals, clock, log }: ReadinessDeps): () => Promise<Readiness> {
  const askDatabase = cachedFor({ clock, forMs: rememberMs }, vitals.oldestDueJobAt);
  const askKeys = cachedFor({ clock, forMs: rememberKeysMs }, vitals.keysInUse);
  let databaseFails = false;
  let heartbeatBefore: Heartbeat = 'starting';

  async function tryDatabase() {
    try {
      const [oldestDueAt, keys] = await withTimeout(databaseDeadlineMs, Promise.all([askDatabase(), askKeys()]));
      if (databaseFails) log.info({ part: 'database' }, 'the database answers again');
      databaseFails = false;
      return { state: 'working' as const, oldestDueAt, keys };
    } catch (error) {
      if (!databaseFails) log.error({ err: error, part: 'database' }, 'the database does not answer');
      databaseFails = true;
      return { state: 'failing' as const, oldestDueAt: undefined, keys: null };
    }
  }

  function judgeJobs(heartbeat: Heartbeat): 'working' | 'failing' {
    if (heartbeat !== heartbeatBefore && (heartbeat === 'silent' || heartbeat === 'stuck')) {
      log.error({ part: 'jobs', reason: heartbeat }, 'the job engine does not work');
    }
    heartbeatBefore = heartbeat;
    return heartbeat === 'working' ? 'working' : 'failing';
  }

  return async () => {
    const { state: database, oldestDueAt, keys } = await tryDatabase();
    const now = clock.now();
    const jobs = judgeJobs(vitals.jobs());
    const bot = vitals.botIsKnown() ? 'known' : 'unknown';
    const { state, checkedAt, isDeaf } = vitals.webhooks();
    const failing: Readiness['failing'] = [];
    if (database === 'failing') failing.push('database');
    if (jobs === 'failing') failing.push('jobs');
    if (bot === 'unknown') failing.push('bot');
    if (isDeaf) failing.push('webhooks');
    return {
      ready: failing.length === 0,
      failing,
      database,
      jobs: { state: jobs, oldestDueSeconds: database === 'working' ? (secondsAgo(oldestDueAt, now) ?? 0) : null },
      bot,
      keysInUse: keys,
      clock: judgeClock(vitals.clockAheadMs()),
      webhooks: { state, checkedSecondsAgo: secondsAgo(checkedAt, now) },
      lastEventSecondsAgo: secondsAgo(vitals.lastEventAt(), now),
      lastRefreshRunSecondsAgo: secondsAgo(vitals.lastRefreshRunAt(), now),
    };
  };
}

function judgeClock(aheadMs: number | undefined): Readiness['clock'] {
  if (aheadMs === undefined) return { state: 'unknown', aheadOfWebexSeconds: null };
  return { state: isClockWrong(aheadMs) ? 'wrong' : 'right', aheadOfWebexSeconds: Math.round(aheadMs / 1000) };
}

const secondsAgo = (at: Date | undefined, now: Date): number | null =>
  at === undefined ? null : Math.max(0, Math.round((now.getTime() - at.getTime()) / 1000));
