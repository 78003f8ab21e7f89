// `connect`: a fresh one-time link. An organization that is connected keeps its connection until the new one stands. `connect revoke` ends the links.

import type { Answer } from '../../chat/answer.ts';
import type { Action, Command, CommandInput } from '../../chat/command.ts';
import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import { resolveOrganization } from '../../organizations/organization.lookup.ts';
import { connectForwardNotice, connectLinkNotice } from './connect.notice.ts';
import { revokedMessage } from './connect.view.ts';
import { revokeLinks } from './revoke-links.ts';

declare module '../../chat/actions.ts' {
  interface Actions {
    connect: { organization_id: string };
    /** Ends all open links of an organization. */
    revoke_links: { organization_id: string };
  }
}

interface Deps {
  db: Db;
  clock: Clock;
}

export const connect: Command<Deps> = {
  name: 'connect',
  usage: 'connect [revoke] <organization>',
  summary: 'Get a new link with which a customer’s administrator connects the organization, or end its open links.',
  phrases: { 'connect to webex control hub': '' },
  group: 'Connections',
  examples: ['connect acme', 'connect revoke acme'],
  async run(deps, input) {
    const [isRevocation, name = ''] = /^revoke(?:\s+(.*))?$/is.exec(input.argument) ?? [];
    if (isRevocation !== undefined) return revoke(deps, { ...input, argument: name.trim() });
    const resolved = await resolveOrganization(deps.db, { ...input, command: 'connect' });
    if ('answer' in resolved) return resolved.answer;
    const { email: askedBy, personId: askedById } = input.actor;
    const about = { organizationId: resolved.found.id, askedBy, askedById };
    return { content: connectLinkNotice.of(about), further: [connectForwardNotice.of(about)] };
  },
};

/** The button for it, where links are shown. */
export const revokeLinksAction: Action<Deps> = { name: 'revoke_links', run: revoke };

async function revoke(deps: Deps, input: CommandInput): Promise<Answer> {
  const resolved = await resolveOrganization(deps.db, { ...input, command: 'revoke_links', typedAs: 'connect revoke' });
  if ('answer' in resolved) return resolved.answer;
  const { found: organization } = resolved;
  const count = await revokeLinks(deps, {
    organizationId: organization.id,
    by: input.actor,
    roomId: input.place.roomId,
  });
  return { content: revokedMessage({ organization, count }) };
}
