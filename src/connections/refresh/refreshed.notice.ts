// Notices about scheduled refreshes, for spaces whose settings ask for them.

import { z } from 'zod';
import { noticeKind } from '../../notices/notice.ts';

/** The space's entries of the journal after one number and up to another. */
export const refreshedNotice = noticeKind('refreshed', { afterId: z.int(), upToId: z.int() });

/** The daily summary of a space between two instants. */
export const dailyDigestNotice = noticeKind('daily_digest', { from: z.coerce.date(), to: z.coerce.date() });
