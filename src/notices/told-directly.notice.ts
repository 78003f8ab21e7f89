// The line that says in a space that an answer, or notices, went to administrators directly.

import { z } from 'zod';
import { noticeKind } from './notice.ts';

export const toldDirectlyNotice = noticeKind('told_directly', { what: z.enum(['answer', 'notices']) });
