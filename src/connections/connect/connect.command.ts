// `connect`: a fresh one-time link. An organization that is connected keeps its connection until the new one stands.

import type { Command } from '../../chat/command.ts';
import { resolveOrganization } from '../../organizations/resolve-organization.ts';

export const connect: Command = {
  name: 'connect',
  usage: 'connect <organization>',
  summary: 'Get a new link with which a customer’s administrator connects the organization.',
  async run({ db }, input) {
    const meant = await resolveOrganization(db, { ...input, command: 'connect' });
    if ('answer' in meant) return meant.answer;
    return {
      content: {
        kind: 'connect_link',
        organizationId: meant.found.organization.id,
        askedBy: input.person.email,
      },
    };
  },
};
