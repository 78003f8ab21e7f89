// A connection stands, and its fall-back would not take over any more.

import { z } from 'zod';
import { noticeKind } from '../../notices/notice.ts';

export const fallBackEndedNotice = noticeKind('fall_back_ended', { organizationId: z.uuid() });
