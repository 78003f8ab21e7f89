// Messages about a connection that was ended by hand, and about one that came back with its organization.

import type { Db } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import { renders } from '../notices/notice.ts';
import { organizationRestoredNotice } from '../organizations/delete/deletion.notice.ts';
import { deletedMessage } from '../organizations/deleted.view.ts';
import { findOrganization } from '../organizations/organization.store.ts';
import { disconnectedNotice, grantRevokedNotice } from './connection.notice.ts';
import { findConnection } from './connection.store.ts';
import { disconnectedMessage, grantRevokedMessage } from './disconnect.view.ts';
import { restoredMessage } from './restored.view.ts';

export const disconnectedRenderer = renders(disconnectedNotice, {
  async render({ db }: { db: Db }, { organizationId, by }) {
    const organization = await findOrganization(db, organizationId);
    return organization ? disconnectedMessage({ organization, by }) : deletedMessage;
  },
});

export const grantRevokedRenderer = renders(grantRevokedNotice, {
  mustBeHeard: true,
  async render({ db, clientId: appId }: { db: Db; clientId: string }, { organizationId, outcome, email }) {
    const organization = await findOrganization(db, organizationId);
    return organization ? grantRevokedMessage({ organization, outcome, email, appId }) : deletedMessage;
  },
});

export const restoredRenderer = renders(organizationRestoredNotice, {
  async render({ db, clock }: { db: Db; clock: Clock }, { organizationId, by }) {
    const organization = await findOrganization(db, organizationId);
    if (!organization) return deletedMessage;
    const connection = (await findConnection(db, organizationId)) ?? null;
    return restoredMessage({ organization, connection, by, now: clock.now() });
  },
});
