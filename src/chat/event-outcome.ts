// What can come of an event of Webex.

/** What can come of an event, for its row and for the figures. */
export type EventOutcome =
  | 'answered'
  /** Webex did not take the answer now: it is in the outbox, or was put there together with what it tells of. */
  | 'queued'
  | 'discarded'
  | 'greeted'
  | 'left'
  /** What was said or clicked is gone, or hidden from us. */
  | 'gone'
  | 'own message'
  /** By somebody who may not command the bot, has read so within the hour, and is not answered. */
  | 'turned away'
  /** The same, dropped where it came in: it has no row. */
  | 'dropped'
  | 'not addressed'
  | 'not ours'
  /** Others than the bot have joined or left a space. */
  | 'members changed'
  /** A service app was authorized in an organization, or is not any more. */
  | 'app authorized'
  | 'app ended'
  | 'ignored'
  | 'too old'
  /** Webex refused the answer, and took the word of that, or not even that. */
  | 'failed'
  | 'refused'
  /** Not even the last try could handle it. */
  | 'dead-lettered';
