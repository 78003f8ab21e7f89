// Puts Markdown and card together into what is sent.

import { cutToBytes, type Markdown } from './markdown.ts';
import type { Card, Reply } from './reply.ts';

/** A reply within Webex's limit on a message's length. */
export function reply(markdown: Markdown, card?: Card): Reply {
  const text = cutToBytes(markdown);
  return card === undefined ? { markdown: text } : { markdown: text, card };
}
