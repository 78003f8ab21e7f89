// `sites`: where locations of Webex stand in the tree of customers. Of an organization whose locations are no sites yet, where each would go.

import type { Command } from '../chat/command.ts';
import { isPastEnd, pageAsked, pagesBeside } from '../chat/pages.ts';
import { pastEndMessage } from '../chat/past-end.view.ts';
import type { Db } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import { resolveOrganization } from '../organizations/organization.lookup.ts';
import { nodeWords } from './node-words.ts';
import { answerProposal } from './proposal/proposal.lookup.ts';
import { listSites } from './site.store.ts';
import { sitesFileNotice } from './sites.notice.ts';
import { sitesMessage } from './sites.view.ts';

export const sitesCommand: Command<{ db: Db; clock: Clock }> = {
  name: 'sites',
  needs: 'viewer',
  usage: 'sites [csv] [organization]',
  summary: 'Show which locations are sites at which customer, or where they would go before they are, or get a file.',
  group: 'Customers',
  examples: ['sites', 'sites acme', 'sites csv', 'sites csv acme'],
  async run({ db, clock }, input) {
    const { scope, inputs, actor } = input;
    const [, csv, argument = ''] = /^(csv)?(?:\s+|$)(.*)$/is.exec(input.argument) ?? [
      undefined,
      undefined,
      input.argument,
    ];
    const isFile = csv !== undefined || inputs['as'] === 'csv';
    const isOfAll = (argument === '' || /^\d+$/.test(argument)) && inputs['organization_id'] === undefined;
    const keep = isFile ? { as: 'csv' } : {};
    const resolved = isOfAll
      ? undefined
      : await resolveOrganization(db, { ...input, argument, command: 'sites', keep });
    if (resolved && 'answer' in resolved) return resolved.answer;
    const organization = resolved?.found;
    if (isFile) {
      const askedBy = { personId: actor.personId, email: actor.email };
      return { content: sitesFileNotice.of({ organizationId: organization?.id, askedBy }) };
    }
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
