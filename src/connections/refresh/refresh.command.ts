// `refresh`: new tokens now, and the new expiry in words.

import type { Command } from '../../chat/command.ts';
import { resolveOrganization } from '../../organizations/organization.lookup.ts';
import { refreshMessage } from './refresh.view.ts';
import { type RefreshDeps, refreshConnection } from './refresh-connection.ts';

declare module '../../chat/actions.ts' {
  interface Actions {
    refresh: { organization_id: string };
  }
}

export const refresh: Command<RefreshDeps> = {
  name: 'refresh',
  usage: 'refresh <organization>',
  summary: 'Refresh an organization’s tokens now, and show the new expiry.',
  phrases: { 'refresh access token': '' },
  group: 'Connections',
  examples: ['refresh acme'],
  async run(deps, input) {
    const resolved = await resolveOrganization(deps.db, { ...input, command: 'refresh' });
    if ('answer' in resolved) return resolved.answer;
    const organization = resolved.found;
    const result = await refreshConnection(deps, {
      organizationId: organization.id,
      reason: 'asked',
      asked: { by: input.actor, roomId: input.place.roomId },
    });
    return { content: refreshMessage({ organization, result, now: deps.clock.now() }) };
  },
};
