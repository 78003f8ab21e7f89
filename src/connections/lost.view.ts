// Connections that are lost, or that cannot be refreshed for now: what happened, and the button that mends it.

import { emphasized, inputsButton, submitButton } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { message } from '../chat/message.ts';
import type { Reply } from '../chat/reply.ts';
import { shorten } from '../lib/text.ts';
import { distanceWords, durationWords } from '../lib/time-words.ts';
import {
  type ConnectionSummary,
  connectionsReply,
  INSTEAD_OF_SPACE,
  type NamedConnection,
  reconnectButton,
} from './named-connections.view.ts';

/** Webex refused one grant. `code` is Webex's. */
export function lostReply({
  organization,
  code,
  insteadOfSpace = false,
}: Pick<ConnectionSummary, 'insteadOfSpace'> & {
  readonly organization: { readonly id: string; readonly name: string };
  readonly code: string;
}): Reply {
  return message({
    mark: '❌',
    title: `${shownName(organization.name)} has lost its connection`,
    texts: [
      code === 'invalid_grant'
        ? 'Webex does not take its refresh token any more: it has ended, access was revoked in Control Hub, or the administrator who gave it left, lost the role or changed the password.'
        : `Webex refuses its tokens (${shorten(code, 60)}).`,
      'A full administrator of the organization must connect it again. Nothing else of it is lost.',
      ...(insteadOfSpace ? [INSTEAD_OF_SPACE] : []),
    ],
    facts: [],
    buttons: [
      emphasized(submitButton('Reconnect', { action: 'connect', organization_id: organization.id })),
      submitButton('Show', { action: 'show', organization_id: organization.id }),
    ],
  });
}

/** Webex refused several grants, as when an administrator who gave them leaves. */
export function manyLostReply(several: ConnectionSummary): Reply {
  return connectionsReply(several, {
    mark: '❌',
    title: `${several.total} connections are lost`,
    color: 'attention',
    texts: [
      'Webex does not take their refresh tokens any more: they have ended, access was revoked in Control Hub, or the administrator who gave them left, lost the role or changed the password.',
      'A full administrator of each organization must connect it again. Nothing else of them is lost.',
    ],
    moreCommand: 'expiring',
    typed: 'Type connect with a name for a fresh link.',
    buttons: (about) => [reconnectButton(about), inputsButton('Show', { action: 'show', ...about })],
  });
}

/** Connections that Webex keeps us from refreshing while their access tokens come to their end: nothing is lost, and syncs will stop. */
export function failingReply({
  since,
  ...several
}: ConnectionSummary & {
  /** Since when, by our id of the organization; of those that were refreshed meanwhile nothing. */
  readonly since: ReadonlyMap<string, Date>;
}): Reply {
  const { rows, total, now } = several;
  const [first] = rows;
  const triedFor = ({ id }: NamedConnection) => {
    const firstFailedAt = since.get(id);
    return firstFailedAt && durationWords(now.getTime() - firstFailedAt.getTime());
  };
  const triedForOne = first && total === 1 ? triedFor(first) : undefined;
  const subject = total === 1 && first ? shownName(first.name) : `${total} connections`;
  return connectionsReply(several, {
    mark: '⚠️',
    title: `${subject} could not be refreshed${triedForOne === undefined ? '' : ` for ${triedForOne}`}`,
    color: 'warning',
    texts: [
      'Webex has given no new tokens. Once the access token of an organization has ended, nothing of it can be synced.',
      'Nothing is lost, and it is tried again by itself. If Webex works otherwise, ask the operator to look at the log.',
    ],
    moreCommand: 'list',
    typed: 'Type refresh with a name to try at once.',
    buttons: (about) => [
      emphasized(inputsButton('Refresh now', { action: 'refresh', ...about })),
      inputsButton('Show', { action: 'show', ...about }),
    ],
    beside: (row) => {
      const { accessTokenExpiresAt } = row.connection;
      const tried = triedFor(row);
      return [
        ...(tried === undefined ? [] : [`tried in vain for ${tried}`]),
        `access token ${accessTokenExpiresAt > now ? 'ends' : 'ended'} ${distanceWords(accessTokenExpiresAt, now)}`,
      ].join(', ');
    },
  });
}
