// Who acts: authority goes by the e-mail, so it must be right in whatever case Webex writes it, and cost no look-up once it is known.
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
  restarted = () => createPeople({ db: store.db, bot, clock });
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
  it('are known in lower case, from a message and from Webex alike', async () => {
    expect(await people.met('met', 'Ada@Meridian.EXAMPLE')).toEqual({
      personId: 'met',
      email: 'ada@meridian.example',
      webexOrgId: null,
    });
    emailsAtWebex = ['BEN@Meridian.example', 'ben@elsewhere.example'];
    expect(await people.whoIs('asked')).toEqual({
      personId: 'asked',
      email: 'ben@meridian.example',
      webexOrgId: 'organization',
    });
    expect(asked).toBe(1);
  });

  it('are asked for once, also over a restart', async () => {
    emailsAtWebex = ['carol@acme.example'];
    await people.whoIs('once');
    await people.whoIs('once');
    await restarted().whoIs('once');
    expect(asked).toBe(1);
  });

  it('are asked for again after a day, in this process and after a restart', async () => {
    emailsAtWebex = ['carol@acme.example'];
    await people.whoIs('renamed');
    emailsAtWebex = ['carol@elsewhere.example'];
    now = new Date(now.getTime() + 25 * 60 * 60_000);
    expect((await people.whoIs('renamed')).email).toBe('carol@elsewhere.example');
    expect((await restarted().whoIs('renamed')).email).toBe('carol@elsewhere.example');
    expect(asked).toBe(2);
  });

  it('go by the e-mail of their last message when it has changed', async () => {
    await people.met('changed', 'old@meridian.example');
    await people.met('changed', 'new@meridian.example');
    expect((await people.whoIs('changed')).email).toBe('new@meridian.example');
    expect((await restarted().whoIs('changed')).email).toBe('new@meridian.example');
    expect(asked).toBe(0);
  });

  it('without any e-mail have none, and so no authority', async () => {
    emailsAtWebex = [];
    expect((await people.whoIs('nameless')).email).toBe('');
  });
});
