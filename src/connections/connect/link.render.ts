// Messages with a connect link. Each rendering makes a fresh link.

import type { Message } from '../../chat/message.ts';
import { type Addressee, placeOf } from '../../chat/place.ts';
import type { Jobs } from '../../db/jobs/jobs.ts';
import { enqueueNotice } from '../../notices/enqueue-notice.ts';
import { renders } from '../../notices/notice.ts';
import { deletedMessage } from '../../organizations/deleted.view.ts';
import { findOrganization } from '../../organizations/organization.store.ts';
import { organizationSavedNotice } from '../../organizations/record.notice.ts';
import { findConnection } from '../connection.store.ts';
import { offeredApp } from '../service-app/offered-app.ts';
import type { OwnAppDeps } from '../service-app/own-app.ts';
import { isByOwnApp } from '../ways/ways.ts';
import { connectForwardNotice, connectLinkNotice, connectRefusedNotice } from './connect.notice.ts';
import { type ConnectView, connectMessage, forwardMessage, savedMessage } from './connect.view.ts';
import { connectRefusedMessage } from './connect-refused.view.ts';
import { type IssueLinkDeps, issueConnectLink } from './issue-link.ts';
import { findConnectLink } from './link.store.ts';
import { connectLinkState } from './link-state.ts';
import { type ProviderDeps, providerOf } from './provider.ts';

/** What is needed to offer the service app beside a link. */
type OfferDeps = Pick<OwnAppDeps, 'webex'> & { botName: () => string };

/** The record is saved. The text to forward follows once that stands. */
export const savedRenderer = renders(organizationSavedNotice, {
  askedBy: (_deps, { askedBy }) => askedBy,
  render: (deps: IssueLinkDeps & OfferDeps & { jobs: Jobs }, notice, addressee) =>
    withLink(deps, notice, addressee, savedMessage),
  async delivered({ db, jobs, clock }: IssueLinkDeps & { jobs: Jobs }, notice, { noticeId, addressee }) {
    await db.transaction((tx) =>
      enqueueNotice(
        { tx, jobs },
        {
          key: `connect-forward:${noticeId}`,
          notice: connectForwardNotice.of(notice),
          place: addressee,
          now: clock.now(),
        },
      ),
    );
    jobs.wake('notice');
  },
});

export const connectLinkRenderer = renders(connectLinkNotice, {
  askedBy: (_deps, { askedBy }) => askedBy,
  render: (deps: IssueLinkDeps & OfferDeps, notice, addressee) =>
    withLink(deps, notice, addressee, (view) => connectMessage({ ...view, insteadOf: notice.insteadOf })),
});

export const connectForwardRenderer = renders(connectForwardNotice, {
  askedBy: (_deps, { askedBy }) => askedBy,
  render: (deps: IssueLinkDeps & OfferDeps & ProviderDeps, notice, addressee) =>
    withLink(deps, notice, addressee, (view) => forwardMessage({ ...view, provider: providerOf(deps) })),
});

export const connectRefusedRenderer = renders(connectRefusedNotice, {
  async render(
    { db, clock, clientId }: Pick<IssueLinkDeps, 'db' | 'clock'> & Pick<ProviderDeps, 'clientId'>,
    { organizationId, error, linkId },
  ) {
    const organization = await findOrganization(db, organizationId);
    if (!organization) return deletedMessage;
    const link = linkId === undefined ? undefined : await findConnectLink(db, linkId);
    const now = clock.now();
    const linkExpiresAt = link && connectLinkState(link, now) === 'open' ? link.expiresAt : null;
    return connectRefusedMessage({ organization, error, appId: clientId, linkExpiresAt, now });
  },
});

async function withLink(
  deps: IssueLinkDeps & OfferDeps,
  { organizationId, askedBy, askedById }: { organizationId: string; askedBy: string; askedById?: string | undefined },
  addressee: Addressee,
  view: (view: ConnectView) => Message,
): Promise<Message> {
  const organization = await findOrganization(deps.db, organizationId);
  if (!organization) return deletedMessage;
  const { url, expiresAt } = await issueConnectLink(deps, {
    organization,
    askedBy: { email: askedBy, personId: askedById ?? null },
    place: placeOf(addressee),
  });
  return view({
    organizationId,
    organizationName: organization.name,
    url,
    expiresAt,
    isWholesale: organization.wholesale_status,
    isPartner: organization.servesAsPartner,
    isAppOwner: organization.ownsServiceApp || organization.toOwnServiceApp,
    serviceApp: await offeredApp(deps, organization),
    isByOwnApp: isByOwnApp(await findConnection(deps.db, organizationId)),
    adminEmail: organization.account_email,
    now: deps.clock.now(),
  });
}
