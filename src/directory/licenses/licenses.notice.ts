// The file of licenses: made when it is delivered, of what whoever asked may see then.

import { z } from 'zod';
import { noticeKind } from '../../notices/notice.ts';

export const licensesFileNotice = noticeKind('licenses_file', {
  organizationId: z.uuid().optional(),
  askedBy: z.object({ personId: z.string(), email: z.string() }),
});
