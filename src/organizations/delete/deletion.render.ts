// Messages about deletions, from what is true when they are delivered.

import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import { renders } from '../../notices/notice.ts';
import { deletedMessage } from '../deleted.view.ts';
import { findOrganization, findOrganizationEvenDeleted } from '../organization.store.ts';
import {
  deletionRefusedNotice,
  deletionRequestedNotice,
  organizationDeletedNotice,
  organizationPurgedNotice,
} from './deletion.notice.ts';
import { findDeletion, openRequestOf } from './deletion.store.ts';
import {
  backAlreadyMessage,
  deletionRefusedMessage,
  deletionRequestedMessage,
  organizationDeletedMessage,
  organizationPurgedMessage,
  requestOverMessage,
} from './deletion.view.ts';

interface Deps {
  db: Db;
  clock: Clock;
}

export const deletionRequestedRenderer = renders(deletionRequestedNotice, {
  async render({ db, clock }: Deps, { organizationId, by, requestId }) {
    const organization = await findOrganization(db, organizationId);
    const request = await openRequestOf(db, organizationId);
    if (!organization || request?.id !== requestId) return requestOverMessage;
    return deletionRequestedMessage({ organization, requestId, by, expiresAt: request.expiresAt, now: clock.now() });
  },
});

export const deletionRefusedRenderer = renders(deletionRefusedNotice, {
  async render({ db }: Deps, { organizationId, ...refused }) {
    const organization = await findOrganizationEvenDeleted(db, organizationId);
    return organization ? deletionRefusedMessage({ organization, ...refused }) : deletedMessage;
  },
});

export const organizationDeletedRenderer = renders(organizationDeletedNotice, {
  mustBeHeard: true,
  async render({ db, clock }: Deps, { organizationId, ...deleted }) {
    const organization = await findOrganizationEvenDeleted(db, organizationId);
    if (!organization) return deletedMessage;
    if (!(await findDeletion(db, organizationId))) return backAlreadyMessage;
    return organizationDeletedMessage({ organization, ...deleted, now: clock.now() });
  },
});

export const organizationPurgedRenderer = renders(organizationPurgedNotice, {
  mustBeHeard: true,
  render: (_deps, purged) => organizationPurgedMessage(purged),
});
