// The notice that greets a space which the bot was added to.

import { noticeKind } from '../notices/notice.ts';

export const greetingNotice = noticeKind('greeting', {});
