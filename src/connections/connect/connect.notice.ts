// Notices on the way to a connection. A connect link is made when its notice is delivered, and is never stored.

import { z } from 'zod';
import { noticeKind } from '../../notices/notice.ts';

export const connectLinkNotice = noticeKind('connect_link', {
  organizationId: z.uuid(),
  askedBy: z.string(),
  /** The Webex person of `askedBy`; earlier versions did not save it. */
  askedById: z.string().optional(),
  /** The transaction that cannot be replayed without a consent, and why. */
  insteadOf: z.object({ transactionId: z.int(), why: z.enum(['never_stored', 'lost']) }).optional(),
});

/**
 * The text with which a link is passed on, in a message of its own, so that it can be copied and forwarded whole. `askedBy`: in whose name the link in
 * it is made.
 */
export const connectForwardNotice = noticeKind('connect_forward', {
  organizationId: z.uuid(),
  askedBy: z.string(),
  askedById: z.string().optional(),
});

/**
 * Somebody opened the link and Webex sent them back without a grant. `error` is the OAuth error code, such as `access_denied`; `linkId` was not saved
 * by earlier versions.
 */
export const connectRefusedNotice = noticeKind('connect_refused', {
  organizationId: z.uuid(),
  error: z.string(),
  linkId: z.uuid().optional(),
});
