// The answer to a requested refresh.

import { button, emphasized } from '../../chat/buttons.ts';
import { type Fact, fact, shownName } from '../../chat/facts.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import { capitalized, shorten } from '../../lib/text.ts';
import { dateWords, durationWords, nextDeadlineWords, nextWords } from '../../lib/time-words.ts';
import { needsMending, unavailableHint, unavailableSentence } from '../../webex/unavailable-words.ts';
import { deadlineFacts } from '../connection-words.ts';
import type { GivenFor } from '../giver-words.ts';
import { lostMessage } from '../lost.view.ts';
import type { Left, RefreshResult } from './refresh-connection.ts';

interface Subject {
  readonly id: string;
  readonly name: string;
}

type Outcome = Exclude<RefreshResult, { outcome: 'refused' | 'left' }>;

/** The outcome of a requested refresh. */
export function refreshMessage(view: {
  readonly organization: Subject & GivenFor;
  readonly result: RefreshResult;
  /** Whose grant holds it, where the reader may see that one. */
  readonly partner?: Subject | undefined;
  readonly now: Date;
}): CardMessage {
  const { organization, result, partner, now } = view;
  if (result.outcome === 'refused') {
    const { code, isByOwnApp } = result;
    return lostMessage({ organization, code, isByOwnApp });
  }
  if (result.outcome === 'left') {
    return result.reason === 'of_partner'
      ? ofPartnerMessage(organization, { ...result, partner })
      : leftMessage(organization, result.reason);
  }
  const { transactionId } = result;
  const { mark, what, texts, facts = [], canReconnect = false } = outcomeWords(result, now);
  const about = { organization_id: organization.id };
  return message({
    mark,
    title: `${shownName(organization.name)} ${what}`,
    texts,
    // For `transaction` with this number.
    facts: [...facts, { title: 'Transaction', value: String(transactionId) }],
    buttons: [button('Show', 'show', about), canReconnect ? emphasized(button('Reconnect', 'connect', about)) : null],
  });
}

interface Words {
  readonly mark: string;
  /** The rest of the title, behind the organization's name. */
  readonly what: string;
  readonly texts: readonly string[];
  readonly facts?: readonly (Fact | null)[];
  /** A new consent would help. */
  readonly canReconnect?: boolean;
}

/** Of a connection that was lost before, and that a person wanted to be asked for again. */
const STAYS_LOST = 'The connection stays lost: try again later, or press Reconnect.';
const isStillLost = ({ nextTryAt }: { readonly nextTryAt: Date | null }) => nextTryAt === null;

function outcomeWords(result: Outcome, now: Date): Words {
  switch (result.outcome) {
    case 'renewed':
      return {
        mark: '✅',
        what: 'is refreshed',
        texts: [
          `New expiry: ${dateWords(result.refreshTokenExpiresAt)}, ${durationWords(result.gainedMs)} later than before.`,
        ],
        facts: deadlineFacts(result, now),
      };
    case 'not_renewed':
      return {
        mark: '✅',
        what: 'has a new access token',
        texts: [
          result.isSoon
            ? 'The expiry stays the same: Webex moves it once a day at most, and the last refresh was within a day. Nothing is wrong.'
            : 'The expiry stays the same: Webex did not renew the refresh token. Press Reconnect for a new expiry.',
        ],
        facts: deadlineFacts(result, now),
        canReconnect: !result.isSoon,
      };
    case 'shortened':
      return {
        mark: '⚠️',
        what: 'has a new access token',
        texts: [
          `New expiry: ${dateWords(result.refreshTokenExpiresAt)}, ${durationWords(result.lostMs)} earlier than before. Press Reconnect for a later one.`,
        ],
        facts: deadlineFacts(result, now),
        canReconnect: true,
      };
    case 'same_token':
      return {
        mark: '✅',
        what: 'keeps its tokens',
        texts: ['Webex gave the same tokens again, as it does within a day of the last refresh. Nothing is wrong.'],
        facts: deadlineFacts(result, now),
      };
    case 'unavailable':
      return {
        mark: '⏳',
        what: 'could not be refreshed now',
        texts: [
          `${needsMending(result.error) ? unavailableSentence(result.error) : 'Webex does not answer.'} ${
            result.nextTryAt ? `Nothing is lost; the next try is ${nextWords(result.nextTryAt, now)}.` : STAYS_LOST
          }`,
          ...[unavailableHint(result.error)].filter((hint) => hint !== undefined),
        ],
        facts: trackingFact(result.error.trackingId),
        canReconnect: isStillLost(result),
      };
    case 'broken':
      return {
        mark: '❌',
        what: 'could not be refreshed',
        texts: [
          'Something went wrong on my side; nothing is wrong with the organization.',
          result.nextTryAt
            ? `Nothing is lost; the next try is ${nextWords(result.nextTryAt, now)}. If it happens again, tell the operator to look for the transaction’s number in the log.`
            : STAYS_LOST,
        ],
        canReconnect: isStillLost(result),
      };
    case 'refused_together':
      return {
        mark: '⚠️',
        what: 'could not be refreshed',
        texts: [
          'Webex refuses its refresh token, and those of other, unrelated people too: the fault may be ours, and nothing is lost yet. The administrators are notified.',
          `I ask Webex again ${nextWords(result.nextTryAt, now)}. What it refuses then is lost.`,
        ],
      };
    case 'misconfigured':
      return {
        mark: '❌',
        what: 'could not be refreshed',
        texts: [
          `Webex refuses our integration (${shorten(result.code, 60)}); nothing is wrong with the organization.`,
          `The operator must check WEBEX_CLIENT_ID and WEBEX_CLIENT_SECRET. ${result.nextTryAt ? `The next try is ${nextDeadlineWords(result.nextTryAt, now)}.` : STAYS_LOST}`,
        ],
      };
    case 'odd_refusal':
      return {
        mark: '❌',
        what: 'could not be refreshed',
        texts: [
          `Webex refuses the request (${shorten(result.code, 60)}), but not the connection itself${result.nextTryAt ? ': the connection stays' : ''}.`,
          `${result.nextTryAt ? `The next try is ${nextDeadlineWords(result.nextTryAt, now)}.` : STAYS_LOST} If it is refused again, give the operator the code and the numbers below: the log says more.`,
        ],
        facts: trackingFact(result.trackingId),
      };
    case 'replaced':
      return {
        mark: '✅',
        what: 'got new tokens meanwhile',
        texts: ['Somebody connected or refreshed it at the same moment.'],
      };
  }
}

