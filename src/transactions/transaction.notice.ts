// What a space is told of a transaction: one message that is edited while it goes on, its result, and that it runs again.

import { z } from 'zod';
import { noticeKind } from '../notices/notice.ts';

export const transactionProgressNotice = noticeKind('transaction_progress', { transactionId: z.int() });

export const transactionResultNotice = noticeKind('transaction_result', { transactionId: z.int() });

/** Somebody had a transaction run again: this is the new one. */
export const transactionReplayedNotice = noticeKind('transaction_replayed', { transactionId: z.int() });
