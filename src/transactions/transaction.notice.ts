// The notices of a transaction: the progress message that is edited while it goes on, the result, and the answer to a replay.

import { z } from 'zod';
import { noticeKind } from '../notices/notice.ts';

export const transactionProgressNotice = noticeKind('transaction_progress', { transactionId: z.int() });

export const transactionResultNotice = noticeKind('transaction_result', { transactionId: z.int() });

/** The answer to a replay: names the new transaction. */
export const transactionReplayedNotice = noticeKind('transaction_replayed', { transactionId: z.int() });

/** The answer to `transaction`: made when it is delivered, since it holds the page's signed address. */
export const transactionShownNotice = noticeKind('transaction_shown', { transactionId: z.int() });
