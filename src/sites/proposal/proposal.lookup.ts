// Answers with where the locations of an organization would go.

import type { Message } from '../../chat/message.ts';
import { isPastEnd, type Page, pagesBeside } from '../../chat/pages.ts';
import { pastEndMessage } from '../../chat/past-end.view.ts';
import type { Db } from '../../db/database.ts';
import type { Scope } from '../../db/scope.ts';
import { nodesOf } from '../mappings/moves.ts';
import { nodeWords } from '../node-words.ts';
import { proposalMessage } from '../sites.view.ts';
import { proposalOf } from './proposal.ts';

/** A page of the proposal; undefined where there is nothing to propose. Without a scope nodes are named from the organization's own down. */
export async function answerProposal(
  db: Db,
  {
    scope,
    organization,
    page,
    now,
    again,
  }: { scope?: Scope; organization: { id: string; name: string }; page: Page; now: Date; again?: string },
): Promise<Message | undefined> {
  const found = await proposalOf(db, { scope, organizationId: organization.id });
  if (!found || found.locations.length === 0) return undefined;
  const { home, locations, ...proposal } = found;
  const total = locations.length;
  if (isPastEnd(page, total)) return pastEndMessage('sites', page, total, { organization_id: organization.id });
  const rows = locations.slice(page.offset, page.offset + page.limit);
  return proposalMessage({
    ...proposal,
    ...{ rows, total, firstNumber: page.firstNumber, now, organization, again },
    ...pagesBeside(page, total),
    torn: locations.filter(({ torn }) => torn.length > 0).length,
    words: await nodeWords(db, { scope: scope ?? { within: [home.path] }, nodes: nodesOf(rows) }),
  });
}
