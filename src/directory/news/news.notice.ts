// The notice of news: the first of them, and how many there are.

import { z } from 'zod';
import { noticeKind } from '../../notices/notice.ts';

export const directoryNewsNotice = noticeKind('directory_news', {
  items: z.array(z.object({ organizationId: z.uuid(), words: z.string() })),
  total: z.int(),
});
