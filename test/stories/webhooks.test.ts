// How events come in: only genuine ones, each answered once, whatever Webex, the network or a restart does meanwhile.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { inboxEvents } from '../../src/chat/chat.schema.ts';
import { spaces } from '../../src/spaces/spaces.schema.ts';
import { askedLast, deliver, envelope, eventually, faultsOf, idsSaid, saidSoFar, signed } from '../helpers/story.ts';
import { type Actor, type Said, startTestApp, type TestApp, titlesOf } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let space: string;
let faults: ReturnType<typeof faultsOf>;

beforeAll(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  space = testApp.room('direct');
  faults = faultsOf(testApp);
  await ada.reads(space, /Hello, I am/);
  await ada.reads(testApp.room('group'), /Hello, I am/);
});
afterAll(() => testApp.close());

/** The ids of all that the bot has said in the space since. */
const said = (after: Said) => idsSaid(testApp, ada, { space, words: /./, after });
const events = () => testApp.withStore((db) => db.select().from(inboxEvents));

describe('a delivery that is not genuine', () => {
  const body = envelope('messages', { id: 'somebody-made-this-up', roomId: 'somewhere', personId: 'somebody' });
  const other = envelope('messages', { id: 'another', roomId: 'somewhere', personId: 'somebody' });

  it.each([
    ['has no signature', () => [body, {}]],
    ['has an empty one', () => [body, { 'x-spark-signature': '' }]],
    ['has the signature of another body', () => [body, signed(testApp, other)]],
    ['is the right JSON in other bytes', () => [JSON.stringify(JSON.parse(body), null, 1), signed(testApp, body)]],
    ['has only a SHA-256 signature', () => [body, signed(testApp, body, 'sha256')]],
  ] as [string, () => [string, Record<string, string>]][])('%s: 401, and nothing is kept', async (_how, made) => {
    const [sent, headers] = made();
    const response = await deliver(testApp, sent, headers);
    expect(response.status).toBe(401);
    expect(await response.text()).toBe('');
  });

  it('too large to be an event of Webex is refused before it is read', async () => {
    expect((await deliver(testApp, 'x'.repeat(2_000_000))).status).toBe(413);
  });

  it('left no trace', async () => {
    const rows = await events();
    expect(rows.filter(({ resourceId }) => ['somebody-made-this-up', 'another'].includes(resourceId))).toEqual([]);
  });
});

