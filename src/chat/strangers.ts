// People who may not command the bot. Each is told so once an hour. What else they write or press is dropped where it comes in, and costs nothing.

import type { Db } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import type { Actor } from './actor.ts';
import { claimRefusal } from './person.store.ts';

export interface Strangers {
  /** Whether what this person sends is dropped without a look. */
  isSilenced(personId: string): boolean;
  /** Whether the person is to read a refusal now: once an hour, over all processes and restarts. A machine never. The person is silenced from then on. */
  mayBeRefused(stranger: Pick<Actor, 'personId' | 'type'>): Promise<boolean>;
  /** Listens again to a person who has been given rights, or to everybody. */
  forget(personId?: string): void;
}

const silenceMs = 60 * 60_000;
/** How many people a process remembers as silenced. Of others it asks the store. */
const mostSilenced = 10_000;

/** The strangers of this process; the refusals are those of all processes. */
export function createStrangers({ db, clock }: { db: Db; clock: Clock }): Strangers {
  const silencedUntilMs = new Map<string, number>();

  function silence(personId: string, untilMs: number): void {
    silencedUntilMs.delete(personId);
    silencedUntilMs.set(personId, untilMs);
    const oldest = silencedUntilMs.keys().next();
    if (silencedUntilMs.size > mostSilenced && !oldest.done) silencedUntilMs.delete(oldest.value);
  }

  return {
    isSilenced(personId) {
      const untilMs = silencedUntilMs.get(personId);
      if (untilMs === undefined) return false;
      if (untilMs > clock.now().getTime()) return true;
      silencedUntilMs.delete(personId);
      return false;
    },
    forget(personId) {
      if (personId === undefined) silencedUntilMs.clear();
      else silencedUntilMs.delete(personId);
    },
    async mayBeRefused({ personId, type }) {
      const now = clock.now();
      if (type !== 'person') {
        silence(personId, now.getTime() + silenceMs);
        return false;
      }
      const { isClaimed, refusedAt } = await claimRefusal(db, {
        personId,
        now,
        before: new Date(now.getTime() - silenceMs),
      });
      silence(personId, refusedAt.getTime() + silenceMs);
      return isClaimed;
    },
  };
}
