// Posts a reply into a space, in the thread of the command. The card's buttons carry the thread, so that clicks are answered there too.

import type { WebexClient } from '../webex/client.ts';
import { WebexRefused } from '../webex/errors.ts';
import { type JsonText, jsonOf } from '../webex/json-text.ts';
import { deleteMessage, type Message, postMessage } from '../webex/messages.ts';
import type { Destination } from './place.ts';
import type { Card, FileReply, Reply } from './reply.ts';

/** The key under which a card's buttons carry the root message of their thread. */
export const threadKey = 'thread';

/**
 * Posts once and returns the message, in the space that Webex put it into.
 * @throws WebexRefused, WebexUnavailable
 */
export async function postReply(bot: WebexClient, place: Destination, reply: Reply | FileReply): Promise<Message> {
  if (!('roomId' in place)) return postMessage(bot, { ...place, ...reply });
  const { roomId, parentMessageId: parentId } = place;
  if (parentId === null) return postMessage(bot, { roomId, ...reply });
  try {
    const bound = reply.card ? { ...reply, card: noteThread(reply.card, parentId) } : reply;
    return await postMessage(bot, { roomId, parentId, ...bound });
  } catch (error) {
    // The root message is gone, or Webex takes no reply in this thread. Posted outside it, the reply is at least read.
    if (error instanceof WebexRefused && (error.status === 400 || error.status === 404)) {
      return postMessage(bot, { roomId, ...reply });
    }
    throw error;
  }
}

/** Deletes one of our messages, if it is still there. */
export async function removeMessage(bot: WebexClient, messageId: string): Promise<void> {
  try {
    await deleteMessage(bot, messageId);
  } catch (error) {
    if (!(error instanceof WebexRefused)) throw error;
  }
}

/** A copy of the card in which every Action.Submit carries the thread. */
function noteThread(card: Card | JsonText, thread: string): Card {
  return JSON.parse(jsonOf(card), (_key, value: unknown) =>
    isSubmit(value) ? { ...value, data: { ...value.data, [threadKey]: thread } } : value,
  ) as Card;
}

function isSubmit(value: unknown): value is { type: 'Action.Submit'; data?: object } {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'Action.Submit';
}
