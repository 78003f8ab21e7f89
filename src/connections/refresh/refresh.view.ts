// What a refresh that a person asked for has brought.

import { type Button, emphasized, submitButton } from '../../chat/buttons.ts';
import { type Fact, shownName } from '../../chat/facts.ts';
import { message } from '../../chat/message.ts';
import type { Reply } from '../../chat/reply.ts';
import { shorten } from '../../lib/text.ts';
import { deadlineWords, distanceWords, durationWords } from '../../lib/time-words.ts';
import { deadlineFacts } from '../connection-words.ts';
import { lostReply } from '../lost.view.ts';
import type { Left, RefreshResult } from './refresh-connection.ts';

interface Subject {
  readonly id: string;
  readonly name: string;
}

/** What a refresh that a person asked for came to. */
export function refreshReply({
  organization,
  result,
  now,
}: {
  readonly organization: Subject;
  readonly result: RefreshResult;
  readonly now: Date;
}): Reply {
  const name = shownName(organization.name);
  const connect = connectButton('Reconnect', organization);
  const show = showButton(organization);
  switch (result.outcome) {
    case 'renewed':
      return message({
        mark: '✅',
        title: `${name} is refreshed`,
        texts: [`The connection lives ${durationWords(result.gainedMs)} longer.`],
        facts: [...deadlineFacts(result, now), ...transactionFact(result)],
        buttons: [show],
      });
    case 'not_renewed':
      return message({
        mark: '✅',
        title: `${name} has a new access token`,
        texts: [
          result.isSoon
            ? 'The refresh token’s deadline stays: Webex moves it once a day at most, and the last refresh was within a day. Nothing is wrong.'
            : 'Webex did not renew the refresh token: its deadline stays, and only Reconnect can move it.',
        ],
        facts: [...deadlineFacts(result, now), ...transactionFact(result)],
        buttons: result.isSoon ? [show] : [show, connect],
      });
    case 'shortened':
      return message({
        mark: '⚠️',
        title: `${name} has a new access token`,
        texts: [
          `Webex moved the refresh token’s deadline: it comes ${durationWords(result.lostMs)} earlier than before, and the warnings go by it. Reconnect gives the connection a new one.`,
        ],
        facts: [...deadlineFacts(result, now), ...transactionFact(result)],
        buttons: [show, connect],
      });
    case 'same_token':
      return message({
        mark: '✅',
        title: `${name} keeps its tokens`,
        texts: ['Webex gave the same tokens again, as it does within a day of the last refresh. Nothing is wrong.'],
        facts: [...deadlineFacts(result, now), ...transactionFact(result)],
        buttons: [show],
      });
    case 'refused':
      return lostReply({ organization, code: result.code });
    case 'unavailable':
      return message({
        mark: '⏳',
        title: `${name} could not be refreshed now`,
        texts: [`Webex does not answer. Nothing is lost; the next try is ${distanceWords(result.nextTryAt, now)}.`],
        facts: [...trackingFact(result.error.trackingId), ...transactionFact(result)],
        buttons: [show],
      });
    case 'misconfigured':
      return message({
        mark: '❌',
        title: `${name} could not be refreshed`,
        texts: [
          `Webex refuses our integration (${shorten(result.code, 60)}); nothing is wrong with the organization.`,
          `The operator must check WEBEX_CLIENT_ID and WEBEX_CLIENT_SECRET. The next try is ${deadlineWords(result.nextTryAt, now)}.`,
        ],
        facts: transactionFact(result),
        buttons: [show],
      });
    case 'odd_refusal':
      return message({
        mark: '❌',
        title: `${name} could not be refreshed`,
        texts: [
          `Webex refuses the request (${shorten(result.code, 60)}), and does not say that the connection has ended: it is kept.`,
          `The next try is ${deadlineWords(result.nextTryAt, now)}. If it is refused again, give the operator the code and the numbers below: the log says more.`,
        ],
        facts: [...trackingFact(result.trackingId), ...transactionFact(result)],
        buttons: [show],
      });
    case 'replaced':
      return message({
        mark: '✅',
        title: `${name} got new tokens meanwhile`,
        texts: ['Somebody connected or refreshed it at the same moment.'],
        facts: transactionFact(result),
        buttons: [show],
      });
    case 'left':
      return leftReply(organization, result.reason);
  }
}

function leftReply(organization: Subject, reason: Left['reason']): Reply {
  const name = shownName(organization.name);
  const words = {
    held: { title: `${name} is being refreshed right now`, text: 'Look again in a minute.' },
    not_due: { title: `${name} needs no refresh now`, text: 'It is refreshed by itself in time.' },
    lost: { title: `${name} has lost its connection`, text: 'A refresh cannot bring it back: connect it again.' },
    stopping: { title: `${name} is not refreshed now`, text: 'I am about to stop. It is refreshed by itself in time.' },
    too_late: {
      title: `${name} is not refreshed yet`,
      text: 'I was too busy to ask Webex at once. Nothing is lost: I ask again by myself with my next look at what is due.',
    },
    not_connected: { title: `${name} is not connected`, text: 'There is nothing to refresh: connect it first.' },
  }[reason];
  return message({
    mark: reason === 'lost' ? '❌' : '⚪',
    title: words.title,
    texts: [words.text],
    facts: [],
    buttons: [...mendingButtons(organization, reason), showButton(organization)],
  });
}

/** Only where a person at the customer can mend something: nobody is to be bothered for what passes by itself. */
function mendingButtons(organization: Subject, reason: Left['reason']): Button[] {
  if (reason === 'lost') return [connectButton('Reconnect', organization)];
  return reason === 'not_connected' ? [connectButton('Connect', organization)] : [];
}

const connectButton = (verb: 'Connect' | 'Reconnect', { id }: Subject): Button =>
  emphasized(submitButton(verb, { action: 'connect', organization_id: id }));

const showButton = ({ id }: Subject): Button => submitButton('Show', { action: 'show', organization_id: id });

/** What `transaction` and its number show more of. */
const transactionFact = ({ transactionId }: { readonly transactionId: number }): Fact[] => [
  { title: 'Transaction', value: String(transactionId) },
];

const trackingFact = (trackingId: string | undefined): Fact[] =>
  trackingId === undefined ? [] : [{ title: 'Webex tracking id', value: shorten(trackingId, 120) }];
