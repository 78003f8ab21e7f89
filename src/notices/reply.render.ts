// A saved answer was rendered before it was saved: nothing is left to render.

import type { Reply } from '../chat/reply.ts';
import type { NoticeRenderer } from './notice.ts';
import { replyNotice } from './reply.notice.ts';

export const replyRenderer: NoticeRenderer<unknown> = {
  kind: replyNotice.kind,
  mustBeHeard: false,
  whenOverheard: (notice) => (replyNotice.read(notice).askedBy === undefined ? 'told' : 'direct'),
  askedBy: async (_deps, notice) => replyNotice.read(notice).askedBy,
  render: async (_deps, notice) => replyNotice.read(notice).reply as Reply,
};
