// Notices of syncs: how one ended that somebody asked for, and scheduled ones that fail.

import { z } from 'zod';
import { namedShape, noticeKind } from '../../notices/notice.ts';

export const syncResultNotice = noticeKind('sync_result', { transactionId: z.int() });

export const syncsFailedNotice = noticeKind('syncs_failed', namedShape);
