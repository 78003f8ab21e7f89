// Messages about scopes, from what is true when they are delivered.

import type { Db } from '../db/database.ts';
import { renders } from '../notices/notice.ts';
import { deletedMessage } from '../organizations/deleted.view.ts';
import { editedMessage } from '../organizations/edited.view.ts';
import { findOrganization } from '../organizations/organization.store.ts';
import { organizationEditedNotice } from '../organizations/record.notice.ts';
import { defaultSettings } from '../settings/settings.ts';
import { settingsOfOrganization, settingsOfOrganizations } from '../settings/settings-of-many.store.ts';
import { missingScopesNotice } from './connection.notice.ts';
import { findConnection, organizationsWithConnection } from './connection.store.ts';
import { missingScopesMessage } from './missing-scopes.view.ts';
import { missingScopes, neededScopes } from './scopes.ts';
import { scopesNeeded } from './ways/served.store.ts';

interface Deps {
  db: Db;
}

/** Organizations that were reconnected meanwhile, or need no more, are left out. */
export const missingScopesRenderer = renders(missingScopesNotice, {
  async render({ db }: Deps, { organizationIds, total }) {
    const found = await organizationsWithConnection(db, organizationIds);
    const settings = await settingsOfOrganizations(db, organizationIds);
    const records = found.map(({ organization }) => organization);
    const scopesOf = await scopesNeeded(db, records, ({ id }) => settings.get(id) ?? defaultSettings);
    const rows = found.flatMap(({ organization, connection }) => {
      const missing = connection === null ? [] : missingScopes(connection.scopes, scopesOf(organization));
      return connection === null || missing.length === 0 ? [] : [{ ...organization, missing, ...connection }];
    });
    return missingScopesMessage({ rows, total: total - (organizationIds.length - rows.length) });
  },
});

/** A changed record, with Reconnect where its grant does not permit what it needs now. */
export const organizationEditedRenderer = renders(organizationEditedNotice, {
  async render({ db }: Deps, { organizationId, by, changes }) {
    const organization = await findOrganization(db, organizationId);
    if (!organization) return deletedMessage;
    const scopes = (await findConnection(db, organizationId))?.scopes ?? [];
    const needed = neededScopes(organization, await settingsOfOrganization(db, organizationId));
    const lacksScopes = scopes.length > 0 && missingScopes(scopes, needed).length > 0;
    return editedMessage({ organization, by, changes, lacksScopes });
  },
});
