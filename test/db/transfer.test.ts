// Imports and exports on the store: an export that is read again is the same in each row, rows are written once, and pages miss nothing.
import { randomUUID } from 'node:crypto';
import { desc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditEntries } from '../../src/audit/audit.schema.ts';
import { csvFile } from '../../src/chat/csv-file.ts';
import { PROVIDER_ID } from '../../src/customers/customers.schema.ts';
import { insertCustomer, readCustomer } from '../../src/customers/tree.store.ts';
import { everything } from '../../src/db/scope.ts';
import { createSealer } from '../../src/db/seal/seal.ts';
import { proxyPlace } from '../../src/db/seal/sealed-places.ts';
import { checkOrganization } from '../../src/organizations/check-organization.ts';
import { insertLabel, labelsOfMany } from '../../src/organizations/labels/label.store.ts';
import { insertOrganizations } from '../../src/organizations/organization.store.ts';
import { ORGANIZATION_FIELDS } from '../../src/organizations/organization-fields.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { everyOrganization } from '../../src/overview/list-filter.ts';
import { createTransaction } from '../../src/transactions/transaction.store.ts';
import { checkFile } from '../../src/transfer/check-file.ts';
import { readCustomerPaths } from '../../src/transfer/customer-paths.store.ts';
import { exportedPages, exportFiles } from '../../src/transfer/export.store.ts';
import { EXPORTED_COLUMNS, exportedFields } from '../../src/transfer/exported-fields.ts';
import { addImport, countOutcomes, countVerdicts, lockUnwritten, readRows } from '../../src/transfer/import.store.ts';
import { writeBatch } from '../../src/transfer/write-batch.ts';
import { encryptionKey, openTestDatabase, type TestDatabase } from '../helpers/database.ts';

const now = new Date('2026-03-01T12:00:00Z');
const sealer = createSealer([{ id: 'test', key: encryptionKey }]);
let store: TestDatabase;

beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());

async function newImport(): Promise<string> {
  const id = randomUUID();
  const row = { personId: 'p1', askedBy: 'ada@meridian.example', roomId: 'r1', contentId: 'c1', createdAt: now };
  await addImport(store.db, { id, eventId: id, status: 'reading', ...row });
  return id;
}

async function check(bytes: Buffer | string): Promise<string> {
  const importId = await newImport();
  const paths = await readCustomerPaths(store.db, everything);
  const judging = { importId, scope: everything, paths, customerId: PROVIDER_ID };
  const checked = await checkFile(writing(), { ...judging, bytes: Buffer.from(bytes as string) });
  if ('problems' in checked) throw new Error(checked.problems.map(({ what }) => what).join(' '));
  return importId;
}

/** Texts as they come: formulas, quotation marks, separators, line breaks, other scripts. */
const odd = fc.string({
  unit: fc.constantFrom('=', '+', '@', "'", '"', ',', ';', '\n', ' ', 'a', 'ß', '日', '\u{1F4A1}'),
});
const anyRecord = fc.record({
  name: odd,
  notes: odd,
  account_email: fc.constantFrom('', 'it@example.com', "o'neil+x@example.com"),
  email_domain: fc.constantFrom('', 'example.com'),
  sync: fc.boolean(),
  wholesale_status: fc.boolean(),
  dirsync_enabled: fc.boolean(),
  default_calling_behaviour: fc.constantFrom(
    '',
    ...(ORGANIZATION_FIELDS.find(({ name }) => name === 'default_calling_behaviour')?.choices ?? []).map(
      ({ value }) => value,
    ),
  ),
  base_url_setting: fc.constantFrom(
    '',
    ...(ORGANIZATION_FIELDS.find(({ name }) => name === 'base_url_setting')?.choices ?? []).map(({ value }) => value),
  ),
  https_proxy: fc.constantFrom('', 'http://u:p@proxy.example.com:3128'),
});

it('finds that every row of an export is the same, whatever the records hold', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyRecord, { minLength: 1, maxLength: 12 }), async (typed) => {
      await store.db.delete(organizations);
      const records = typed.flatMap((one) => {
        const checked = checkOrganization({ ...one, account_number_external: randomUUID() });
        if ('problems' in checked) return [];
        const id = randomUUID();
        const { https_proxy: proxy, ...values } = checked.values;
        const https_proxy = proxy === null ? null : sealer.seal(proxy, proxyPlace('https_proxy', id));
        return [{ ...values, https_proxy, id, roomId: 'r1', createdBy: 'ada', createdAt: now, updatedAt: now }];
      });
      await insertOrganizations(store.db, records);
      const paths = await readCustomerPaths(store.db, everything);
      const pages = exportedPages(store.db, {
        scope: everything,
        query: everyOrganization,
        now,
        after: null,
        until: null,
        limit: 5,
      });
      async function* fields() {
        for await (const page of pages) yield page.map((organization) => exportedFields(organization, { paths, now }));
      }
      const { bytes } = await csvFile('x.csv', EXPORTED_COLUMNS, fields());
      if (records.length === 0) return;
      const importId = await check(bytes);
      expect(await countVerdicts(store.db, importId)).toEqual({ new: 0, changed: 0, same: records.length, wrong: 0 });
    }),
    { numRuns: 15 },
  );
});

