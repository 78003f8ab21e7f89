// What a space is told of scheduled refreshes, where it wishes to know of them.

import { z } from 'zod';
import { noticeKind } from '../../notices/notice.ts';

/** The journal's entries of the space after the one number and up to the other. */
export const refreshedNotice = noticeKind('refreshed', { afterId: z.int(), upToId: z.int() });

/** What happened in a space between the two instants, and how its connections stand. */
export const dailyDigestNotice = noticeKind('daily_digest', { from: z.coerce.date(), to: z.coerce.date() });
