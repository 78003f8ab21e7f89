// Messages in spaces, the cards on them, and what people entered into the cards.

import { FormData } from 'undici';
import { z } from 'zod';
import type { WebexClient } from './client.ts';
import { JsonText, jsonOf } from './json-text.ts';
import { instant, listOf, unused, webexId } from './shapes.ts';

/** Webex's limit for a message's text, in bytes of UTF-8 (OpenAPI, POST /messages). */
export const messageLimitBytes = 7439;

const messageSchema = z.object({
  id: webexId,
  roomId: webexId,
  /** `direct` or `group`. */
  roomType: z.string().optional(),
  /** The root message of the thread, where the message is a reply. */
  parentId: webexId.optional(),
  /** Absent where the message is only a card or a file. */
  text: z.string().optional(),
  markdown: z.string().optional(),
  html: z.string().optional(),
  personId: webexId,
  personEmail: z.string().min(1).optional(),
  mentionedPeople: z.array(z.string()).optional(),
  /** Addresses of its files, for `readContent`. */
  files: z.array(z.string()).optional(),
  created: instant.optional(),
  updated: instant.optional(),
  ...unused('toPersonId', 'toPersonEmail', 'attachments', 'mentionedGroups', 'isVoiceClip'),
});
export type Message = z.infer<typeof messageSchema>;

const attachmentActionSchema = z.object({
  id: webexId,
  type: z.string().optional(),
  messageId: webexId,
  personId: webexId,
  roomId: webexId,
  /** What was entered, the button's data merged in. Anybody in the space can send any JSON: whoever reads it checks it. */
  inputs: z.unknown().optional(),
  created: instant.optional(),
});
export type AttachmentAction = z.infer<typeof attachmentActionSchema>;

/** A file on a message; Webex shows images of up to 1 MB (OpenAPI, POST /messages). */
export interface MessageFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

export type NewMessage = ({ roomId: string } | { toPersonEmail: string } | { toPersonId: string }) & {
  /** The root message of the thread to reply in. */
  parentId?: string | undefined;
  /** The text, which clients that show no cards show in the card's place; at most 7,439 bytes. */
  markdown: string;
  /** An Adaptive Card; a message has a card or a file. */
  card?: object | undefined;
  /** The one file that Webex takes on a message. */
  file?: MessageFile | undefined;
} & ({ card?: undefined } | { file?: undefined });

/** One message; refused with 403 or 404 where it is deleted, or not the token's owner's to see. */
export function readMessage(client: WebexClient, id: string): Promise<Message> {
  return client.get('/messages/{id}', { params: { id } }, messageSchema);
}

/** The newest messages of a space, at most 100, the newest first. In a group space a bot may list only those that mention it. */
export async function newestMessages(
  client: WebexClient,
  { roomId, roomType }: { roomId: string; roomType: string },
): Promise<Message[]> {
  const query = { roomId, max: 100, ...(roomType === 'group' ? { mentionedPeople: 'me' } : {}) };
  const { items } = await client.get('/messages', { query }, listOf(messageSchema));
  return items;
}

/** The newest messages between the token's owner and one person, at most 100, the newest first (OpenAPI, GET /messages/direct). */
export async function newestDirectMessages(
  client: WebexClient,
  person: { toPersonEmail: string } | { toPersonId: string },
): Promise<Message[]> {
  const query = 'toPersonId' in person ? { personId: person.toPersonId } : { personEmail: person.toPersonEmail };
  const { items } = await client.get('/messages/direct', { query }, listOf(messageSchema));
  return items;
}

/** Posts once at most: after a lost answer it throws WebexUnavailable, although the message may stand in the space. */
export async function postMessage(client: WebexClient, message: NewMessage): Promise<Message> {
  const { card, file, ...rest } = message;
  checkSize(message.markdown);
  if (file) return client.post('/messages', { body: formOf(rest, file) }, messageSchema);
  const body = card ? withCard(rest, card) : rest;
  return client.post('/messages', { body }, messageSchema);
}

/** Webex allows 10 edits of a message and officially none of one with a card; it refuses more with `http_400`. */
export async function editMessage(
  client: WebexClient,
  edit: { id: string; roomId: string; markdown: string },
): Promise<Message> {
  checkSize(edit.markdown);
  const { id, ...body } = edit;
  return client.put('/messages/{id}', { params: { id }, body }, messageSchema);
}

/** Deletes a message of the token's owner. */
export function deleteMessage(client: WebexClient, id: string): Promise<void> {
  return client.delete('/messages/{id}', { params: { id } });
}

/** What a person entered into a card; only the token of the bot that posted the card may read it. */
export function readAttachmentAction(client: WebexClient, id: string): Promise<AttachmentAction> {
  return client.get('/attachment/actions/{id}', { params: { id } }, attachmentActionSchema);
}

/** As JSON at once, so that a card that is text stays as it is. */
function withCard(rest: object, card: object): JsonText {
  const attachment = `{"contentType":"application/vnd.microsoft.card.adaptive","content":${jsonOf(card)}}`;
  return new JsonText(`${JSON.stringify(rest).slice(0, -1)},"attachments":[${attachment}]}`);
}

/** Webex takes the bytes of a file as the part `files` of a form. */
function formOf(
  fields: Readonly<Record<string, string | undefined>>,
  { name, contentType, bytes }: MessageFile,
): FormData {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) if (value !== undefined) form.set(field, value);
  form.set('files', new Blob([bytes], { type: contentType }), name);
  return form;
}

function checkSize(markdown: string): void {
  const bytes = Buffer.byteLength(markdown);
  if (bytes > messageLimitBytes) {
    throw new Error(`A message of ${bytes} bytes is over Webex's limit of ${messageLimitBytes}: shorten or page it.`);
  }
}
