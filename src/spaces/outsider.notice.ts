// The notice that somebody of another Webex organization has joined a space.

import { z } from 'zod';
import { noticeKind } from '../notices/notice.ts';

export const outsiderNotice = noticeKind('outsider_joined', { name: z.string() });
