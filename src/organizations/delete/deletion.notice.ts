// Notices about deletions: asked for, decided, done, undone, and purged for good.

import { z } from 'zod';
import { noticeKind } from '../../notices/notice.ts';

const about = { organizationId: z.uuid(), by: z.string() };

/** A second administrator must approve it. */
export const deletionRequestedNotice = noticeKind('deletion_requested', { ...about, requestId: z.uuid() });

/** It was not approved. `by`: whoever decided; empty where nobody did in time. */
export const deletionRefusedNotice = noticeKind('deletion_refused', {
  ...about,
  askedBy: z.string(),
  decision: z.enum(['declined', 'withdrawn', 'expired']),
});

/** It is deleted, and comes back with `undo`. */
export const organizationDeletedNotice = noticeKind('organization_deleted', {
  ...about,
  approvedBy: z.string().nullable(),
  purgeAt: z.coerce.date(),
});

/** It was brought back. */
export const organizationRestoredNotice = noticeKind('organization_restored', about);

/** Nothing of it is stored any more, so its name goes along, and the node at which it stood. `notes` say what became of its grant at Webex. */
export const organizationPurgedNotice = noticeKind('organization_purged', {
  /** Versions before did not save it. */
  customerId: z.uuid().optional(),
  name: z.string(),
  by: z.string(),
  deletedAt: z.coerce.date(),
  notes: z.array(z.string()),
});
