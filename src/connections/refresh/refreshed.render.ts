// Messages about scheduled refreshes: each, or a daily summary.

import { NAMED_IN_NOTICE } from '../../chat/named.ts';
import type { Addressee } from '../../chat/place.ts';
import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import { renders } from '../../notices/notice.ts';
import { standingOf } from '../connection.store.ts';
import { countOutcomes, countSuccessfulRefreshes, successfulRefreshes } from './journal.store.ts';
import { dailyDigestNotice, refreshedNotice } from './refreshed.notice.ts';
import { digestMessage, refreshedMessage } from './refreshed.view.ts';

interface Deps {
  db: Db;
  clock: Clock;
}

export const refreshedRenderer = renders(refreshedNotice, {
  async render({ db, clock }: Deps, { afterId, upToId }, addressee) {
    const part = { roomId: roomOf(addressee), afterId, upToId };
    const rows = await successfulRefreshes(db, { ...part, limit: NAMED_IN_NOTICE });
    return refreshedMessage({ rows, total: await countSuccessfulRefreshes(db, part), now: clock.now() });
  },
});

export const dailyDigestRenderer = renders(dailyDigestNotice, {
  async render({ db }: Deps, { from, to }, addressee) {
    const roomId = roomOf(addressee);
    const outcomes = await countOutcomes(db, { roomId, from, to });
    return digestMessage({ from, to, outcomes, standing: await standingOf(db, { roomId, now: to }) });
  },
});

/** The space of the notice: its news goes to nobody else. */
function roomOf(addressee: Addressee): string {
  if (!('roomId' in addressee)) throw new Error('a notice of a space is to go to a person');
  return addressee.roomId;
}
