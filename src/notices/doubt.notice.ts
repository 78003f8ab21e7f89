// Somebody who looks like an administrator is not obeyed.

import { z } from 'zod';
import { noticeKind } from './notice.ts';

export const doubtNotice = noticeKind('administrator_doubted', {
  /** The administrator's e-mail, as in ADMINS. */
  admin: z.string(),
  what: z.enum(['person', 'organization', 'address']),
  /** The e-mail that Webex shows now. */
  email: z.string(),
});