it('divides an export into files that miss nothing and share nothing', async () => {
  await store.db.delete(organizations);
  const records = Array.from({ length: 23 }, (_, index) => ({
    ...{ id: randomUUID(), name: `Same name ${index % 3}`, account_number_external: randomUUID(), account_number: 'x' },
    ...{ wholesale_status: false, webex_contact_center: false, dirsync_enabled: false, sync: true },
    ...{ roomId: 'r1', createdBy: 'ada', createdAt: now, updatedAt: now },
  }));
  await insertOrganizations(store.db, records);
  const asked = { scope: everything, query: everyOrganization, now };
  const { total, ends } = await exportFiles(store.db, { ...asked, fileBytes: 7_000 });
  expect(total).toBe(23);
  expect(ends.length).toBeGreaterThan(2);
  const bounds = [null, ...ends, null];
  const found: string[] = [];
  for (const [at, after] of bounds.slice(0, -1).entries()) {
    const pages = exportedPages(store.db, { ...asked, after, until: bounds[at + 1] ?? null, limit: 2 });
    for await (const page of pages) found.push(...page.map(({ organization }) => organization.id));
  }
  expect(found.toSorted()).toEqual(records.map(({ id }) => id).toSorted());
});

async function transactionFor(importId: string): Promise<number> {
  const place = { roomId: 'r1', parentMessageId: null };
  const about = { action: 'import', organizationId: null, organizationName: importId, requestedBy: 'ada' };
  return createTransaction(store.db, { ...about, ...place, submittedAt: now, steps: ['import_rows'] });
}

/** Nothing else follows from what is written. */
const writing = () => ({
  ...{ db: store.db, sealer, clock: { now: () => now, sleep: async () => undefined } },
  ...{ recordHooks: [], treeHooks: [], settingsEffects: [], jobs: undefined as never },
});

it('writes each row once where several write at the same time', async () => {
  const lines = Array.from({ length: 30 }, (_, index) => `Customer ${index},${randomUUID()}`);
  const importId = await check(['name,account_number_external', ...lines].join('\n'));
  const transactionId = await transactionFor(importId);
  const by = { personId: 'p1', email: 'ada@meridian.example' };
  const batch = { importId, transactionId, scope: everything, by, roomId: 'r1', limit: 7 };
  const deps = writing();
  const writeAll = async () => {
    while ((await writeBatch(deps, batch)) > 0);
  };
  await Promise.all([writeAll(), writeAll(), writeAll()]);
  expect(await countOutcomes(store.db, importId)).toEqual(new Map([['created', 30]]));
  const rows = await readRows(store.db, { importId, limit: 100 });
  for (const { webexUuid, organizationId } of rows) {
    const found = await store.db
      .select()
      .from(organizations)
      .where(eq(organizations.account_number_external, webexUuid ?? ''));
    expect(found.map(({ id }) => id)).toEqual([organizationId]);
  }
});

it('notes of a number that has got a record since the check that it is taken', async () => {
  const number = randomUUID();
  const [one, other] = [
    await check(`name,account_number_external\nOne,${number}`),
    await check(`name,account_number_external\nOther,${number}`),
  ];
  const by = { personId: 'p1', email: 'ada@meridian.example' };
  const deps = writing();
  for (const importId of [one, other]) {
    const transactionId = await transactionFor(importId);
    await writeBatch(deps, { importId, transactionId, scope: everything, by, roomId: 'r1', limit: 10 });
  }
  expect([...(await countOutcomes(store.db, other)).keys()]).toEqual(['taken']);
  expect(await lockUnwritten(store.db, { importId: other, limit: 10 })).toEqual([]);
});

it('notes in the audit which labels were taken, and by their names the customers between which a record moved', async () => {
  const number = randomUUID();
  const by = { personId: 'p1', email: 'ada@meridian.example' };
  const parent = await readCustomer(store.db, PROVIDER_ID);
  if (!parent) throw new Error('the store has no node for the provider');
  const oldtown = randomUUID();
  for (const [id, name] of Object.entries({ [oldtown]: 'Oldtown', [randomUUID()]: 'Newtown' }))
    await insertCustomer(store.db, { parent, id, name, kind: 'customer', by: by.email, now });
  const write = async (header: string, row: string) => {
    const importId = await check(`name,account_number_external,${header}\nOne,${number},${row}`);
    const transactionId = await transactionFor(importId);
    await writeBatch(writing(), { importId, transactionId, scope: everything, by, roomId: 'r1', limit: 10 });
    const [entry] = await store.db.select().from(auditEntries).orderBy(desc(auditEntries.sequence)).limit(1);
    return [JSON.parse(entry?.before ?? '{}'), JSON.parse(entry?.after ?? '{}')];
  };
  const [, added] = await write('customer,labels', 'Oldtown,gold vip');
  expect(added).toMatchObject({ customer: 'Oldtown', labels: 'gold vip' });
  expect(await write('labels', '')).toEqual([{ labels: 'gold vip' }, { labels: '' }]);
  expect(await write('customer', 'Newtown')).toEqual([
    { customer: 'Oldtown', left_id: oldtown },
    { customer: 'Newtown' },
  ]);
});

it('leaves alone a record whose labels somebody changed after the check', async () => {
  const number = randomUUID();
  const by = { personId: 'p1', email: 'ada@meridian.example' };
  const write = async (importId: string) => {
    const transactionId = await transactionFor(importId);
    await writeBatch(writing(), { importId, transactionId, scope: everything, by, roomId: 'r1', limit: 10 });
    return [...(await countOutcomes(store.db, importId)).keys()];
  };
  expect(await write(await check(`name,account_number_external,labels\nOne,${number},gold`))).toEqual(['created']);
  const later = await check(`name,account_number_external,labels\nOne,${number},silver`);
  const [record] = await store.db.select().from(organizations).where(eq(organizations.account_number_external, number));
  const organizationId = record?.id ?? '';
  await insertLabel(store.db, { organizationId, label: 'vip', givenBy: 'ben@meridian.example', givenAt: now });
  expect(await write(later)).toEqual(['conflict']);
  const labels = await labelsOfMany(store.db, [organizationId]);
  expect(labels.get(organizationId)).toEqual(['gold', 'vip']);
});
