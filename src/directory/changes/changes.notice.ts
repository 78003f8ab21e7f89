// Notices of changes: what scheduled syncs found, and the file of all changes.

import { z } from 'zod';
import { noticeKind } from '../../notices/notice.ts';

/** The newest of the syncs, and how many there are. */
export const changesFoundNotice = noticeKind('changes_found', { transactionIds: z.array(z.int()), total: z.int() });

/** The file is made when it is delivered, of what whoever asked may see then. */
export const changesFileNotice = noticeKind('changes_file', {
  organizationId: z.uuid().optional(),
  since: z.iso.datetime().optional(),
  askedBy: z.object({ personId: z.string(), email: z.string() }),
});
