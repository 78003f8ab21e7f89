// Somebody of another Webex organization has joined a space, as the space reads it.

import { placeOf } from '../chat/place.ts';
import { findSpace } from '../chat/space.store.ts';
import type { Db } from '../db/database.ts';
import { renders } from '../notices/notice.ts';
import { outsiderNotice } from './outsider.notice.ts';
import { outsiderJoinedMessage } from './read-along.view.ts';

export const outsiderRenderer = renders(outsiderNotice, {
  whenOverheard: () => 'told',
  async render({ db }: { db: Db }, { name }, addressee) {
    const space = await findSpace(db, placeOf(addressee).roomId);
    return outsiderJoinedMessage({ name, mayReadAlong: Boolean(space?.readAlongAt) });
  },
});
