// Grants of many unrelated people, refused together: the message to the administrators.

import { button } from '../../chat/buttons.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import { durationWords } from '../../lib/time-words.ts';
import { secondChanceMs } from './refresh-rules.ts';

const integration = {
  prefix: 'WEBEX',
  check: 'WEBEX_CLIENT_ID and WEBEX_CLIENT_SECRET against the integration',
} as const;
const serviceApp = {
  prefix: 'WEBEX_SERVICE_APP',
  check: 'WEBEX_SERVICE_APP_CLIENT_ID and WEBEX_SERVICE_APP_CLIENT_SECRET against the service app',
} as const;

/** `count`: how many connections are held, of which `byApp` are those of our service app. */
export function refusedTogetherMessage({ count, byApp }: { readonly count: number; byApp: number }): CardMessage {
  const issuers = [...(byApp < count ? [integration] : []), ...(byApp > 0 ? [serviceApp] : [])];
  const ids = issuers.map(({ prefix }) => `${prefix}_CLIENT_ID`);
  return message({
    mark: '🚨',
    title: `${count} unrelated connections were refused together: ${ids.length > 1 ? 'are' : 'is'} ${ids.join(' and ')} right?`,
    texts: [
      'Webex refuses refresh tokens that different people authorized, all within minutes. Tokens work only with the integration or service app that they were given to.',
      `The operator must check ${issuers.map(({ check }) => check).join(', and ')} at developer.webex.com, and restart the service if they are wrong.`,
      `Nothing is lost yet. I ask Webex again ${durationWords(secondChanceMs)} after each refusal: what it refuses then is lost, and its space is told.`,
    ],
    buttons: [button('List organizations', 'list')],
  });
}
