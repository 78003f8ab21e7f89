// An answer that Webex did not take at once: saved as it stands, and delivered later.

import { z } from 'zod';
import type { Notice } from '../chat/answer.ts';
import { cardOf, type Reply } from '../chat/reply.ts';
import { noticeKind } from './notice.ts';

export const replyNotice = noticeKind('reply', {
  /** The administrator who asked; absent where everybody may read it. */
  askedBy: z.string().optional(),
  reply: z.object({ markdown: z.string(), card: z.record(z.string(), z.unknown()).optional() }),
});

/** The notice that delivers this answer later. */
export const replyLater = (reply: Reply, askedBy?: string | undefined): Notice =>
  replyNotice.of({ reply: { markdown: reply.markdown, card: cardOf(reply) }, askedBy });
