// What a space reads where people of other Webex organizations would read along.

import { button } from '../chat/buttons.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';

/** `what` went to administrators directly. */
export function toldDirectlyMessage({ what }: { readonly what: 'answer' | 'notices' }): CardMessage {
  return message({
    isBrief: true,
    title: what === 'answer' ? 'I answered you directly' : 'I have told the administrators something directly',
    texts: ['People of other Webex organizations are in this space. An administrator can let everybody read along.'],
    buttons: [button('Let everybody read along', 'read-along', { allow: 'yes' })],
    typed: md`Type **read-along** to let them.`,
  });
}
