// Where and to whom in Webex something is said.

/** A space, and the root message of the thread where there is one. */
export interface Place {
  roomId: string;
  parentMessageId: string | null;
}

/** A space, or a person in the space of that person and the bot alone. */
export type Addressee = Place | { toPersonEmail: string };

/** Where a message is posted: an administrator whom we know is addressed by the person, whoever has the address now. */
export type Destination = Addressee | { toPersonId: string };

/** The time zone by which times are written for whoever reads there: an IANA name. */
export type TimeZoneOf = (reader: { roomId: string } | { toPersonEmail: string }) => Promise<string>;

/** The place of what is told in spaces alone. @throws where it is to go to a person */
export function placeOf(addressee: Addressee): Place {
  if ('toPersonEmail' in addressee) throw new Error('what is told in spaces alone is to go to a person');
  return addressee;
}
