// The notice that tells a person of rights that an administrator gave.

import { z } from 'zod';
import { ROLES } from '../chat/chat.schema.ts';
import { noticeKind } from '../notices/notice.ts';

/** `by`: e-mail of the administrator who gave them. */
export const rightGivenNotice = noticeKind('right_given', {
  customerId: z.uuid(),
  role: z.enum(ROLES),
  by: z.string(),
});
