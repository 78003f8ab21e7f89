// The outbox: answers messages and clicks, and delivers later what Webex does not take at once.

import type { Feature } from '../feature.ts';
import type { Parts } from '../parts.ts';
import { clickHandler, messageHandler } from './answer-event.ts';
import { doubtRenderer } from './doubt.render.ts';
import { noticeJob } from './notice.job.ts';
import { purgeNotices, waitingNotices } from './notice.store.ts';
import { noticeFigures } from './notice-figures.ts';
import { replyRenderer } from './reply.render.ts';
import { toldDirectlyRenderer } from './told-directly.render.ts';

export const notices: Feature = {
  events: () => [messageHandler<Parts>(), clickHandler<Parts>()],
  notices: [replyRenderer, doubtRenderer, toldDirectlyRenderer],
  jobs: [noticeJob],
  figures: [noticeFigures],
  retention: [{ what: 'notices', days: 400, purge: purgeNotices }],
  async orphans(db, { before, limit }) {
    const waiting = await waitingNotices(db, { createdBefore: before, limit });
    return waiting.map(({ id }) => ({ queue: 'notice', data: { noticeId: id }, work: `notice ${id}` }));
  },
};
