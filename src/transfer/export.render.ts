// An export's files, made when they are delivered.

import { csvFile } from '../chat/csv-file.ts';
import type { People } from '../chat/people.ts';
import { placeOf } from '../chat/place.ts';
import { scopeOf } from '../chat/standing.ts';
import type { Db } from '../db/database.ts';
import type { Scope } from '../db/scope.ts';
import type { Clock } from '../lib/clock.ts';
import { renders } from '../notices/notice.ts';
import { queryOfButton } from '../overview/list-filter.ts';
import type { MessageFile } from '../webex/messages.ts';
import { readCustomerPaths } from './customer-paths.store.ts';
import type { CustomerPaths } from './customer-paths.ts';
import { type ExportedOrganization, exportedPages } from './export.store.ts';
import { exportMessage } from './export.view.ts';
import { type ExportFormat, exportFileName, exportPage } from './export-rules.ts';
import { EXPORTED_COLUMNS, type ExportedFields, exportedFields } from './exported-fields.ts';
import { exportNotice } from './transfer.notice.ts';

interface Deps {
  db: Db;
  clock: Clock;
  people: People;
}

export const exportRenderer = renders(exportNotice, {
  askedBy: (_deps, { askedBy }) => askedBy.email,
  async render({ db, clock, people }: Deps, { query, askedBy, format, after, until, part, parts }, addressee) {
    const now = clock.now();
    const scope: Scope = await scopeOf(db, await people.whoIs(askedBy.personId), placeOf(addressee).roomId);
    const paths = await readCustomerPaths(db, scope);
    const pages = exportedPages(db, { scope, query: queryOfButton(query), now, after, until, limit: exportPage });
    const { file, count } = await fileOf(pages, { paths, now, format, name: exportFileName(format, part, parts) });
    return exportMessage({ file, count, part, parts });
  },
});

async function fileOf(
  pages: AsyncIterable<ExportedOrganization[]>,
  { paths, now, format, name }: { paths: CustomerPaths; now: Date; format: ExportFormat; name: string },
): Promise<{ file: MessageFile; count: number }> {
  let count = 0;
  async function* fields(): AsyncGenerator<ExportedFields[]> {
    for await (const page of pages) {
      count += page.length;
      yield page.map((one) => exportedFields(one, { paths, now }));
    }
  }
  const file = format === 'csv' ? await csvFile(name, EXPORTED_COLUMNS, fields()) : await jsonFile(name, fields());
  return { file, count };
}

/** An array with an object for each organization, a line each. */
async function jsonFile(name: string, batches: AsyncIterable<readonly ExportedFields[]>): Promise<MessageFile> {
  const chunks: Buffer[] = [];
  for await (const batch of batches) {
    const lines = batch.map((fields) => JSON.stringify(fields, [...EXPORTED_COLUMNS]));
    chunks.push(Buffer.from(`${chunks.length === 0 ? '[\n' : ',\n'}${lines.join(',\n')}`));
  }
  chunks.push(Buffer.from(chunks.length === 0 ? '[]\n' : '\n]\n'));
  return { name, contentType: 'application/json', bytes: Buffer.concat(chunks) };
}
