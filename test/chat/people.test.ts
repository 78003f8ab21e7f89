// Who acts: rights go by who Webex says is behind an id, which is asked for anew after minutes, and costs no look-up before.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPeople, type People } from '../../src/chat/people.ts';
import { createWebexClient } from '../../src/webex/client.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';

let store: TestDatabase;
let people: People;
/** Starts with an empty memory, on the same store. */
let restarted: () => People;
let emailsAtWebex: string[] = [];
let asked = 0;
let now = new Date('2026-03-01T12:00:00Z');

const server = createServer((request, response) => {
  asked += 1;
  const id = request.url?.split('/').at(-1);
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ id, emails: emailsAtWebex, displayName: 'Ada Lindqvist', orgId: 'organization' }));
});

beforeAll(async () => {
  store = await openTestDatabase();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const clock = { now: () => now, sleep: () => Promise.resolve() };
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const bot = createWebexClient({ baseUrl, accessToken: 'token', clock });
  restarted = () => createPeople({ db: store.db, bot, clock, admins: ['ada@meridian.example'] });
});
beforeEach(() => {
  people = restarted();
  asked = 0;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await store.close();
});

describe('people', () => {
  it('are known with ASCII letters in lower case, and by their first address', async () => {
    emailsAtWebex = ['BEN@Meridian.example', 'ada@meridian.example'];
    expect(await people.whoIs('asked')).toMatchObject({
      personId: 'asked',
      email: 'ben@meridian.example',
      webexOrgId: 'organization',
      rights: 'none',
    });
    expect(asked).toBe(1);
  });

  it('are asked for once, by many at a time and also over a restart', async () => {
    emailsAtWebex = ['carol@acme.example'];
    await Promise.all([people.whoIs('once'), people.whoIs('once'), people.whoIs('once')]);
    await people.whoIs('once');
    await restarted().whoIs('once');
    expect(asked).toBe(1);
  });

  it('S2: are asked for again after ten minutes, in this process and after a restart', async () => {
    emailsAtWebex = ['ada@meridian.example'];
    expect((await people.whoIs('renamed')).rights).toBe('configured');
    emailsAtWebex = ['carol@elsewhere.example'];
    now = new Date(now.getTime() + 11 * 60_000);
    expect(await people.whoIs('renamed')).toMatchObject({ email: 'carol@elsewhere.example', rights: 'none' });
    expect((await restarted().whoIs('renamed')).email).toBe('carol@elsewhere.example');
    expect(asked).toBe(2);
  });

  it('S2: are asked for again at once where a message came with another address', async () => {
    emailsAtWebex = ['old@meridian.example'];
    await people.whoWrites('changed', 'Old@meridian.example');
    emailsAtWebex = ['new@meridian.example'];
    expect((await people.whoWrites('changed', 'NEW@meridian.example')).email).toBe('new@meridian.example');
    expect((await restarted().whoIs('changed')).email).toBe('new@meridian.example');
    expect(asked).toBe(2);
  });

  it('S2: have no rights where Webex contradicts itself', async () => {
    emailsAtWebex = ['eve@meridian.example'];
    const { rights } = await people.whoWrites('eve', 'ada@meridian.example');
    expect(rights).toBe('none');
  });

  it('without any e-mail have none, and so no authority', async () => {
    emailsAtWebex = [];
    expect(await people.whoIs('nameless')).toMatchObject({ email: '', rights: 'none' });
  });
});
