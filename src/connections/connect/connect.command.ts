// `connect`: a fresh one-time link. An organization that is connected keeps its connection until the new one stands.

import type { Command } from '../../chat/command.ts';
import type { Db } from '../../db/database.ts';
import { resolveOrganization } from '../../organizations/organization.lookup.ts';
import { connectLinkNotice } from './connect.notice.ts';

declare module '../../chat/actions.ts' {
  interface Actions {
    connect: { organization_id: string };
  }
}

export const connect: Command<{ db: Db }> = {
  name: 'connect',
  usage: 'connect <organization>',
  summary: 'Get a new link with which a customer’s administrator connects the organization.',
  async run({ db }, input) {
    const resolved = await resolveOrganization(db, { ...input, command: 'connect' });
    if ('answer' in resolved) return resolved.answer;
    return {
      content: connectLinkNotice.of({ organizationId: resolved.found.id, askedBy: input.actor.email }),
    };
  },
};
