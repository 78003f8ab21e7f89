// Where and to whom in Webex something is said.

import type { Standing } from './actor.ts';

/** A space, and the root message of the thread where there is one. */
export interface Place {
  roomId: string;
  parentMessageId: string | null;
}

/**
 * A space, or a person in the space of that person and the bot alone. With both, a person reads what is meant for a space in which others would read along.
 */
export type Addressee = Place | { toPersonEmail: string } | (Place & { toPersonEmail: string });

/** Where a message is posted: an administrator whom we know is addressed by the person, whoever has the address now. */
export type Destination = Place | { toPersonEmail: string } | { toPersonId: string };

/** The time zone by which times are written for whoever reads there: an IANA name. */
export type TimeZoneOf = (reader: { roomId: string } | { toPersonEmail: string }) => Promise<string>;

/** The same where the standing in a space was read already. */
export type TimeZoneAt = (roomId: string, standing: Pick<Standing, 'customer' | 'decided'>) => string;

/** The place of what is meant for a space. @throws where it is meant for a person */
export function placeOf(addressee: Addressee): Place {
  if (!('roomId' in addressee)) throw new Error('what is meant for a space is to go to a person');
  return addressee;
}
