// Who changes sites, lists or mappings, where, and what this person may change.

import type { Actor } from '../chat/actor.ts';
import type { CommandInput } from '../chat/command.ts';
import type { Db } from '../db/database.ts';
import type { Scope } from '../db/scope.ts';
import type { Clock } from '../lib/clock.ts';

export interface ChangeDeps {
  db: Db;
  clock: Clock;
}

export interface Changing {
  actor: Pick<Actor, 'personId' | 'email'>;
  roomId: string;
  scope: Scope;
}

export const changing = ({ actor, place }: Pick<CommandInput, 'actor' | 'place'>, scope: Scope): Changing => ({
  actor,
  roomId: place.roomId,
  scope,
});

/** What every entry of the audit says of it. */
export const entryOf = ({ actor, roomId }: Changing, now: Date) => ({
  by: { personId: actor.personId, email: actor.email },
  roomId,
  now,
});
