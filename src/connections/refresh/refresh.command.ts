// `refresh`: new tokens now, and in words what was gained.

import type { Command } from '../../chat/command.ts';
import { resolveOrganization } from '../../organizations/resolve-organization.ts';
import { refreshReply } from './refresh.view.ts';
import { refreshConnection } from './refresh-connection.ts';

export const refresh: Command = {
  name: 'refresh',
  usage: 'refresh <organization>',
  summary: 'Refresh an organization’s tokens now, and say what was gained.',
  async run(deps, input) {
    const meant = await resolveOrganization(deps.db, { ...input, command: 'refresh' });
    if ('answer' in meant) return meant.answer;
    const { organization } = meant.found;
    const result = await refreshConnection(deps, {
      organizationId: organization.id,
      reason: 'asked',
      requestedBy: input.person.email,
    });
    return { content: refreshReply({ organization, result, now: deps.clock.now() }) };
  },
};
