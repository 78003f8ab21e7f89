// The message of where the locations of an organization would go, as it is when it is delivered.

import { pageAsked } from '../chat/pages.ts';
import type { Db } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import { renders } from '../notices/notice.ts';
import { deletedMessage } from '../organizations/deleted.view.ts';
import { findOrganization } from '../organizations/organization.store.ts';
import { answerProposal } from './proposal/proposal.lookup.ts';
import { proposalNotice } from './sites.notice.ts';
import { madeBeforeMessage } from './sites.view.ts';

export const proposalRenderer = renders(proposalNotice, {
  mustBeHeard: true,
  async render({ db, clock }: { db: Db; clock: Clock }, { organizationId }) {
    const organization = await findOrganization(db, organizationId);
    if (!organization) return deletedMessage;
    const shown = { organization, page: pageAsked(1), now: clock.now() };
    return (await answerProposal(db, shown)) ?? madeBeforeMessage(organization);
  },
});
