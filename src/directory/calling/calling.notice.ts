// The notice of how a run through people's calling behaviour ended.

import { z } from 'zod';
import { noticeKind } from '../../notices/notice.ts';

export const callingEndedNotice = noticeKind('calling_behaviour_ended', { transactionId: z.int() });
