// The audit as a CSV file, of what whoever asked may see.

import { listAudit } from '../audit/audit-list.store.ts';
import type { AuditEntry } from '../audit/chain.ts';
import { type CsvCells, csvFile } from '../chat/csv-file.ts';
import type { People } from '../chat/people.ts';
import { placeOf } from '../chat/place.ts';
import { scopeOf } from '../chat/standing.ts';
import type { Db } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import { renders } from '../notices/notice.ts';
import { auditExportMessage } from './audit.view.ts';
import { auditExportNotice } from './audit-export.notice.ts';

interface Deps {
  db: Db;
  clock: Clock;
  people: People;
}

/** As many entries as one file gets, and as many as are read at a time. */
const mostRows = 50_000;
const pageSize = 1_000;

export const auditExportRenderer = renders(auditExportNotice, {
  askedBy: (_deps: Deps, { askedBy }) => askedBy.email,
  async render({ db, clock, people }: Deps, { askedBy, since, ...filter }, addressee) {
    const scope = await scopeOf(db, await people.whoIs(askedBy.personId), placeOf(addressee).roomId);
    const asked = { scope, filter: { ...filter, since: since === undefined ? undefined : new Date(since) } };
    let rows = 0;
    async function* batches(): AsyncGenerator<CsvCells[]> {
      for (let olderThan: number | undefined; rows < mostRows; ) {
        const page = await listAudit(db, { ...asked, olderThan, limit: pageSize });
        yield page.rows.map(cellsOf);
        rows += page.rows.length;
        olderThan = page.rows.at(-1)?.sequence;
        if (!page.hasOlder) break;
      }
    }
    const name = `audit-${clock.now().toISOString().slice(0, 10)}.csv`;
    const file = await csvFile(name, Object.values(columns), batches());
    const { text } = auditExportMessage({ rows, mostRows });
    return rows === 0 ? { text } : { text, file };
  },
});

const columns = {
  sequence: 'sequence',
  at: 'at',
  act: 'act',
  byEmail: 'by_email',
  byPersonId: 'by_person_id',
  roomId: 'room_id',
  organizationId: 'organization_id',
  organizationName: 'organization_name',
  customerId: 'customer_id',
  person: 'person',
  before: 'before',
  after: 'after',
  hash: 'hash',
} as const satisfies Record<keyof AuditEntry, string>;

const columnOf = Object.entries(columns) as [keyof AuditEntry, string][];

const cellsOf = (entry: AuditEntry): CsvCells =>
  Object.fromEntries(columnOf.map(([key, column]) => [column, key === 'at' ? entry.at.toISOString() : entry[key]]));
