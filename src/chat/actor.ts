// Who acts: the person behind a message, a click or a page, and what this person may do.

import { everything, type Scope } from '../db/scope.ts';
import type { KnownPerson } from './people.ts';

export interface Actor extends KnownPerson {
  /** `administrator`: may command the bot. */
  readonly rights: 'administrator' | 'none';
}

/** The person with the rights that follow from `admins`, the e-mails of the provider's administrators. */
export function actorOf(person: KnownPerson, admins: readonly string[]): Actor {
  return { ...person, rights: admins.includes(person.email) ? 'administrator' : 'none' };
}

/** What the actor may see in a space. Decided here alone: an administrator sees everything in every space. */
export function scopeOf(_actor: Actor, _roomId: string): Scope {
  return everything;
}
