// Events that Webex has delivered and that the database could not take. They are kept in memory until it can, since Webex delivers none a second time, and
// lets nobody list clicks on cards.

import { willPass } from '../db/unavailable.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../log.ts';

/** About 1 KB each. Of what is not kept, the messages are fetched once the database is back. */
const most = 1_000;
const retryMs = 1_000;

export interface HeldEventsDeps<Event> {
  clock: Clock;
  log: Log;
  shutdownSignal: AbortSignal;
  /** Takes the event, and handles it unless it is known already. Rejects where the database still cannot be used. */
  take(event: Event): Promise<void>;
}

export interface HeldEvents<Event> {
  /** Keeps an event, and tries it until it is taken. */
  hold(event: Event): void;
  /** Since when events may be missing that nothing has fetched yet; undefined where none is. */
  missedSince(): Date | undefined;
  /** Says that what was missed before this has been fetched. */
  fetched(before: Date): void;
}

/** The held events of this process. They end with it: its next start fetches messages, and clicks are lost. */
export function createHeldEvents<Event>({
  clock,
  log,
  shutdownSignal,
  take,
}: HeldEventsDeps<Event>): HeldEvents<Event> {
  let held: Event[] = [];
  let missed: { first: Date; last: Date } | undefined;
  let draining = false;

  async function drain(): Promise<void> {
    draining = true;
    while (held.length > 0 && !shutdownSignal.aborted) {
      try {
        for (const event of [...held]) {
          await take(event);
          held = held.filter((other) => other !== event);
        }
      } catch (error) {
        if (!willPass(error) && !shutdownSignal.aborted) {
          log.error({ err: error }, 'an event that waited for the database cannot be saved');
          held = held.slice(1);
          continue;
        }
        log.debug({ err: error, count: held.length }, 'events wait for the database');
        await clock.sleep(retryMs, shutdownSignal).catch(() => undefined);
      }
    }
    draining = false;
    if (held.length === 0) log.info({}, 'all events that waited for the database are taken');
  }

  return {
    hold(event) {
      const now = clock.now();
      missed = { first: missed?.first ?? now, last: now };
      if (held.length < most) held.push(event);
      else log.error({ count: most }, 'too many events wait for the database: this one is given up');
      if (!draining) void drain();
    },
    missedSince: () => missed?.first,
    fetched(before) {
      if (missed && missed.last <= before) missed = undefined;
    },
  };
}
