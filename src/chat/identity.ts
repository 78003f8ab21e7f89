// Who the bot is: not known before Webex has answered once.

import { unlessAborted } from '../webex/ask-until-answered.ts';
import type { Person } from '../webex/people.ts';

export interface Identity {
  /** Resolves once it is known; rejects with the signal's reason where that aborts first. */
  knownUnless(signal: AbortSignal): Promise<void>;
  isKnown(): boolean;
  set(person: Person): void;
  /** Throws before it is known. */
  get(): Person;
}

export function createIdentity(): Identity {
  let me: Person | undefined;
  let resolveKnown = () => {};
  const known = new Promise<void>((resolve) => {
    resolveKnown = resolve;
  });
  return {
    knownUnless: (signal) => unlessAborted(signal, known),
    isKnown: () => me !== undefined,
    set(person: Person) {
      me = person;
      resolveKnown();
    },
    get(): Person {
      if (!me) throw new Error('the bot was asked for before Webex had said who it is');
      return me;
    },
  };
}
