// What works of these connections has changed: not everything does, or everything does again.

import { z } from 'zod';
import { noticeKind } from '../../notices/notice.ts';

export const findingsNotice = noticeKind('findings', { organizationIds: z.array(z.uuid()) });
