// A message as it is posted: Markdown, alone or with a card or a file. `renderMessage` makes it.

import { JsonText } from '../webex/json-text.ts';
import type { MessageFile } from '../webex/messages.ts';

/** An Adaptive Card of version 1.3, the newest that Webex shows. */
export type Card = {
  readonly type: 'AdaptiveCard';
  readonly version: '1.3';
  readonly body: readonly unknown[];
};

/** Where there is a card, Webex shows it and keeps `markdown` for clients that cannot. */
export interface Reply {
  readonly markdown: string;
  /** As text where it was rendered just now. */
  readonly card?: Card | JsonText;
  readonly file?: never;
}

/** A message with a file, beside which Webex takes no card. */
export interface FileReply {
  readonly markdown: string;
  readonly card?: never;
  readonly file: MessageFile;
}

/** Its card as an object, to store it or to look into it. */
export const cardOf = ({ card }: Reply | FileReply): Card | undefined =>
  card instanceof JsonText ? (card.toJSON() as Card) : card;
