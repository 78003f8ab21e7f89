// Who acts: Webex says a person's id with every event and the e-mail, by which authority goes, only with some.

import type { Db } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import type { WebexClient } from '../webex/client.ts';
import { readPerson } from '../webex/people.ts';
import { findPerson, rememberPerson } from './person.store.ts';

export interface KnownPerson {
  personId: string;
  /** Lower case. */
  email: string;
  /** Null where Webex has not said it: its people say their organization, its events do not. */
  webexOrgId: string | null;
}

export interface People {
  /** Notes the e-mail that a message came with. */
  met(personId: string, email: string): Promise<KnownPerson>;
  /** Who a person id belongs to: from memory, else the store, else Webex. */
  whoIs(personId: string): Promise<KnownPerson>;
}

/** How many people are kept in memory; the least recently seen goes first. */
const remembered = 1000;

/** How long an e-mail is believed without asking again: authority goes by it, and people get new ones. */
const trustedMs = 24 * 60 * 60_000;

/** Who is who, for this process: remembers those whom it met last. */
export function createPeople({ db, bot, clock }: { db: Db; bot: WebexClient; clock: Clock }): People {
  const known = new Map<string, KnownPerson & { seenAt: Date }>();

  function keep(person: KnownPerson, seenAt: Date): KnownPerson {
    known.delete(person.personId);
    known.set(person.personId, { ...person, seenAt });
    const oldest = known.keys().next();
    if (known.size > remembered && !oldest.done) known.delete(oldest.value);
    return person;
  }

  async function met(
    personId: string,
    said: { email: string; webexOrgId: string | null; displayName: string | null },
  ): Promise<KnownPerson> {
    const email = said.email.toLowerCase();
    const last = known.get(personId);
    const isKnown = last?.email === email && clock.now().getTime() - last.seenAt.getTime() <= trustedMs;
    if (!isKnown) {
      await rememberPerson(db, { personId, email, displayName: said.displayName, seenAt: clock.now() });
    }
    return keep({ personId, email, webexOrgId: said.webexOrgId ?? (isKnown ? last.webexOrgId : null) }, clock.now());
  }

  return {
    met: (personId, email) => met(personId, { email, webexOrgId: null, displayName: null }),
    async whoIs(personId) {
      const oldest = new Date(clock.now().getTime() - trustedMs);
      const inMemory = known.get(personId);
      if (inMemory && inMemory.seenAt > oldest) return inMemory;
      const stored = await findPerson(db, personId);
      if (stored && stored.seenAt > oldest)
        return keep({ personId, email: stored.email, webexOrgId: null }, stored.seenAt);
      const { emails, orgId, displayName } = await readPerson(bot, personId);
      return met(personId, { email: emails[0] ?? '', webexOrgId: orgId, displayName: displayName ?? null });
    },
  };
}
