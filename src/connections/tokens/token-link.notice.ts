// Notices that lead to the page for tokens. The link is made when its notice is delivered, and is never stored.

import { z } from 'zod';
import { noticeKind } from '../../notices/notice.ts';

const about = { organizationId: z.uuid(), askedBy: z.string(), askedById: z.string().optional() };

/** `insteadOf`: the transaction that cannot be replayed, since its tokens are gone, and why. */
export const tokenLinkNotice = noticeKind('token_link', {
  ...about,
  insteadOf: z.object({ transactionId: z.int(), why: z.enum(['never_stored', 'lost']) }).optional(),
});

/** The text with which a link is passed on, in a message of its own. */
export const tokenForwardNotice = noticeKind('token_forward', about);
