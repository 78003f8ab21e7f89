// Messages with a link to the page for tokens. Each rendering makes a fresh link.

import type { Message } from '../../chat/message.ts';
import { type Addressee, placeOf } from '../../chat/place.ts';
import { renders } from '../../notices/notice.ts';
import { deletedMessage } from '../../organizations/deleted.view.ts';
import { findOrganization } from '../../organizations/organization.store.ts';
import { type IssueLinkDeps, issueConnectLink } from '../connect/issue-link.ts';
import { type ProviderDeps, providerOf } from '../connect/provider.ts';
import { tokenForwardNotice, tokenLinkNotice } from './token-link.notice.ts';
import { type TokenLinkView, tokenForwardMessage, tokenLinkMessage } from './token-link.view.ts';

export const tokenLinkRenderer = renders(tokenLinkNotice, {
  askedBy: (_deps, { askedBy }) => askedBy,
  render: (deps: IssueLinkDeps, notice, addressee) =>
    withLink(deps, notice, addressee, (view) => tokenLinkMessage({ ...view, insteadOf: notice.insteadOf })),
});

export const tokenForwardRenderer = renders(tokenForwardNotice, {
  askedBy: (_deps, { askedBy }) => askedBy,
  render: (deps: IssueLinkDeps & ProviderDeps, notice, addressee) =>
    withLink(deps, notice, addressee, (view) => tokenForwardMessage({ ...view, provider: providerOf(deps) })),
});

async function withLink(
  deps: IssueLinkDeps,
  { organizationId, askedBy, askedById }: { organizationId: string; askedBy: string; askedById?: string | undefined },
  addressee: Addressee,
  view: (view: TokenLinkView) => Message,
): Promise<Message> {
  const organization = await findOrganization(deps.db, organizationId);
  if (!organization) return deletedMessage;
  const link = await issueConnectLink(deps, {
    organization,
    askedBy: { email: askedBy, personId: askedById ?? null },
    place: placeOf(addressee),
    purpose: 'tokens',
  });
  const { name: organizationName, wholesale_status: isWholesale } = organization;
  return view({ organizationId, organizationName, ...link, isWholesale, now: deps.clock.now() });
}
