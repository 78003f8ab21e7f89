// The notices of where the locations of an organization would go, and of the file of sites, which is made when it is delivered.

import { z } from 'zod';
import { noticeKind } from '../notices/notice.ts';

export const proposalNotice = noticeKind('sites_proposal', { organizationId: z.uuid() });

export const sitesFileNotice = noticeKind('sites_file', {
  organizationId: z.uuid().optional(),
  askedBy: z.object({ personId: z.string(), email: z.string() }),
});
