// Who acts: the person behind a message, a click or a page, and what this person may do.

import { everything, type Scope } from '../db/scope.ts';

/** Why somebody who looks like an administrator is not obeyed. */
export interface Doubt {
  /** The administrator's e-mail, as in ADMINS. */
  readonly admin: string;
  /**
   * `person`: another person has the administrator's address. `organization`: the administrator is in another Webex organization now. `address`: the
   * administrator has another address now.
   */
  readonly what: 'person' | 'organization' | 'address';
}

export interface Judged {
  /** `administrator`: may command the bot. */
  readonly rights: 'administrator' | 'none';
  readonly doubt?: Doubt;
}

export interface Actor extends Judged {
  readonly personId: string;
  /** With ASCII letters in lower case; empty where Webex shows none. */
  readonly email: string;
  /** Empty where Webex shows none. */
  readonly webexOrgId: string;
  /** `person`, `bot` or another kind of machine. */
  readonly type: string;
}

/** What the actor may see in a space. Decided here alone: an administrator sees everything in every space. */
export function scopeOf(_actor: Actor, _roomId: string): Scope {
  return everything;
}
