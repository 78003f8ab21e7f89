// Grants of many unrelated people, refused together: the message to the administrators.

import { button } from '../../chat/buttons.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import { durationWords } from '../../lib/time-words.ts';
import { secondChanceMs } from './refresh-rules.ts';

/** `count`: how many connections are held. */
export function refusedTogetherMessage({ count }: { readonly count: number }): CardMessage {
  return message({
    mark: '🚨',
    title: `${count} unrelated connections were refused together: is WEBEX_CLIENT_ID right?`,
    texts: [
      'Webex refuses refresh tokens that different people authorized, all within minutes. Tokens work only with the integration that they were given to.',
      'The operator must check WEBEX_CLIENT_ID and WEBEX_CLIENT_SECRET against the integration at developer.webex.com, and restart the service if they are wrong.',
      `Nothing is lost yet. I ask Webex again ${durationWords(secondChanceMs)} after each refusal: what it refuses then is lost, and its space is told.`,
    ],
    buttons: [button('List organizations', 'list')],
  });
}
