// The link to the page on which the tokens of an organization are entered, and the text with which it is passed on.

import { button, emphasized, linkButton } from '../../chat/buttons.ts';
import { shownName } from '../../chat/facts.ts';
import { lines, link, md, paragraphs } from '../../chat/markdown.ts';
import { type CardMessage, message, type TextMessage } from '../../chat/message.ts';
import { deadlineWords, instantWords } from '../../lib/time-words.ts';
import type { Provider } from '../connect/provider.ts';
import { whyWayCannot } from '../ways/ways.ts';

export interface TokenLinkView {
  /** Ours. */
  readonly organizationId: string;
  readonly organizationName: string;
  /** The one-time link. */
  readonly url: string;
  readonly expiresAt: Date;
  readonly isWholesale: boolean;
  /** The transaction that cannot be replayed, and why. */
  readonly insteadOf?: { readonly transactionId: number; readonly why: 'never_stored' | 'lost' } | undefined;
  readonly now: Date;
}

const reasons = {
  never_stored: 'its tokens were never stored, and nobody keeps what was entered.',
  lost: 'its connection is lost.',
};

export function tokenLinkMessage(view: TokenLinkView): CardMessage {
  const { organizationId, organizationName, url, expiresAt, isWholesale, insteadOf, now } = view;
  return message({
    title: `Enter tokens for ${shownName(organizationName)}`,
    texts: [
      insteadOf ? `Transaction ${insteadOf.transactionId} cannot be replayed: ${reasons[insteadOf.why]}` : null,
      'A page of ours takes client ID, client secret and tokens of a service app that the organization has made itself, or a pair of tokens that our own app has issued. Never type them here: everybody in a space reads along.',
      'Whoever has them opens the link. The text to forward is in a message of its own, so that it can be copied whole.',
      'The tokens are tried at Webex before they are stored. A connection that stands stays until then.',
      `The link works once, and expires ${deadlineWords(expiresAt, now)}.`,
      isWholesale ? (whyWayCannot('service_app', 'wholesale') ?? null) : null,
    ],
    buttons: [
      emphasized(linkButton('Open page', url)),
      button('Revoke links', 'revoke_links', { organization_id: organizationId }),
    ],
    typed: md`Type **connect revoke** with its name to end its open links.`,
  });
}

/** The text to forward: nothing but what the customer's administrator is to read. */
export function tokenForwardMessage({
  organizationName,
  url,
  expiresAt,
  provider: { name, contact },
}: Pick<TokenLinkView, 'organizationName' | 'url' | 'expiresAt'> & { readonly provider: Provider }): TextMessage {
  return {
    text: paragraphs([
      md`Please give ${name} the tokens for your Webex organization **${shownName(organizationName)}**, such as those of your own service app.`,
      lines([md`Open this link, and enter them there. Never send them by chat or mail:`, link(url)]),
      md`It works once, until ${instantWords(expiresAt)}. Its page says where you find them, and which scopes the app needs.`,
      contact === null ? null : md`Questions? ${contact}`,
    ]),
  };
}
