// Somebody opened a connect link and Webex sent them back without a grant: why, and what to do.

import { button, emphasized } from '../../chat/buttons.ts';
import { shownName } from '../../chat/facts.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import { shorten } from '../../lib/text.ts';

const CODE_MAX_CHARACTERS = 80;

/** `error` is the OAuth error code that came back, such as `access_denied`. */
export function connectRefusedMessage(view: {
  readonly organization: { readonly id: string; readonly name: string };
  readonly error: string;
}): CardMessage {
  const about = { organization_id: view.organization.id };
  return message({
    mark: '❌',
    title: `${shownName(view.organization.name)} was not connected`,
    texts: reasonAndHint(view.error),
    buttons: [emphasized(button('Connect', 'connect', about)), button('Show', 'show', about)],
    typed: md`Type **connect** with its name for a new link.`,
  });
}

function reasonAndHint(error: string): [string, string] {
  switch (error) {
    case 'access_denied':
      return [
        'Whoever opened the link declined, or Control Hub blocks this integration.',
        'Ask a full administrator of the organization to allow the integration and to accept, with a new link.',
      ];
    case 'invalid_scope':
      return [
        'The integration lacks a permission that this record needs.',
        'The operator of this bot must add the missing scopes to the integration; then ask for a new link.',
      ];
    default:
      return [
        `Webex sent the browser back without a grant (${shorten(error, CODE_MAX_CHARACTERS)}).`,
        'Try again with a new link; if it happens again, tell the operator of this bot.',
      ];
  }
}
