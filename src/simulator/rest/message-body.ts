// Reads what a caller wants to post or edit, as JSON or multipart, and holds it against Webex's limits.

import { z } from 'zod';
import { cardProblems } from '../cards.ts';
import { webexId } from '../ids.ts';
import type { CardAttachment, StoredFile } from '../world.ts';
import { badRequest, type Call, checked, jsonBody, Refusal } from './answer.ts';

/** Webex's limit for text and for markdown, in bytes (OpenAPI, POST /messages). */
const TEXT_LIMIT_BYTES = 7439;

/** Webex's limit for a file (OpenAPI, POST /messages). */
const FILE_LIMIT_BYTES = 100_000_000;

const FILE_FETCH_TIMEOUT_MS = 10_000;

/** The text or the markdown of a message, where given. */
export const limitedText = z
  .string()
  .refine((text) => Buffer.byteLength(text) <= TEXT_LIMIT_BYTES, `must have at most ${TEXT_LIMIT_BYTES} bytes`)
  .optional();

const Attachment = z.object({
  contentType: z.literal('application/vnd.microsoft.card.adaptive'),
  content: z.record(z.string(), z.unknown()),
});

const fileUrl = z.url({ protocol: /^https?$/ });

/** At most one card. */
export const cardAttachments = z.array(Attachment).max(1, 'one card a message').optional();

const Body = z.object({
  roomId: z.string().optional(),
  toPersonId: z.string().optional(),
  toPersonEmail: z.string().optional(),
  parentId: z.string().optional(),
  text: limitedText,
  markdown: limitedText,
  // A lone address stands for a list of one.
  files: z
    .preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(fileUrl).max(1, 'one file a message'))
    .optional(),
  attachments: cardAttachments,
});

export interface MessageBody {
  roomId?: string | undefined;
  toPersonId?: string | undefined;
  toPersonEmail?: string | undefined;
  parentId?: string | undefined;
  text?: string | undefined;
  markdown?: string | undefined;
  files: StoredFile[];
  attachments: CardAttachment[];
}

/** The message that a call carries. Throws a 400 that names what is wrong with it. */
export async function readMessageBody(call: Call): Promise<MessageBody> {
  const contentType = String(call.headers['content-type'] ?? '');
  const { body, files } = contentType.startsWith('multipart/form-data')
    ? await readMultipart(call, contentType)
    : await readJson(call);
  const attachments = body.attachments ?? [];
  if (files.length > 0 && attachments.length > 0) {
    throw badRequest('attachments: a message carries either a file or a card, not both');
  }
  checkedCards(attachments);
  if (attachments.length > 0 && !body.text && !body.markdown) {
    throw badRequest('text: a card needs text or markdown beside it, for clients that show no cards');
  }
  if (!body.text && !body.markdown && files.length === 0) {
    throw badRequest('text: at least one of text, markdown and files must be given');
  }
  return { ...body, files, attachments };
}

/** The same cards. Throws a 400 that names what is wrong with one. */
export function checkedCards<Cards extends readonly CardAttachment[] | undefined>(cards: Cards): Cards {
  for (const { content } of cards ?? []) {
    const [first, ...rest] = cardProblems(content);
    if (first !== undefined) throw badRequest(`attachments.0.${first}`, ...rest);
  }
  return cards;
}

async function readJson(call: Call) {
  const body = jsonBody(Body, call);
  return { body, files: await Promise.all((body.files ?? []).map(download)) };
}

async function readMultipart(call: Call, contentType: string) {
  let form: FormData;
  try {
    form = await new Response(new Uint8Array(call.body), { headers: { 'Content-Type': contentType } }).formData();
  } catch {
    throw badRequest('The multipart body could not be read.');
  }
  const fields: Record<string, unknown> = {};
  const files: StoredFile[] = [];
  for (const [name, value] of form) {
    if (typeof value === 'string') {
      fields[name] = name === 'attachments' ? parsedField(name, value) : value;
    } else if (name === 'files') {
      files.push(stored(value.name, value.type, Buffer.from(await value.arrayBuffer())));
    } else {
      throw badRequest(`${name}: is not a file field`);
    }
  }
  if (files.length > 1) throw badRequest('files: one file a message');
  return { body: checked(Body.omit({ files: true }), fields), files };
}

function parsedField(name: string, value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw badRequest(`${name}: is not valid JSON`);
  }
}

/** Webex fetches a file that is given by its URL when the message is posted. */
async function download(url: string): Promise<StoredFile> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(FILE_FETCH_TIMEOUT_MS) });
    if (!response.ok) throw new Error(`answered ${response.status}`);
    const name = decodeURIComponent(new URL(url).pathname.split('/').at(-1) || 'file');
    const bytes = Buffer.from(await response.arrayBuffer());
    return stored(name, response.headers.get('content-type') ?? 'application/octet-stream', bytes);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw badRequest(`files.0: could not be fetched: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function stored(name: string, contentType: string, bytes: Buffer): StoredFile {
  if (bytes.length > FILE_LIMIT_BYTES) throw badRequest(`files: a file may have ${FILE_LIMIT_BYTES} bytes`);
  return {
    id: webexId('CONTENT'),
    name: name.replace(/[^\w.\- ()]/g, '_'),
    contentType: contentType || 'application/octet-stream',
    base64: bytes.toString('base64'),
  };
}
