// An export of the audit is saved as what was asked, and by whom: its file is made when it is delivered, of what that person may see then.

import { z } from 'zod';
import { noticeKind } from '../notices/notice.ts';

export const auditExportNotice = noticeKind('audit_export', {
  organizationId: z.uuid().optional(),
  person: z.string().optional(),
  since: z.iso.datetime().optional(),
  askedBy: z.object({ personId: z.string(), email: z.string() }),
});
