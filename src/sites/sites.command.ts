// `sites`: where locations of Webex stand in the tree of customers. Of an organization whose locations are no sites yet, where each would go.

import type { Command } from '../chat/command.ts';
import { isPastEnd, pageAsked, pagesBeside } from '../chat/pages.ts';
import { pastEndMessage } from '../chat/past-end.view.ts';
import type { Db } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import { resolveOrganization } from '../organizations/organization.lookup.ts';
import { nodeWords } from './node-words.ts';
import { answerProposal } from './proposal.lookup.ts';
import { listSites } from './site.store.ts';
import { sitesMessage } from './sites.view.ts';

export const sitesCommand: Command<{ db: Db; clock: Clock }> = {
  name: 'sites',
  needs: 'viewer',
  usage: 'sites [organization]',
  summary: 'Show which locations are sites at which customer, or where they would go before they are.',
  group: 'Customers',
  examples: ['sites', 'sites acme'],
  async run({ db, clock }, input) {
    const { scope, inputs, argument } = input;
    const isOfAll = (argument === '' || /^\d+$/.test(argument)) && inputs['organization_id'] === undefined;
    const resolved = isOfAll ? undefined : await resolveOrganization(db, { ...input, command: 'sites' });
    if (resolved && 'answer' in resolved) return resolved.answer;
    const organization = resolved?.found;
    const page = pageAsked(inputs['page'] ?? (isOfAll && argument !== '' ? argument : undefined));
    const now = clock.now();
    const proposal = organization && (await answerProposal(db, { scope, organization, page, now }));
    if (proposal) return { content: proposal };
    const about = organization === undefined ? {} : { organization_id: organization.id };
    const found = await listSites(db, { scope, organizationId: organization?.id, ...page });
    if (isPastEnd(page, found.total)) return { content: pastEndMessage('sites', page, found.total, about) };
    return {
      content: sitesMessage({
        ...found,
        ...pagesBeside(page, found.total),
        ...{ firstNumber: page.firstNumber, now, organization: organization ?? null },
        words: await nodeWords(db, { scope, nodes: found.rows.map(({ node }) => node) }),
      }),
    };
  },
};
