// What the bot says: Markdown that stands alone, and a card where buttons or a form help. Every view makes one of these.

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
}
