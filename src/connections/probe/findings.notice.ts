// The findings of these connections have changed.

import { z } from 'zod';
import { noticeKind } from '../../notices/notice.ts';

export const findingsNotice = noticeKind('findings', { organizationIds: z.array(z.uuid()) });
