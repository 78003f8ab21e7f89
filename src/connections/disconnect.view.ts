// What people read where a connection is ended: the card that confirms it, and what became of the grant at Webex.

import { button, emphasized } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { DISCARD_FORM } from '../chat/form.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { type ConnectionView, deadlineFacts, grantorWords } from './connection-words.ts';
import { type Revocation, revocationNotes } from './revocation.ts';
import { isByOwnApp, whyWayCannot } from './ways/ways.ts';

/** What the button of the card sends as `action`. */
export const CONFIRM_DISCONNECT = 'confirm-disconnect';

declare module '../chat/actions.ts' {
  interface Actions {
    disconnect: { organization_id: string };
    [CONFIRM_DISCONNECT]: { organization_id: string };
  }
}

interface Named {
  /** Our id of the organization. */
  readonly id: string;
  readonly name: string;
}

function endsAtWebex({ way }: ConnectionView): string {
  const why = whyWayCannot(way, 'revocation');
  return why === undefined ? 'The access is revoked at Webex.' : `Its tokens are deleted here. ${why}`;
}

function again(connection: ConnectionView): string {
  if (isByOwnApp(connection)) return 'To connect it again, new tokens of its service app must be entered.';
  return connection.way === 'consent' ? 'To connect it again, an administrator must consent again.' : '';
}

/** Asks before a connection is ended. */
export function confirmDisconnectMessage(view: {
  readonly organization: Named;
  readonly connection: ConnectionView;
  readonly now: Date;
}): CardMessage {
  const { organization, connection, now } = view;
  return message({
    mark: '⚠️',
    title: `Disconnect ${shownName(organization.name)}?`,
    texts: [
      `${endsAtWebex(connection)} Open connect links end, and nothing is read any more.`,
      `The record, its history and the data that was synced stay. ${again(connection)}`,
    ],
    facts: [{ title: 'Authorized by', value: grantorWords(connection) }, ...deadlineFacts(connection, now)],
    buttons: [
      emphasized(button('Disconnect', CONFIRM_DISCONNECT, { organization_id: organization.id })),
      button('Cancel', DISCARD_FORM),
    ],
    typed: md`Confirm it with the button on the card.`,
  });
}

/** The connection is ended here. What Webex says follows. */
export function disconnectedMessage(view: { readonly organization: Named; readonly by: string }): CardMessage {
  const { organization, by } = view;
  const about = { organization_id: organization.id };
  return message({
    mark: '⚪',
    title: `${shownName(by)} disconnected ${shownName(organization.name)}`,
    texts: [
      'Its tokens are not used any more, but to revoke the access at Webex. I say here what comes of that.',
      'The record can be changed now, with its Organization Account Number.',
    ],
    buttons: [button('Edit', 'edit', about), button('Connect', 'connect', about)],
    typed: md`Type **edit** or **connect** with its name.`,
  });
}

/** What became of the grant of an organization that was disconnected. */
export function grantRevokedMessage(view: {
  readonly organization: Named;
  readonly outcome: Revocation;
  readonly email: string | null;
  readonly appId: string;
}): CardMessage {
  const { organization, outcome } = view;
  const isOver = outcome === 'revoked' || outcome === 'ended';
  const name = shownName(organization.name);
  return message({
    mark: isOver ? '✅' : '⚠️',
    title: isOver ? `The access to ${name} has ended at Webex` : `The access to ${name} may still stand at Webex`,
    texts: revocationNotes(view),
    buttons: [button('Show', 'show', { organization_id: organization.id })],
  });
}

/** There is nothing to disconnect. */
export const notConnectedMessage = ({ id, name }: Named): CardMessage =>
  message({
    title: `${shownName(name)} is not connected`,
    texts: ['There is nothing to disconnect.'],
    buttons: [button('Edit', 'edit', { organization_id: id }), button('Connect', 'connect', { organization_id: id })],
    typed: md`Type **edit** or **connect** with its name.`,
  });
