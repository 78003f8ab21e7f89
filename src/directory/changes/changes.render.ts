// Messages about changes: what scheduled syncs found, and the file of what whoever asked may see.

import { type CsvCells, csvFile } from '../../chat/csv-file.ts';
import type { People } from '../../chat/people.ts';
import { placeOf } from '../../chat/place.ts';
import { scopeOf } from '../../chat/standing.ts';
import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import { renders } from '../../notices/notice.ts';
import { countChanges, listChanges, type NamedChange, syncsNamed } from './change.store.ts';
import { changesFileNotice, changesFoundNotice } from './changes.notice.ts';
import { changesFileMessage, changesFoundMessage } from './changes.view.ts';

interface Deps {
  db: Db;
  clock: Clock;
  people: People;
}

export const changesFoundRenderer = renders(changesFoundNotice, {
  async render({ db }: Deps, { transactionIds, total }) {
    const counts = await countChanges(db, transactionIds);
    const named = await syncsNamed(db, transactionIds);
    const rows = named.map(({ transactionId, ...organization }) => ({
      ...organization,
      counts: counts.filter((count) => count.transactionId === transactionId),
    }));
    return changesFoundMessage({ rows, total });
  },
});

/** As many changes as one file gets, and as many as are read at a time. */
const mostRows = 50_000;
const pageSize = 1_000;

const columns = [
  'id',
  'seen_at',
  'organization',
  'organization_id',
  'kind',
  'name',
  'webex_id',
  'what',
  'before',
  'after',
  'transaction',
] as const;

export const changesFileRenderer = renders(changesFileNotice, {
  askedBy: (_deps: Deps, { askedBy }) => askedBy.email,
  async render({ db, clock, people }: Deps, { askedBy, since, organizationId }, addressee) {
    const scope = await scopeOf(db, await people.whoIs(askedBy.personId), placeOf(addressee).roomId);
    const query = { organizationId, since: since === undefined ? undefined : new Date(since) };
    let rows = 0;
    async function* batches(): AsyncGenerator<CsvCells[]> {
      for (let olderThan: number | undefined; rows < mostRows; ) {
        const page = await listChanges(db, { scope, query, olderThan, limit: pageSize });
        yield page.rows.map(cellsOf);
        rows += page.rows.length;
        olderThan = page.rows.at(-1)?.id;
        if (!page.hasOlder) break;
      }
    }
    const file = await csvFile(`changes-${clock.now().toISOString().slice(0, 10)}.csv`, columns, batches());
    const { text } = changesFileMessage({ rows, mostRows });
    return rows === 0 ? { text } : { text, file };
  },
});

const cellsOf = (row: NamedChange): Record<(typeof columns)[number], string | number | null> => ({
  id: row.id,
  seen_at: row.seenAt.toISOString(),
  organization: row.organizationName,
  organization_id: row.organizationId,
  kind: row.kind,
  name: row.name,
  webex_id: row.webexId,
  what: row.what,
  before: row.before && JSON.stringify(row.before),
  after: row.after && JSON.stringify(row.after),
  transaction: row.transactionId,
});