type LeftReason = Exclude<Left['reason'], 'of_partner'>;

/** `verb`: a button, only where somebody at the customer can help. */
const leftWords: Record<LeftReason, { readonly what: string; readonly text: string; readonly verb?: string }> = {
  held: { what: 'is being refreshed right now', text: 'Look again in a minute.' },
  not_due: { what: 'needs no refresh now', text: 'It is refreshed by itself in time.' },
  lost: {
    what: 'has lost its connection',
    text: 'Its tokens were erased, since it has been lost for long: reconnect it.',
    verb: 'Reconnect',
  },
  stopping: { what: 'is not refreshed now', text: 'I am shutting down. It is refreshed by itself in time.' },
  too_late: {
    what: 'is not refreshed yet',
    text: 'I was too busy to ask Webex in time. Nothing is lost, and I try again by myself.',
  },
  not_connected: { what: 'is not connected', text: 'There is nothing to refresh: connect it first.', verb: 'Connect' },
};

function leftMessage(organization: Subject, reason: LeftReason): CardMessage {
  const { what, text, verb } = leftWords[reason];
  const about = { organization_id: organization.id };
  return message({
    mark: reason === 'lost' ? '❌' : '⚪',
    title: `${shownName(organization.name)} ${what}`,
    texts: [text],
    buttons: [verb ? emphasized(button(verb, 'connect', about)) : null, button('Show', 'show', about)],
  });
}

/** Of an organization without tokens of its own. */
function ofPartnerMessage(
  organization: Subject,
  { isLost, partner }: { readonly isLost: boolean; readonly partner: Subject | undefined },
): CardMessage {
  const about = { organization_id: organization.id };
  const whose = partner ? `the grant of ${shownName(partner.name)}` : 'the grant of its partner';
  return message({
    mark: isLost ? '❌' : '⚪',
    title: `${shownName(organization.name)} ${isLost ? 'has lost its connection' : 'has no tokens of its own'}`,
    texts: [
      isLost
        ? `It had no tokens of its own: ${whose} held it. Have the partner hold it again, or reconnect it by a link.`
        : `${capitalized(whose)} holds it, and is refreshed in its place. There is nothing to refresh here.`,
    ],
    buttons: [
      isLost ? emphasized(button('Reconnect', 'connect', about)) : null,
      button('Show', 'show', about),
      partner ? button('Show the partner', 'show', { organization_id: partner.id }) : null,
    ],
  });
}

const trackingFact = (trackingId: string | undefined): (Fact | null)[] => [
  fact('Webex tracking id', trackingId && shorten(trackingId, 120)),
];
