// Connections that are lost, or that cannot be refreshed for now: what happened, and what to press.

import { button, emphasized, inputsButton } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { counted, shorten } from '../lib/text.ts';
import { distanceWords, durationWords } from '../lib/time-words.ts';
import { type ContactView, contactFacts } from './contact.view.ts';
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
import { isRefusedApp, notAuthorized } from './refresh/refresh-rules.ts';
import { lostWithPartner, notManaged } from './ways/ways.ts';
import { type Why, type WhyOfGrantor, whyWords, whyWordsOf } from './why/why.view.ts';

/** Why a connection is lost, by Webex's code or ours. */
function whyLost(code: string, isOwnApp: boolean): string {
  if (isOwnApp) {
    return isRefusedApp(code)
      ? 'Webex does not accept the client ID and secret of its own service app any more: the secret was replaced, or the app was deleted.'
      : 'Webex refuses the refresh token of its own service app: the token has expired or was replaced, or the app is not authorized any more in Control Hub.';
  }
  if (code === notManaged)
    return 'Its partner does not manage it any more: Webex refuses the organization to the partner’s grant.';
  if (code === lostWithPartner) return 'The grant of the partner that held it is lost.';
  if (code === notAuthorized) return 'The service app that held it is not authorized any more in its Control Hub.';
  return code === 'invalid_grant'
    ? 'Webex refuses its refresh token: the token has expired, access was revoked in Control Hub, or the administrator who authorized it left, lost the role or changed the password.'
    : `Webex refuses its tokens (${shorten(code, 60)}).`;
}

/** What brings it back. */
function cureOf(code: string, isOwnApp: boolean): string {
  if (isOwnApp) {
    return 'Whoever looks after the app generates new tokens, and enters them on a page of ours: press Enter tokens for its link. Nothing else is lost.';
  }
  if (code === notManaged) {
    return 'Have the partner manage it again in Partner Hub, and I connect it by myself; or pass on a connect link. Nothing else is lost.';
  }
  return code === notAuthorized
    ? 'A full administrator of the organization must authorize the app again, or reconnect it by a link. Nothing else is lost.'
    : 'A full administrator of the organization must reconnect it. Nothing else is lost.';
}

/** Webex refused one grant. `code` is Webex's. */
export function lostMessage({
  organization,
  code,
  why,
  isByOwnApp = false,
  fallBackFailed = null,
  insteadOfSpace = false,
}: Pick<ConnectionSummary, 'insteadOfSpace'> & {
  readonly organization: ContactView & {
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
      whyLost(code, isByOwnApp),
      why === undefined ? null : whyWords(why),
      fallBackFailed,
      servedWords([organization]),
      cureOf(code, isByOwnApp),
      insteadOfSpace ? INSTEAD_OF_SPACE : null,
    ],
    facts: contactFacts(organization),
    buttons: [
      isByOwnApp ? emphasized(button('Enter tokens', 'connect_tokens', about)) : null,
      isByOwnApp ? button('Reconnect', 'connect', about) : emphasized(button('Reconnect', 'connect', about)),
      button('Show', 'show', about),
      button('Acknowledge', 'acknowledge', about),
    ],
  });
}

/** Webex refused several grants, for example after their grantor left. `whys`: what Control Hub says of the first grantors. */
export function manyLostMessage({
  whys = [],
  ...several
}: ConnectionSummary & { readonly whys?: readonly WhyOfGrantor[] | undefined }): CardMessage {
  const [first] = several.rows;
  const holder = first && hangingOn(first) > 0 ? first : undefined;
  const others = several.total - 1;
  return connectionsMessage(several, {
    mark: holder ? '🚨' : '❌',
    tone: 'attention',
    title: holder
      ? `${shownName(holder.name)} has lost its connection${hangingTail(holder)}`
      : `${several.total} connections are lost`,
    texts: [
      holder ? `${counted(others, 'other connection')} ${others === 1 ? 'is' : 'are'} lost, too.` : null,
      'Webex refuses their refresh tokens: the tokens have expired, access was revoked in Control Hub, or the administrator who authorized them left, lost the role or changed the password.',
      ...whys.map(whyWordsOf),
      'A full administrator of each organization must reconnect it. Nothing else is lost.',
      ownAppWords(several.rows),
    ],
    moreCommand: 'expiring',
    typed: md`Type connect with a name for a fresh link.`,
    buttons: (about) => [
      reconnectButton(about),
      inputsButton('Show', 'show', about),
      inputsButton('Acknowledge', 'acknowledge', about),
    ],
    forAll: endingForAll,
  });
}

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
