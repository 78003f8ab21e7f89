// Looks for a message of ours that Webex may have posted although its answer was lost. Webex knows no idempotency key: to look is the only way not to
// post twice.

import { createHash } from 'node:crypto';
import type { Db } from '../db/database.ts';
import type { WebexClient } from '../webex/client.ts';
import { WebexRefused } from '../webex/errors.ts';
import { type Message, newestDirectMessages, newestMessages, readMessage } from '../webex/messages.ts';
import { messagesOf } from './inbox.store.ts';
import type { Destination } from './place.ts';

export interface FindDeps {
  db: Db;
  bot: WebexClient;
  /** The bot's own person id. */
  botPersonId: () => string;
}

/** How a message of ours is found. */
export interface Lookup {
  /** The message is not older than this, by Webex's clock. */
  since: Date;
  /** `hashText` of its Markdown, which may hold a secret link. */
  hash: string;
}

/** The same hash where Webex returns the text with other white space. */
export const hashText = (markdown: string): string =>
  createHash('sha256').update(markdown.trim().replaceAll(/\s+/g, ' ')).digest('base64url');

/**
 * The id of our message in the space, or to the person; undefined where none is found. A bot may list the messages of a direct space, but not of a group
 * space. There the events that Webex sent of the bot's messages are searched: a message whose event no process received is not found.
 * @throws WebexUnavailable where Webex could not be asked
 */
export async function findPosted(
  { db, bot, botPersonId }: FindDeps,
  place: Destination,
  { since, hash }: Lookup,
): Promise<string | undefined> {
  const isIt = ({ personId, created, markdown }: Message) =>
    personId === botPersonId() &&
    created !== undefined &&
    created >= since &&
    markdown !== undefined &&
    hashText(markdown) === hash;
  if (!('roomId' in place)) {
    const said = await unlessRefused(newestDirectMessages(bot, place));
    return said?.find(isIt)?.id;
  }
  const { roomId } = place;
  // Listed as a direct space: for a group space Webex refuses the list.
  const listed = await unlessRefused(newestMessages(bot, { roomId, roomType: 'direct' }));
  if (listed) return listed.find(isIt)?.id;
  for (const id of await messagesOf(db, { roomId, personId: botPersonId(), since })) {
    const message = await unlessRefused(readMessage(bot, id));
    if (message && isIt(message)) return id;
  }
  return undefined;
}

/** Undefined where Webex does not let us read the message. */
async function unlessRefused<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof WebexRefused) return undefined;
    throw error;
  }
}
