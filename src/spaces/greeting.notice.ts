// The bot was added to a space.

import { noticeKind } from '../notices/notice.ts';

export const greetingNotice = noticeKind('greeting', {});
