// `connect`: a fresh one-time link. An organization that is connected keeps its connection until the new one stands. `connect revoke` ends the links.

import type { Answer } from '../../chat/answer.ts';
import type { Action, Command, CommandInput } from '../../chat/command.ts';
import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import { resolveOrganization } from '../../organizations/organization.lookup.ts';
import { connectServiceApp, type ServiceAppDeps } from '../service-app/service-app.action.ts';
import { connectByTokens, readTokensArgument } from '../tokens/tokens.action.ts';
import { connectPartner } from '../ways/partner.action.ts';
import { revokedMessage } from './connect.view.ts';
import { linkAnswer } from './link-answer.ts';
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

export const connect: Command<Deps & ServiceAppDeps> = {
  name: 'connect',
  usage: 'connect [revoke] <organization> [tokens] | partner | service app',
  summary:
    'Get a new link with which a customer’s administrator connects the organization, or end its open links; with tokens, one to a page on which tokens of its own service app are entered, or a pair; with partner or service app, that of your own organization.',
  phrases: { 'connect to webex control hub': '' },
  group: 'Connections',
  examples: ['connect acme', 'connect revoke acme', 'connect acme tokens', 'connect partner', 'connect service app'],
  async run(deps, input) {
    if (/^partner$/i.test(input.argument)) return connectPartner(deps, input);
    const [isApp, owner = ''] = /^service[ -]app(?:\s+(.*))?$/is.exec(input.argument) ?? [];
    if (isApp !== undefined) return connectServiceApp(deps, input, owner.trim());
    const [isRevocation, name = ''] = /^revoke(?:\s+(.*))?$/is.exec(input.argument) ?? [];
    if (isRevocation !== undefined) return revoke(deps, { ...input, argument: name.trim() });
    const tokens = readTokensArgument(input.argument);
    if (tokens) return connectByTokens(deps, { ...input, argument: tokens.name });
    const resolved = await resolveOrganization(deps.db, { ...input, command: 'connect' });
    if ('answer' in resolved) return resolved.answer;
    return linkAnswer(resolved.found.id, input.actor);
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
