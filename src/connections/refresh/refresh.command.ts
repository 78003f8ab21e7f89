// `refresh`: new tokens now, and the new expiry in words.

import type { Command } from '../../chat/command.ts';
import type { Db } from '../../db/database.ts';
import type { Scope } from '../../db/scope.ts';
import { resolveOrganization } from '../../organizations/organization.lookup.ts';
import { findOrganizationInScope, type Organization } from '../../organizations/organization.store.ts';
import { refreshMessage } from './refresh.view.ts';
import { type RefreshDeps, type RefreshResult, refreshConnection } from './refresh-connection.ts';

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
    const partner = await partnerOf(deps.db, input.scope, result);
    return { content: refreshMessage({ organization, result, partner, now: deps.clock.now() }) };
  },
};

/** The partner whose grant is refreshed instead, where it is in scope. */
async function partnerOf(db: Db, scope: Scope, result: RefreshResult): Promise<Organization | undefined> {
  if (result.outcome !== 'left' || result.reason !== 'of_partner' || result.partnerId === null) return undefined;
  return findOrganizationInScope(db, { scope, id: result.partnerId });
}
