// A deleted organization is back: what its connection is like now.

import { button, emphasized } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { type ConnectionView, connectionInShort, connectionMark, connectVerb, isAlive } from './connection-words.ts';
import { isByOwnApp } from './ways/ways.ts';

/** Connect where the connection has ended meanwhile, or there was none. */
export function restoredMessage(view: {
  readonly organization: { readonly id: string; readonly name: string };
  readonly connection: ConnectionView | null;
  readonly by: string;
  readonly now: Date;
}): CardMessage {
  const { organization, connection, by, now } = view;
  const about = { organization_id: organization.id };
  const isConnected = connection !== null && isAlive(connection, now);
  const hasExpired = connection !== null && connection.state !== 'lost' && connection.refreshTokenExpiresAt <= now;
  return message({
    mark: '✅',
    title: `${shownName(by)} brought ${shownName(organization.name)} back`,
    texts: [
      'Its record, data, history and links are as they were.',
      hasExpired
        ? `Its refresh token has expired meanwhile: ${isByOwnApp(connection) ? 'new tokens of its service app must be entered' : 'an administrator of the organization must consent again'}.`
        : null,
    ],
    facts: [{ title: 'Connection', value: `${connectionMark(connection, now)} ${connectionInShort(connection, now)}` }],
    buttons: [
      isConnected ? null : emphasized(button(connectVerb(connection), 'connect', about)),
      button('Show', 'show', about),
    ],
    typed: isConnected ? md`Type **show** with its name.` : md`Type **connect** with its name for a link.`,
  });
}
