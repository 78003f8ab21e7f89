// The notice that becomes the texts to forward, where somebody leaves.

import { z } from 'zod';
import { noticeKind } from '../notices/notice.ts';

export const leavingTextsNotice = noticeKind('leaving_texts', {
  /** Who leaves, by one of the organizations that the person authorized. */
  grantorOf: z.uuid(),
  askedBy: z.object({ personId: z.string(), email: z.string() }),
});
