// What fall-backs have taken over, and which could not any more, as a space reads it.

import { NAMED_IN_NOTICE } from '../../chat/named.ts';
import type { Db } from '../../db/database.ts';
import { renders } from '../../notices/notice.ts';
import { deletedMessage } from '../../organizations/deleted.view.ts';
import { organizationsWithConnection } from '../connection.store.ts';
import { fallBackEndedMessage, fellBackMessage } from './fall-back.view.ts';
import { fallBackEndedNotice } from './fall-back-ended.notice.ts';
import { asFallBack } from './fall-back-rules.ts';
import { fellBackNotice } from './fell-back.notice.ts';

export const fellBackRenderer = renders(fellBackNotice, {
  mustBeHeard: true,
  async render({ db }: { db: Db }, { items }) {
    const byId = new Map(items.map((item) => [item.organizationId, item]));
    const rows = (await organizationsWithConnection(db, [...byId.keys()])).flatMap(({ organization: { id, name } }) => {
      const item = byId.get(id);
      return item ? [{ id, name, ...item }] : [];
    });
    if (rows.length === 0) return deletedMessage;
    return fellBackMessage({ rows: rows.slice(0, NAMED_IN_NOTICE), total: rows.length });
  },
});

export const fallBackEndedRenderer = renders(fallBackEndedNotice, {
  mustBeHeard: true,
  async render({ db }: { db: Db }, { organizationId }) {
    const [found] = await organizationsWithConnection(db, [organizationId]);
    if (!found) return deletedMessage;
    const { organization, connection } = found;
    const way = asFallBack(connection?.fallbackWay ?? null);
    return fallBackEndedMessage({ organization, way, code: connection?.fallbackRefusal ?? null });
  },
});
