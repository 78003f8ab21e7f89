// One import of `COUNT` new organizations, in a process of its own: the file is checked and written by the program's own modules, or, with `PLAIN`, each row is
// read and inserted alone. Prints seconds and the highest resident memory.

import { randomBytes, randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { load } from './program.ts';

const { COUNT = '0', PLAIN, DATABASE_URL, DATA_DIR = '.' } = process.env;
const count = Number(COUNT);
const now = new Date();

const file = Buffer.from(
  [
    'name,account_number_external,account_email,notes',
    ...Array.from(
      { length: count },
      (_, index) => `Customer ${index},${randomUUID()},it@customer-${index}.example,"Two sites; ring first"`,
    ),
  ].join('\n'),
);

const { openDatabase } = await load<{
  openDatabase(options: object): Promise<{ db: unknown; close(): Promise<void> }>;
}>('db/open/open.js');
const { queues } = await load<{ queues: unknown }>('features.js');
const database = await openDatabase({ url: DATABASE_URL, dataDir: DATA_DIR, queues });
const { db } = database;
const startedAtMs = performance.now();
const secondsSince = (ms: number) => (performance.now() - ms) / 1000;

async function plainLoop(): Promise<object> {
  const { insertOrganization } = await load<{
    insertOrganization(db: unknown, organization: object): Promise<unknown>;
  }>('organizations/organization.store.js');
  const rows = parse(file, { columns: true }) as Record<string, string>[];
  for (const row of rows) {
    await insertOrganization(db, {
      ...row,
      ...{ id: randomUUID(), account_number: 'none', wholesale_status: false, webex_contact_center: false },
      ...{ dirsync_enabled: false, sync: true, roomId: 'room', createdBy: 'ada', createdAt: now, updatedAt: now },
    });
  }
  return { writeSeconds: secondsSince(startedAtMs) };
}

async function importFile(): Promise<object> {
  const { createSealer } = await load<{ createSealer(keys: object[]): unknown }>('db/seal/seal.js');
  const { bindSealer } = await load<{ bindSealer(db: unknown, sealer: unknown): void }>('db/store-sealer.js');
  const { addImport } = await load<{ addImport(db: unknown, row: object): Promise<unknown> }>(
    'transfer/import.store.js',
  );
  const { createTransaction } = await load<{ createTransaction(db: unknown, row: object): Promise<number> }>(
    'transactions/transaction.store.js',
  );
  const { checkFile } = await load<{ checkFile(deps: object, input: object): Promise<object> }>(
    'transfer/check-file.js',
  );
  const { writeBatch } = await load<{ writeBatch(deps: object, batch: object): Promise<number> }>(
    'transfer/write-batch.js',
  );
  const { readCustomerPaths } = await load<{ readCustomerPaths(db: unknown, scope: object): Promise<unknown> }>(
    'transfer/customer-paths.store.js',
  );
  const { PROVIDER_ID } = await load<{ PROVIDER_ID: string }>('customers/customers.schema.js');
  const sealer = createSealer([{ id: 'k1', key: randomBytes(32) }]);
  bindSealer(db, sealer);
  const scope = { within: 'all' };
  const importId = randomUUID();
  const place = { roomId: 'room', parentMessageId: null };
  const by = { personId: 'ada', email: 'ada@meridian.example' };
  await addImport(db, {
    ...{ id: importId, eventId: importId, status: 'reading', personId: by.personId, askedBy: by.email },
    ...{ roomId: 'room', contentId: 'file', createdAt: now },
  });
  const paths = await readCustomerPaths(db, scope);
  // Nothing else follows from a row here: no organization has a connection, and none stood elsewhere before.
  const hooks = { recordHooks: [], treeHooks: [], settingsEffects: [] };
  const deps = { db, sealer, clock: { now: () => new Date() }, ...hooks };
  await checkFile(deps, { importId, bytes: file, scope, paths, customerId: PROVIDER_ID });
  const checkSeconds = secondsSince(startedAtMs);
  const transactionId = await createTransaction(db, {
    ...{ action: 'import', organizationId: null, organizationName: 'many', requestedBy: by.email },
    ...{ ...place, submittedAt: now, steps: ['import_rows'] },
  });
  const writtenFromMs = performance.now();
  const batch = { importId, transactionId, scope, by, roomId: 'room', limit: 500 };
  while ((await writeBatch(deps, batch)) > 0);
  return { checkSeconds, writeSeconds: secondsSince(writtenFromMs) };
}

const baseMb = process.memoryUsage().rss / 1024 / 1024;
const seconds = await (PLAIN === undefined ? importFile() : plainLoop());
const peakMb = process.resourceUsage().maxRSS / 1024;
await database.close();
process.stdout.write(`${JSON.stringify({ ...seconds, baseMb, peakMb })}\n`);
process.exit();
