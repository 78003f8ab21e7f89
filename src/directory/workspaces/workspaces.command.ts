// `workspaces`: the workspaces with hybrid calling whose address is not in the record's domain, read at Webex when somebody asks.

import { randomInt } from 'node:crypto';
import type { Command } from '../../chat/command.ts';
import { resolveOrganization } from '../../organizations/organization.lookup.ts';
import { readsWorkspaces } from '../../webex/scopes.ts';
import { hybridWorkspaces } from '../../webex/workspaces.ts';
import { type AskDeps, askWithScope } from '../ask-webex-of.ts';
import { judgeWorkspaces } from './workspace-rules.ts';
import { noDomainMessage, unreadWorkspacesMessage, workspacesMessage } from './workspaces.view.ts';

export const workspaces: Command<AskDeps> = {
  name: 'workspaces',
  needs: 'viewer',
  usage: 'workspaces <organization>',
  summary: 'List the workspaces with hybrid calling whose e-mail address is not in the record’s domain.',
  group: 'Directory',
  examples: ['workspaces acme'],
  async run(deps, input) {
    const resolved = await resolveOrganization(deps.db, { ...input, command: 'workspaces' });
    if ('answer' in resolved) return resolved.answer;
    const { found: organization } = resolved;
    const domain = organization.email_domain;
    if (domain === null) return { content: noDomainMessage(organization) };
    const asked = await askWithScope(deps, {
      organization,
      scope: readsWorkspaces,
      ask: (webex) =>
        judgeWorkspaces(hybridWorkspaces(webex, organization.account_number), {
          domain,
          random: () => randomInt(10_000, 100_000_000),
        }),
    });
    if ('why' in asked) return { content: unreadWorkspacesMessage(organization, asked.why) };
    return { content: workspacesMessage({ organization, domain, ...asked.answer }) };
  },
};