describe('a genuine delivery', () => {
  const sound = { resource: 'messages', event: 'created', data: { id: 'an-odd-one', roomId: 'r', personId: 'p' } };
  const odd: [string, string][] = [
    ['no JSON', 'event=created'],
    ['nothing at all', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['no event', '{"resource":"messages"}'],
    ['an event without an id', JSON.stringify({ ...sound, data: { ...sound.data, id: null } })],
    ['an event without data', JSON.stringify({ ...sound, data: null })],
    ['more than Webex sends', 'x'.repeat(70_000)],
    ['an id that no index can hold', JSON.stringify({ ...sound, data: { id: 'x'.repeat(5_000) } })],
    ['a resource of another kind', JSON.stringify({ ...sound, resource: { name: 'messages' } })],
    [
      'nulls',
      JSON.stringify({
        ...sound,
        actorId: null,
        orgId: null,
        data: { id: 'odd-1', roomId: null, personId: null, created: null },
      }),
    ],
    ['numbers', JSON.stringify({ ...sound, actorId: 7, data: { id: 42, roomId: 1, personId: 2, created: 3 } })],
    ['a byte order mark', `\uFEFF${JSON.stringify({ ...sound, data: { ...sound.data, id: 'odd-2' } })}`],
    ['a NUL in its id', JSON.stringify({ ...sound, data: { ...sound.data, id: 'odd\0-3' } })],
    ['half a character in its id', '{"resource":"messages","event":"created","data":{"id":"odd-\\ud800"}}'],
  ];
  test.each(odd)('W1: with %s is acknowledged, and the next one is heard', async (_, body) => {
    const response = await deliver(testApp, body);
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  test('W1: whatever its headers say beside the right signature, it is acknowledged', async () => {
    const body = envelope('rooms', { id: 'a-room-of-odd-headers' }, 'updated');
    for (const headers of [
      { 'x-webex-signature': '00' },
      { 'x-webex-signature': 'sha256=x' },
      { 'content-encoding': 'gzip' },
      { 'content-type': 'text/plain; charset=none' },
    ]) {
      expect((await deliver(testApp, body, { ...signed(testApp, body), ...headers })).status).toBe(200);
    }
    await askedLast(ada, space);
  });

  it('is taken with the signature in capitals, and with both signatures', async () => {
    const body = envelope('rooms', { id: 'a-room' }, 'updated');
    const { 'x-spark-signature': signature = '' } = signed(testApp, body);
    const capitals = await deliver(testApp, body, { 'x-spark-signature': signature.toUpperCase() });
    const both = await deliver(testApp, body, { ...signed(testApp, body), ...signed(testApp, body, 'sha256') });
    expect([capitals.status, both.status]).toEqual([200, 200]);
  });

  it('of what is gone, or of a kind we do not know, is acknowledged and leads to nothing', async () => {
    const after = await saidSoFar(ada, space);
    const missing = { id: 'Y2lzY29zcGFyazovL3VzL01FU1NBR0UvZ29uZQ', roomId: space, personId: 'somebody' };
    const bodies = [
      envelope('messages', missing),
      envelope('attachmentActions', missing),
      envelope('messages', missing, 'deleted'),
      envelope('something-new', missing),
    ];
    for (const body of bodies) expect((await deliver(testApp, body)).status).toBe(200);
    const { id } = await askedLast(ada, space);
    expect(await said(after)).toEqual([id]);
  });

  it('that comes again, at once or after a restart, is not answered again', async () => {
    const after = await saidSoFar(ada, space);
    const message = await ada.says(space, 'list');
    const list = await ada.reads(space, /No organizations yet/, { after });
    const body = envelope('messages', { id: message.id, roomId: space, personId: personId('ada@meridian.example') });
    await Promise.all([deliver(testApp, body), deliver(testApp, body)]);
    await testApp.restart();
    expect((await deliver(testApp, body)).status).toBe(200);
    const { id } = await askedLast(ada, space);
    expect(await said(after)).toEqual([list.id, id]);
  });
});

describe('a delivery that comes again after its row was deleted', () => {
  const hour = 60 * 60_000;

  it('W2: is not acted on: the age that counts is that of the message or click itself', async () => {
    const help = await askedLast(ada, space);
    const message = await ada.says(space, 'list');
    await ada.clicks(help, 'List organizations');
    await askedLast(ada, space);
    const rows = await testApp.withStore(async (db) => {
      const all = await db.select().from(inboxEvents);
      await db.delete(inboxEvents);
      return all.filter(({ outcome }) => outcome === 'answered');
    });
    await faults.advance(2 * hour);
    expect(rows.map(({ resourceId }) => resourceId)).toContain(message.id);
    expect(new Set(rows.map(({ resource }) => resource))).toEqual(new Set(['messages', 'attachmentActions']));
    const after = await saidSoFar(ada, space);
    for (const { resource, resourceId: id, personId: by } of rows) {
      const body = envelope(resource, { id, roomId: space, personId: by ?? '' });
      expect((await deliver(testApp, body)).status).toBe(200);
    }
    const { id } = await askedLast(ada, space);
    expect(await said(after)).toEqual([id]);
    await expect
      .poll(async () => {
        const again = new Set(rows.map((row) => row.id));
        return (await events()).filter((row) => again.has(row.id)).map(({ outcome }) => outcome);
      }, eventually)
      .toEqual(rows.map(() => 'too old'));
  });
});

describe('a membership’s delivery that comes again', () => {
  it('W2: takes the bot out of no space that it is in, and greets none that it joined long ago', async () => {
    const group = testApp.room('group');
    const ask = { headers: { authorization: `Bearer ${testApp.simulator.bot.token}` } };
    const found = await fetch(`${testApp.simulator.apiUrl}/memberships`, ask);
    const { items } = (await found.json()) as { items: { id: string; roomId: string }[] };
    const own = items.find(({ roomId }) => roomId === group)?.id ?? '';
    await testApp.withStore((db) => db.delete(inboxEvents));
    await faults.advance(2 * 60 * 60_000);
    const after = await saidSoFar(ada, group);
    for (const event of ['deleted', 'created']) {
      const body = envelope('memberships', { id: own, roomId: group, personId: testApp.simulator.bot.personId }, event);
      expect((await deliver(testApp, body)).status).toBe(200);
    }
    const outcomes = async () =>
      (await events()).filter(({ resourceId }) => resourceId === own).map((row) => row.outcome);
    await expect.poll(outcomes, eventually).toEqual(['too old', 'too old']);
    const row = await testApp.withStore(async (db) =>
      (await db.select().from(spaces)).find((one) => one.roomId === group),
    );
    expect(row?.leftAt).toBeNull();
    const { id } = await askedLast(ada, group);
    expect(await idsSaid(testApp, ada, { space: group, words: /./, after })).toEqual([id]);
  });
});

const personId = (email: string) => testApp.simulator.people.find((person) => person.email === email)?.personId ?? '';

describe('our webhooks', () => {
  interface Webhook {
    id: string;
    name: string;
    targetUrl: string;
    resource: string;
    event: string;
  }

  async function webex(method: string, path: string, body?: object): Promise<{ items: Webhook[] } & Webhook> {
    const response = await fetch(`${testApp.simulator.apiUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${testApp.simulator.bot.token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return JSON.parse((await response.text()) || '{}');
  }
  const all = async () => (await webex('GET', '/webhooks')).items;
  const kinds = (webhooks: Webhook[]) => webhooks.map(({ resource, event }) => `${resource} ${event}`).sort();
  const right = ['attachmentActions created', 'memberships created', 'memberships deleted', 'messages created'];

  it('are repaired at a start where they changed, made anew where they are gone, never doubled, and others are left alone', async () => {
    const others = {
      name: 'Somebody else',
      targetUrl: 'http://localhost:9/elsewhere',
      resource: 'rooms',
      event: 'all',
    };
    const foreign = await webex('POST', '/webhooks', others);
    const [gone, changed] = await all();
    await webex('DELETE', `/webhooks/${gone?.id}`);
    await webex('PUT', `/webhooks/${changed?.id}`, {
      name: changed?.name,
      targetUrl: 'http://localhost:9/wrong',
      secret: 'wrong',
    });
    for (let restart = 1; restart <= 3; restart++) {
      await testApp.restart();
      const ours = (await all()).filter(({ name }) => name === 'Hubkeeper');
      expect(kinds(ours)).toEqual(right);
      expect(new Set(ours.map(({ targetUrl }) => targetUrl))).toEqual(new Set([`${testApp.url}/webhooks/webex`]));
    }
    expect((await all()).find(({ id }) => id === foreign.id)).toMatchObject(others);
    // Their secret is right again: events come through.
    await askedLast(ada, space);
  });
});

describe('while Webex fails', () => {
  it.each([
    ['429 to the reading of the message', { kind: 'status', status: 429, retryAfterSeconds: 1 }],
    ['503 to it', { kind: 'status', status: 503 }],
    ['half an answer to it', { kind: 'malformed' }],
    ['nothing, and the connection is cut', { kind: 'reset' }],
  ] as const)('%s: the person is answered, once', async (_how, fault) => {
    const after = await saidSoFar(ada, space);
    await faults.plan({ method: 'GET', route: '/messages/{messageId}', times: 2, ...fault });
    await ada.says(space, 'list');
    const list = await ada.reads(space, /No organizations yet/, { after });
    await faults.areSpent();
    const { id } = await askedLast(ada, space);
    expect(await said(after)).toEqual([list.id, id]);
  });

  it.each([
    ['before Webex has taken it, which says when to come again', { status: 503, retryAfterSeconds: 1 }],
    ['with an error that leaves open what became of it', { status: 500 }],
  ])('an answer that fails %s is delivered later, once', async (_how, fault) => {
    const help = await askedLast(ada, space);
    const after = await saidSoFar(ada, space);
    await faults.plan({ method: 'POST', route: '/messages', kind: 'status', times: 2, ...fault });
    await ada.clicks(help, 'List organizations');
    const list = await ada.reads(space, /No organizations yet/, { after });
    await faults.areSpent();
    const { id } = await askedLast(ada, space);
    expect(await said(after)).toEqual([list.id, id]);
  });

  it('an answer that Webex refuses leaves the person with what happened and the tracking id', async () => {
    const help = await askedLast(ada, space);
    const after = await saidSoFar(ada, space);
    await faults.plan({ method: 'POST', route: '/messages', kind: 'status', status: 400 });
    await ada.clicks(help, 'List organizations');
    const answer = await ada.reads(space, /I could not show the answer here/, { after });
    expect(answer.markdown).toMatch(/tracking id: ROUTERGW/);
    await faults.areSpent();
  });

  it('a click whose inputs cannot be read at first is answered, once', async () => {
    const help = await askedLast(ada, space);
    const after = await saidSoFar(ada, space);
    await faults.plan({ method: 'GET', route: '/attachment/actions/{id}', kind: 'status', status: 503, times: 2 });
    await ada.clicks(help, 'Add organization');
    const form = await ada.reads(space, (message) => titlesOf(message).includes('Save'), { after });
    await faults.areSpent();
    const { id } = await askedLast(ada, space);
    expect(await said(after)).toEqual([form.id, id]);
  });
});

describe('what cannot be answered', () => {
  it('a command that fails in the store says so, and where the operator should look', async () => {
    const after = await saidSoFar(ada, space);
    await testApp.withStore((db) => db.execute(sql`alter table transactions rename to transactions_away`));
    const message = await ada.says(space, 'transactions');
    const answer = await ada.reads(space, /Something went wrong on my side/, { after });
    await testApp.withStore((db) => db.execute(sql`alter table transactions_away rename to transactions`));
    const clue = /“(.+)”/.exec(answer.markdown ?? '')?.[1] ?? 'none';
    expect(message.id.endsWith(clue)).toBe(true);
    expect(testApp.logLines.find((line) => line.includes('a command failed') && line.includes(clue))).toBeDefined();
    expect(answer.markdown).not.toMatch(/select|query/i);
  });

  it('what is more than an hour old when it can be read at last is not acted on', async () => {
    const after = await saidSoFar(ada, space);
    await faults.forgetCalls();
    await faults.plan({ method: 'GET', route: '/messages/{messageId}', kind: 'status', status: 503, times: 2 });
    await ada.says(space, 'list');
    const tries = async () => (await faults.calls('GET', '/messages/{messageId}')).length;
    await expect.poll(tries, eventually).toBeGreaterThan(0);
    await faults.advance(2 * 60 * 60_000);
    await faults.areSpent();
    const outcomes = async () => (await events()).map(({ outcome }) => outcome);
    await expect.poll(outcomes, eventually).toContain('too old');
    const { id } = await askedLast(ada, space);
    expect(await said(after)).toEqual([id]);
  });
});
