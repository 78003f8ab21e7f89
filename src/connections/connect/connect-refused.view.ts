// Somebody opened a connect link and Webex sent them back without a grant: why, and what to do.

import { button, emphasized } from '../../chat/buttons.ts';
import { shownName } from '../../chat/facts.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import { shorten } from '../../lib/text.ts';
import { blockedHint, linkStillWorks } from './link-words.ts';

const CODE_MAX_CHARACTERS = 80;

export interface ConnectRefusedView {
  readonly organization: { readonly id: string; readonly name: string };
  /** The OAuth error code that came back, such as `access_denied`. */
  readonly error: string;
  /** The integration's client id. */
  readonly appId: string;
  /** When the link that was opened expires; null where it cannot be used any more. */
  readonly linkExpiresAt: Date | null;
  readonly now: Date;
}

/** Says of the link what the page in the browser says. */
export function connectRefusedMessage(view: ConnectRefusedView): CardMessage {
  const { organization, linkExpiresAt, now } = view;
  const about = { organization_id: organization.id };
  return message({
    mark: '❌',
    title: `${shownName(organization.name)} was not connected`,
    texts: [
      ...reasonAndHint(view),
      linkExpiresAt === null
        ? 'The link that was opened works no more: ask for a new one.'
        : linkStillWorks(linkExpiresAt, now),
    ],
    buttons: [emphasized(button('Connect', 'connect', about)), button('Show', 'show', about)],
    typed: md`Type **connect** with its name for a new link.`,
  });
}

function reasonAndHint({ error, appId }: ConnectRefusedView): [string, string] {
  switch (error) {
    case 'access_denied':
      return ['Whoever opened the link declined, or Control Hub blocks this integration.', blockedHint(appId)];
    case 'invalid_scope':
      return [
        'Webex did not give the permissions that this record needs: whoever signed in is no administrator, or the integration lacks a scope. Webex does not say which.',
        'Have a full administrator open the link. Where it was one, the operator of this bot must add the missing scopes to the integration; then the link can be opened again.',
      ];
    default:
      return [
        `Webex sent the browser back without a grant (${shorten(error, CODE_MAX_CHARACTERS)}).`,
        'Have the link opened again; if it happens again, tell the operator of this bot.',
      ];
  }
}
