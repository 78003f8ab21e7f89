// `disconnect`: ends an organization's connection, once that is confirmed. The record and its history stay.

import { z } from 'zod';
import type { Action, Command } from '../chat/command.ts';
import { goneAnswer, goneMessage, resolveOrganization } from '../organizations/organization.lookup.ts';
import { findOrganizationInScope } from '../organizations/organization.store.ts';
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
  async run(deps, { inputs, scope, actor, place, eventId, cardMessageId, concerns }) {
    const id = z.uuid().safeParse(inputs['organization_id']);
    if (!id.success) return { content: goneMessage };
    const organization = await findOrganizationInScope(deps.db, { scope, id: id.data });
    if (!organization) return { content: await goneAnswer(deps.db, { scope, id: id.data }) };
    const { id: organizationId } = organization;
    concerns(organizationId);
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
