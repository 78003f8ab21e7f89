// Notices about our service app, as spaces and administrators read them.

import type { Db } from '../../db/database.ts';
import { renders } from '../../notices/notice.ts';
import { deletedMessage } from '../../organizations/deleted.view.ts';
import { findOrganization } from '../../organizations/organization.store.ts';
import { findConnection } from '../connection.store.ts';
import { isByOwnApp } from '../ways/ways.ts';
import { appAuthorizedNotice, strangerAuthorizedNotice } from './service-app.notice.ts';
import { appAuthorizedMessage, heldByAppMessage, strangerAuthorizedMessage } from './service-app.view.ts';

export const appAuthorizedRenderer = renders(appAuthorizedNotice, {
  async render({ db }: { db: Db }, { organizationId }) {
    const organization = await findOrganization(db, organizationId);
    if (!organization) return deletedMessage;
    const connection = await findConnection(db, organizationId);
    if (!connection || (connection.way === 'service_app' && !isByOwnApp(connection)))
      return heldByAppMessage(organization);
    return appAuthorizedMessage({ organization, connection });
  },
});

export const strangerAuthorizedRenderer = renders(strangerAuthorizedNotice, {
  render: (_deps, notice) => strangerAuthorizedMessage(notice),
});
