// `disconnect`: ends an organization's connection, once that is confirmed. The record and its history stay.

import type { Action, Command } from '../chat/command.ts';
import { goneAnswer, organizationOfCard, resolveOrganization } from '../organizations/organization.lookup.ts';
import { findShownConnection } from './connection.store.ts';
import { type DisconnectDeps, disconnect } from './disconnect.ts';
import { CONFIRM_DISCONNECT, confirmDisconnectMessage, notConnectedMessage } from './disconnect.view.ts';

export const disconnectCommand: Command<DisconnectDeps> = {
  name: 'disconnect',
  usage: 'disconnect <organization>',
  summary: 'End an organization’s connection and revoke its access at Webex. The record stays.',
  group: 'Connections',
  examples: ['disconnect acme'],
  async run({ db, clock }, input) {
    const resolved = await resolveOrganization(db, { ...input, command: 'disconnect' });
    if ('answer' in resolved) return resolved.answer;
    const { found: organization } = resolved;
    const connection = await findShownConnection(db, { scope: input.scope, organizationId: organization.id });
    if (connection === null) return { content: notConnectedMessage(organization) };
    return { content: confirmDisconnectMessage({ organization, connection, now: clock.now() }) };
  },
};

export const confirmDisconnect: Action<DisconnectDeps> = {
  name: CONFIRM_DISCONNECT,
  async run(deps, input) {
    const named = await organizationOfCard(deps.db, input);
    if ('answer' in named) return named.answer;
    const { found: organization } = named;
    const { scope, actor, place, eventId, cardMessageId } = input;
    const { id: organizationId } = organization;
    switch (await disconnect(deps, { organizationId, by: actor, place, eventId, cardMessageId })) {
      case 'disconnected':
        return undefined;
      case 'not_connected':
        return { content: notConnectedMessage(organization), replacesMessageId: cardMessageId };
      case 'gone':
        return { content: await goneAnswer(deps.db, { scope, id: organizationId }) };
    }
  },
};
