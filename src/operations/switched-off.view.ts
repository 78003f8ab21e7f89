// Cisco has switched an API off: the message to the administrators.

import { button } from '../chat/buttons.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { shorten } from '../lib/text.ts';

const API_MAX_CHARACTERS = 80;

/** `api` is the route as a pattern. */
export function switchedOffMessage({ api }: { readonly api: string }): CardMessage {
  return message({
    mark: '🚨',
    title: 'Cisco has switched this API off: update Hubkeeper',
    texts: [
      'Webex answers 410 for it. Nothing is wrong with any organization, and no connection is lost.',
      'The operator must update Hubkeeper to a version that does without this API. Until then, what it told stays as it was last read.',
    ],
    facts: [{ title: 'API', value: shorten(api, API_MAX_CHARACTERS) }],
    buttons: [button('List organizations', 'list')],
  });
}
