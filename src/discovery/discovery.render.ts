// What was added, and what a daily look found, as a space reads it.

import type { Db } from '../db/database.ts';
import { renders } from '../notices/notice.ts';
import { deletedMessage } from '../organizations/deleted.view.ts';
import { findOrganization } from '../organizations/organization.store.ts';
import { managedAddedMessage } from './discover.view.ts';
import {
  managedAddedNotice,
  managedFoundNotice,
  managedRenamedNotice,
  managedUnlistedNotice,
} from './discovery.notice.ts';
import { managedFoundMessage, managedRenamedMessage, notLookedMessage } from './look.view.ts';
import { notLookedWords } from './look-words.ts';
import { organizationsOf } from './records.store.ts';

export const managedAddedRenderer = renders(managedAddedNotice, {
  askedBy: (_deps, { by }) => by,
  async render({ db }: { db: Db }, { partnerId, organizationIds, ...counts }) {
    const partner = await findOrganization(db, partnerId);
    if (!partner) return deletedMessage;
    return managedAddedMessage({ ...counts, partner, organizations: await organizationsOf(db, organizationIds) });
  },
});

export const managedFoundRenderer = renders(managedFoundNotice, {
  mustBeHeard: true,
  async render({ db }: { db: Db }, { partnerId, ...counts }) {
    const partner = await findOrganization(db, partnerId);
    return partner ? managedFoundMessage({ ...counts, partner }) : deletedMessage;
  },
});

export const managedRenamedRenderer = renders(managedRenamedNotice, {
  mustBeHeard: true,
  async render({ db }: { db: Db }, { partnerId, ...found }) {
    const partner = await findOrganization(db, partnerId);
    return partner ? managedRenamedMessage({ ...found, partner }) : deletedMessage;
  },
});

export const managedUnlistedRenderer = renders(managedUnlistedNotice, {
  mustBeHeard: true,
  async render({ db }: { db: Db }, { partnerId, outcome, code = outcome }) {
    const partner = await findOrganization(db, partnerId);
    return partner ? notLookedMessage({ partner, why: notLookedWords({ outcome, code }) }) : deletedMessage;
  },
});
