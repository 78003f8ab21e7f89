// Webex refuses our integration: the message to the administrators.

import { button } from '../chat/buttons.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { shorten } from '../lib/text.ts';

const CODE_MAX_CHARACTERS = 60;

/** `code` is Webex's. */
export function misconfiguredMessage({ code }: { readonly code: string }): CardMessage {
  return message({
    mark: '🚨',
    title: 'Webex refuses our integration',
    texts: [
      'Until the operator fixes this, no connection can be made or refreshed. Nothing is wrong with any organization, and nothing is lost.',
      'The operator must check WEBEX_CLIENT_ID and WEBEX_CLIENT_SECRET against the integration at developer.webex.com, and restart the service. Due refreshes are then tried again.',
    ],
    facts: [{ title: 'Webex says', value: shorten(code, CODE_MAX_CHARACTERS) }],
    buttons: [button('List organizations', 'list')],
  });
}
