// Connections that are lost, or that cannot be refreshed for now: what happened, and what to press.

import { button, emphasized, inputsButton } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { shorten } from '../lib/text.ts';
import { distanceWords, durationWords } from '../lib/time-words.ts';
import { type ContactView, contactFacts } from './contact.view.ts';
import {
  type ConnectionSummary,
  connectionsMessage,
  endingForAll,
  INSTEAD_OF_SPACE,
  type NamedConnection,
  reconnectButton,
} from './named-connections.view.ts';

/** Webex refused one grant. `code` is Webex's. */
export function lostMessage({
  organization,
  code,
  insteadOfSpace = false,
}: Pick<ConnectionSummary, 'insteadOfSpace'> & {
  readonly organization: ContactView & { readonly id: string; readonly name: string };
  readonly code: string;
}): CardMessage {
  const about = { organization_id: organization.id };
  return message({
    mark: '❌',
    title: `${shownName(organization.name)} has lost its connection`,
    texts: [
      code === 'invalid_grant'
        ? 'Webex refuses its refresh token: the token has expired, access was revoked in Control Hub, or the administrator who authorized it left, lost the role or changed the password.'
        : `Webex refuses its tokens (${shorten(code, 60)}).`,
      'A full administrator of the organization must reconnect it. Nothing else is lost.',
      insteadOfSpace ? INSTEAD_OF_SPACE : null,
    ],
    facts: contactFacts(organization),
    buttons: [
      emphasized(button('Reconnect', 'connect', about)),
      button('Show', 'show', about),
      button('Acknowledge', 'acknowledge', about),
    ],
  });
}

/** Webex refused several grants, for example after their grantor left. */
export function manyLostMessage(several: ConnectionSummary): CardMessage {
  return connectionsMessage(several, {
    mark: '❌',
    title: `${several.total} connections are lost`,
    texts: [
      'Webex refuses their refresh tokens: the tokens have expired, access was revoked in Control Hub, or the administrator who authorized them left, lost the role or changed the password.',
      'A full administrator of each organization must reconnect it. Nothing else is lost.',
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
