// Notifies a space of what its fall-backs have taken over. What happens within a few seconds, as when a partner's grant ends, is one message.

import { collectedNotice } from '../collected-notice.ts';
import { type FellBack, fellBackNotice } from './fell-back.notice.ts';

declare module '../../db/jobs/queues.ts' {
  interface JobData {
    fell_back: { roomId: string };
  }
}

export const takenOver = collectedNotice<FellBack>({
  ...{ kind: fellBackNotice.kind, queue: 'fell_back', key: 'fell-back', most: 500 },
  itemsIn: (payload) => fellBackNotice.read(payload).items,
  of: (items) => fellBackNotice.of({ items }),
});
