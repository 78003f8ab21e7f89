// The one place where a message becomes what Webex takes: Markdown within its limit on length, with a card or a file beside it.

import { cutToBytes } from './markdown.ts';
import type { FileMessage, Message } from './message.ts';
import { messageCard } from './message-card.ts';
import { messageMarkdown } from './message-markdown.ts';
import type { FileReply, Reply } from './reply.ts';

/** Called where an answer is posted or a notice is delivered. What is too long for Webex loses lines at the end of its Markdown. */
export function renderMessage(message: Message): Reply;
export function renderMessage(message: Message | FileMessage): Reply | FileReply;
export function renderMessage(message: Message | FileMessage): Reply | FileReply {
  if ('blocks' in message) return { markdown: cutToBytes(messageMarkdown(message)), card: messageCard(message) };
  const markdown = cutToBytes(message.text);
  return 'file' in message ? { markdown, file: message.file } : { markdown };
}
