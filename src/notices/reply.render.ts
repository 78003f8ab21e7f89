// A saved answer needs no rendering: a view made it before it was saved.

import type { Reply } from '../chat/reply.ts';
import { renders } from './notice.ts';
import { replyNotice } from './reply.notice.ts';

export const replyRenderer = renders(replyNotice, { render: (_deps, { reply }) => reply as Reply });
