// The message of news.

import type { Db } from '../../db/database.ts';
import { renders } from '../../notices/notice.ts';
import { directoryNewsNotice } from './news.notice.ts';
import { namesOf } from './news.store.ts';
import { directoryNewsMessage } from './news.view.ts';

export const directoryNewsRenderer = renders(directoryNewsNotice, {
  mustBeHeard: true,
  async render({ db }: { db: Db }, { items, total }) {
    const ids = [...new Set(items.map(({ organizationId }) => organizationId))];
    const names = await namesOf(db, ids);
    const rows = ids.map((id) => ({
      id,
      name: names.get(id) ?? '',
      words: items.filter(({ organizationId }) => organizationId === id).map(({ words }) => words),
    }));
    return directoryNewsMessage({ rows, hidden: total - items.length });
  },
});
