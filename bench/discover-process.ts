// Looks at a partner with `COUNT` organizations, in a process of its own and by the program's own modules, over HTTP. Prints milliseconds and the highest
// resident memory. Webex's answer is made in this process, and counts as memory that was there before.

import { randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { load } from './program.ts';

const { COUNT = '0', DATABASE_URL, DATA_DIR = '.' } = process.env;
const now = new Date();

const idOf = (uuid: string) => Buffer.from(`ciscospark://us/ORGANIZATION/${uuid}`).toString('base64url');
const own = randomUUID();
const items = [own, ...Array.from({ length: Number(COUNT) }, () => randomUUID())].map((uuid, number) => ({
  id: idOf(uuid),
  displayName: `Customer ${number}`,
  created: now.toISOString(),
}));
const answer = Buffer.from(JSON.stringify({ items }));
const noTags = Buffer.from('[]');
const webex = createServer(
  ({ url = '' }, response) => void response.end(url.includes('/partner/tags') ? noTags : answer),
);
await new Promise<void>((resolve) => webex.listen(0, '127.0.0.1', resolve));
const baseUrl = `http://127.0.0.1:${(webex.address() as AddressInfo).port}/v1`;

const { openDatabase } = await load<{
  openDatabase(options: object): Promise<{ db: unknown; close(): Promise<void> }>;
}>('db/open/open.js');
const { queues } = await load<{ queues: unknown }>('features.js');
const { createSealer } = await load<{
  createSealer(keys: object[]): { seal(plain: string, place: object): string };
}>('db/seal/seal.js');
const { insertOrganization } = await load<{
  insertOrganization(db: unknown, row: object): Promise<{ id: string }>;
}>('organizations/organization.store.js');
const { saveConnection } = await load<{
  saveConnection(db: unknown, row: object, rules: object): Promise<void>;
}>('connections/connection.store.js');
const { defaultSettings } = await load<{ defaultSettings: object }>('settings/settings.js');
const { createWebexClient } = await load<{ createWebexClient(options: object): unknown }>('webex/client.js');
const { lookAtPartner } = await load<{
  lookAtPartner(deps: object, partner: object): Promise<{ outcome: string }>;
}>('discovery/look-at-partner.js');
const { countSights, listSighted } = await load<{
  countSights(db: unknown, partnerId: string): Promise<{ new: number }>;
  listSighted(db: unknown, asked: object): Promise<unknown[]>;
}>('discovery/managed.store.js');

const database = await openDatabase({ url: DATABASE_URL, dataDir: DATA_DIR, queues });
const { db } = database;
const sealer = createSealer([{ id: 'k1', key: randomBytes(32) }]);
const clock = { now: () => new Date() };
const id = randomUUID();
const partner = await insertOrganization(db, {
  ...{ id, name: 'Meridian', account_number_external: own, account_number: idOf(own), servesAsPartner: true },
  ...{ wholesale_status: false, webex_contact_center: false, dirsync_enabled: false, sync: false },
  ...{ roomId: 'room', createdBy: 'ada', createdAt: now, updatedAt: now },
});
const later = new Date(now.getTime() + 7 * 86_400_000);
const sealed = (column: string) => sealer.seal('a-token', { table: 'connections', column, id });
await saveConnection(
  db,
  {
    ...{ organizationId: id, accessToken: sealed('access_token'), refreshToken: sealed('refresh_token') },
    ...{ accessTokenExpiresAt: later, refreshTokenExpiresAt: later, obtainedAt: now, refreshDueAt: later },
    ...{ scopes: [], authorizedPersonId: 'ada', authorizedEmail: 'ada', byPartner: false, connectedAt: now },
  },
  defaultSettings,
);
const connectAs = (accessToken: string) => createWebexClient({ baseUrl, accessToken, clock });
const jobs = { send: async () => true, wake() {} };
const deps = { db, jobs, sealer, clock, connectAs, recordHooks: [] };

async function timed(run: () => Promise<unknown>): Promise<number> {
  const fromMs = performance.now();
  await run();
  return performance.now() - fromMs;
}

async function look(): Promise<void> {
  const { outcome } = await lookAtPartner(deps, partner);
  if (outcome !== 'looked') throw new Error(`the partner was not looked at: ${outcome}`);
}

async function page(): Promise<void> {
  const counts = await countSights(db, id);
  const rows = await listSighted(db, { partnerId: id, sight: 'new', offset: 5_000 % Number(COUNT), limit: 10 });
  if (counts.new !== Number(COUNT) || rows.length !== 10) throw new Error('the page is not the right one');
}

const baseMb = process.memoryUsage().rss / 1024 / 1024;
const firstMs = await timed(look);
const againMs = await timed(look);
const pageMs = await timed(page);
const peakMb = process.resourceUsage().maxRSS / 1024;
await database.close();
process.stdout.write(`${JSON.stringify({ firstMs, againMs, pageMs, baseMb, peakMb })}\n`);
process.exit();
