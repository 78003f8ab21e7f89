// Who acts. Webex sends a person's id with every event. Rights go by who Webex says is behind the id, and that is believed for minutes.

import type { Db } from '../db/database.ts';
import { asciiLower } from '../lib/ascii.ts';
import type { Clock } from '../lib/clock.ts';
import type { WebexClient } from '../webex/client.ts';
import { readPerson } from '../webex/people.ts';
import { unlessGone } from '../webex/unless-gone.ts';
import type { Actor } from './actor.ts';
import { judge } from './authority.ts';
import { findPerson, type PersonRow, rememberPerson } from './person.store.ts';

export interface People {
  /**
   * Who is behind a person id, and what this person may do: from memory, else the store, else Webex. Several callers at once cost one question.
   * @throws WebexUnavailable where Webex has to be asked and does not answer
   */
  whoIs(personId: string): Promise<Actor>;
  /** The same, where an e-mail that Webex sent beside the id differs from the one that is remembered: Webex is asked again. */
  whoWrites(personId: string, email: string): Promise<Actor>;
  /** Forgets what is in memory of a person, or of everybody: rights have changed. */
  forget(personId?: string): void;
}

/** How many people are kept in memory; beyond it the least recently asked for is dropped. */
const remembered = 1000;

/** How long Webex's word on a person is believed: people get other addresses, and leave organizations. */
const trustedMs = 10 * 60_000;

/** The people whom this process met last, kept in memory and in the store. `admins` are the e-mails of the provider's administrators. */
export function createPeople(deps: { db: Db; bot: WebexClient; clock: Clock; admins: readonly string[] }): People {
  const { db, bot, clock } = deps;
  const known = new Map<string, { actor: Actor; askedAt: Date }>();
  const asking = new Map<string, Promise<Actor>>();

  async function keep({ refusedAt: _, ...person }: PersonRow): Promise<Actor> {
    const { personId, seenAt } = person;
    const actor = { ...person, ...(await judge(deps, person)) };
    known.delete(personId);
    known.set(personId, { actor, askedAt: seenAt });
    const oldest = known.keys().next();
    if (known.size > remembered && !oldest.done) known.delete(oldest.value);
    return actor;
  }

  async function askWebex(personId: string): Promise<Actor> {
    const person = await unlessGone(readPerson(bot, personId));
    return keep(
      await rememberPerson(db, {
        personId,
        // Whoever is gone has neither an address nor an organization, and so no rights.
        email: asciiLower(person?.emails[0] ?? ''),
        webexOrgId: person?.orgId ?? '',
        type: person?.type ?? 'person',
        displayName: person?.displayName ?? null,
        seenAt: clock.now(),
      }),
    );
  }

  /** Asks Webex, at most once at a time. */
  function ask(personId: string): Promise<Actor> {
    const underWay = asking.get(personId);
    if (underWay) return underWay;
    const answer = askWebex(personId).finally(() => asking.delete(personId));
    asking.set(personId, answer);
    return answer;
  }

  async function whoIs(personId: string): Promise<Actor> {
    const oldest = new Date(clock.now().getTime() - trustedMs);
    const inMemory = known.get(personId);
    if (inMemory && inMemory.askedAt > oldest) return inMemory.actor;
    const stored = await findPerson(db, personId);
    // Without an organization: saved by an older version, or of somebody who was gone.
    return stored && stored.seenAt > oldest && stored.webexOrgId !== '' ? keep(stored) : ask(personId);
  }

  return {
    whoIs,
    forget(personId) {
      if (personId === undefined) known.clear();
      else known.delete(personId);
    },
    async whoWrites(personId, email) {
      const known = await whoIs(personId);
      if (known.email === asciiLower(email)) return known;
      const asked = await ask(personId);
      // Where Webex contradicts itself, nobody is obeyed.
      return asked.email === asciiLower(email) ? asked : { ...asked, rights: 'none' };
    },
  };
}
