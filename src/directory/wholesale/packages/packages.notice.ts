// The notice of how a change of packages ended.

import { z } from 'zod';
import { noticeKind } from '../../../notices/notice.ts';

export const packagesChangedNotice = noticeKind('wholesale_packages_changed', { transactionId: z.int() });
