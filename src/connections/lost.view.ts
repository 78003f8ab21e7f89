// Connections that are lost, or that cannot be refreshed for now: what happened, and what to press.

import { button, emphasized, inputsButton } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { counted } from '../lib/text.ts';
import { distanceWords, durationWords } from '../lib/time-words.ts';
import { type ContactView, contactFacts } from './contact.view.ts';
import type { GivenFor } from './giver-words.ts';
import { CURE_OF_ANY, cureOf, cureOfSeveral, whyLost } from './lost-words.ts';
import {
  type ConnectionSummary,
  connectionsMessage,
  endingForAll,
  hangingOn,
  hangingTail,
  INSTEAD_OF_SPACE,
  type NamedConnection,
  ownAppWords,
  reconnectButton,
  servedWords,
} from './named-connections.view.ts';
import { isByOwnApp } from './ways/ways.ts';
import { type Why, type WhyOfGrantor, whyWords, whyWordsOf } from './why/why.view.ts';

/** Webex refused one grant. `code` is Webex's. */
export function lostMessage({
  organization,
  code,
  why,
  isByOwnApp: isOwn = false,
  fallBackFailed = null,
  insteadOfSpace = false,
}: Pick<ConnectionSummary, 'insteadOfSpace'> & {
  readonly organization: ContactView &
    GivenFor & {
      readonly id: string;
      readonly name: string;
      readonly served?: number;
      readonly heldByApp?: number;
    };
  readonly code: string;
  /** What Control Hub says; absent where that is not read. */
  readonly why?: Why | undefined;
  /** A service app of the organization's own held it. */
  readonly isByOwnApp?: boolean | undefined;
  /** Why its fall-back did not take over; null where none is set. */
  readonly fallBackFailed?: string | null | undefined;
}): CardMessage {
  const about = { organization_id: organization.id };
  return message({
    mark: '❌',
    title: `${shownName(organization.name)} has lost its connection${hangingTail(organization)}`,
    texts: [
      whyLost(code, isOwn).ofOne,
      why === undefined ? null : whyWords(why),
      fallBackFailed,
      servedWords([organization]),
      cureOf(code, isOwn, organization),
      insteadOfSpace ? INSTEAD_OF_SPACE : null,
    ],
    facts: contactFacts(organization),
    buttons: [
      isOwn ? emphasized(button('Enter tokens', 'connect_tokens', about)) : null,
      isOwn ? button('Reconnect', 'connect', about) : emphasized(button('Reconnect', 'connect', about)),
      button('Show', 'show', about),
      button('Acknowledge', 'acknowledge', about),
    ],
  });
}

/** Several are lost, for example after their grantor left. Where the reasons differ, each row says its own. `whys`: what Control Hub says of the first grantors. */
export function manyLostMessage({
  whys = [],
  ...several
}: ConnectionSummary & { readonly whys?: readonly WhyOfGrantor[] | undefined }): CardMessage {
  const [first] = several.rows;
  const holder = first && hangingOn(first) > 0 ? first : undefined;
  const others = several.total - 1;
  const reasons = new Map(several.rows.map((row) => [lossOf(row).ofSeveral, row.connection]));
  const [only] = reasons.size === 1 ? reasons : [];
  // Of those that are not named nobody knows here why they are lost.
  const areNamed = several.total === several.rows.length;
  return connectionsMessage(several, {
    mark: holder ? '🚨' : '❌',
    tone: 'attention',
    title: holder
      ? `${shownName(holder.name)} has lost its connection${hangingTail(holder)}`
      : `${several.total} connections are lost`,
    texts: [
      holder ? `${counted(others, 'other connection')} ${others === 1 ? 'is' : 'are'} lost, too.` : null,
      only ? `${areNamed ? '' : 'Of those that are named here: '}${only[0]}` : 'They are lost for different reasons.',
      ...whys.map(whyWordsOf),
      only && areNamed ? cureOfSeveral(codeOf(only[1]), isByOwnApp(only[1]), several.rows) : CURE_OF_ANY,
      ownAppWords(several.rows),
    ],
    moreCommand: 'expiring',
    typed: md`Type connect with a name for a fresh link.`,
    buttons: (about) => [
      reconnectButton(about),
      inputsButton('Show', 'show', about),
      inputsButton('Acknowledge', 'acknowledge', about),
    ],
    ...(!only && { beside: (row: NamedConnection) => lossOf(row).beside }),
    forAll: endingForAll,
  });
}

/** Of a loss whose code was not kept, the usual one. */
const codeOf = ({ stateReason }: NamedConnection['connection']): string => stateReason ?? 'invalid_grant';

const lossOf = ({ connection }: NamedConnection) => whyLost(codeOf(connection), isByOwnApp(connection));

/** Connections that cannot be refreshed and whose access tokens expire soon: nothing is lost, but syncs will stop. */
export function failingMessage({
  since,
  ...several
}: ConnectionSummary & {
  /** Failing since when, by our id of the organization; without those that were refreshed meanwhile. */
  readonly since: ReadonlyMap<string, Date>;
}): CardMessage {
  const { rows, total, now } = several;
  const only = total === 1 ? rows[0] : undefined;
  const triedFor = ({ id }: NamedConnection) => {
    const firstFailedAt = since.get(id);
    return firstFailedAt && durationWords(now.getTime() - firstFailedAt.getTime());
  };
  const triedForOne = only && triedFor(only);
  const subject = only ? shownName(only.name) : `${total} connections`;
  return connectionsMessage(several, {
    mark: '⚠️',
    title: `${subject} could not be refreshed${triedForOne === undefined ? '' : ` for ${triedForOne}`}`,
    texts: [
      'Webex has given no new tokens. Once an organization’s access token expires, nothing of it can be synced.',
      'Nothing is lost, and I try again by myself. If Webex works otherwise, ask the operator to look at the log.',
    ],
    moreCommand: 'list',
    typed: md`Type refresh with a name to try at once.`,
    buttons: (about) => [
      emphasized(inputsButton('Refresh now', 'refresh', about)),
      inputsButton('Show', 'show', about),
    ],
    beside: (row) => {
      const { accessTokenExpiresAt } = row.connection;
      const tried = triedFor(row);
      const verb = accessTokenExpiresAt > now ? 'expires' : 'expired';
      const ends = `access token ${verb} ${distanceWords(accessTokenExpiresAt, now)}`;
      return tried === undefined ? ends : `failing for ${tried}; ${ends}`;
    },
  });
}
