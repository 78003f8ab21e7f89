// What the bot says: Markdown that stands alone, and a card where buttons or a form help. Every view makes one of these.

import type { MessageFile } from '../webex/messages.ts';

/** An Adaptive Card of version 1.3, the newest that Webex shows. Made by `renderCard` only. */
export type Card = {
  readonly type: 'AdaptiveCard';
  readonly version: '1.3';
  readonly body: readonly unknown[];
};

/** A message to a space. Where there is a card, Webex shows it and keeps `markdown` for clients that cannot. */
export interface Reply {
  readonly markdown: string;
  readonly card?: Card;
  readonly file?: never;
}

/**
 * A message with a file, beside which Webex takes no card. Only a notice is rendered to one, when it is delivered: the bytes are never
 * saved, and so no answer that may have to be owed can hold them.
 */
export interface FileReply {
  readonly markdown: string;
  readonly card?: never;
  readonly file: MessageFile;
}
