// Messages with a connect link. Each rendering makes a fresh link.

import type { Message } from '../../chat/message.ts';
import { type Addressee, placeOf } from '../../chat/place.ts';
import { renders } from '../../notices/notice.ts';
import { deletedMessage } from '../../organizations/deleted.view.ts';
import { findOrganization } from '../../organizations/organization.store.ts';
import { organizationSavedNotice } from '../../organizations/record.notice.ts';
import { connectLinkNotice, connectRefusedNotice } from './connect.notice.ts';
import { type ConnectView, connectMessage, savedMessage } from './connect.view.ts';
import { connectRefusedMessage } from './connect-refused.view.ts';
import { type IssueLinkDeps, issueConnectLink } from './issue-link.ts';

export const savedRenderer = renders(organizationSavedNotice, {
  render: (deps: IssueLinkDeps, notice, addressee) => withLink(deps, notice, addressee, savedMessage),
});

export const connectLinkRenderer = renders(connectLinkNotice, {
  render: (deps: IssueLinkDeps, notice, addressee) =>
    withLink(deps, notice, addressee, (view) => connectMessage({ ...view, insteadOf: notice.insteadOf })),
});

export const connectRefusedRenderer = renders(connectRefusedNotice, {
  async render({ db }: Pick<IssueLinkDeps, 'db'>, { organizationId, error }) {
    const organization = await findOrganization(db, organizationId);
    return organization ? connectRefusedMessage({ organization, error }) : deletedMessage;
  },
});

async function withLink(
  deps: IssueLinkDeps,
  { organizationId, askedBy }: { organizationId: string; askedBy: string },
  addressee: Addressee,
  view: (view: ConnectView) => Message,
): Promise<Message> {
  const organization = await findOrganization(deps.db, organizationId);
  if (!organization) return deletedMessage;
  const { url, expiresAt } = await issueConnectLink(deps, { organization, askedBy, place: placeOf(addressee) });
  return view({
    organizationName: organization.name,
    url,
    expiresAt,
    adminEmail: organization.account_email,
    now: deps.clock.now(),
  });
}
