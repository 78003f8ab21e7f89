// Notices about a record: it is saved, with its connect link, or somebody changed it.

import { z } from 'zod';
import { noticeKind } from '../notices/notice.ts';
import { ORGANIZATION_FIELDS } from './organization-fields.ts';

/** `askedBy`: e-mail of whoever saved it, in whose name the connect link is made. */
export const organizationSavedNotice = noticeKind('organization_saved', {
  organizationId: z.uuid(),
  askedBy: z.string(),
  /** The Webex person of `askedBy`; earlier versions did not save it. */
  askedById: z.string().optional(),
});

/** The changed fields, in words, never a secret. */
export const organizationEditedNotice = noticeKind('organization_edited', {
  organizationId: z.uuid(),
  by: z.string(),
  changes: z.array(
    z.object({ field: z.enum(ORGANIZATION_FIELDS.map(({ name }) => name)), from: z.string(), to: z.string() }),
  ),
});
