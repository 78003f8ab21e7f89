// How events come in: only genuine ones, each answered once, whatever Webex, the network or a restart does meanwhile.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inboxEvents } from '../../src/chat/chat.schema.ts';
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
    [
      'has a wrong SHA-256 signature beside the right one',
      () => [body, { ...signed(testApp, body), 'x-webex-signature': '00' }],
    ],
  ] as [string, () => [string, Record<string, string>]][])('%s: 401, and nothing is kept', async (_how, made) => {
    const [sent, headers] = made();
    const response = await deliver(testApp, sent, headers);
    expect(response.status).toBe(401);
    expect(await response.text()).toBe('');
  });

  it.each([
    ['too large', () => 'x'.repeat(70_000), 413],
    ['no JSON', () => 'event=created', 400],
    ['no event', () => '{"resource":"messages"}', 400],
    ['nothing at all', () => '', 400],
  ])('%s, though signed: refused without words about our insides', async (_what, made, status) => {
    const response = await deliver(testApp, made());
    expect(response.status).toBe(status);
    expect(await response.text()).not.toMatch(/Error|node_modules|at /);
  });

  it('left no trace', async () => {
    const rows = await events();
    expect(rows.filter(({ resourceId }) => ['somebody-made-this-up', 'another'].includes(resourceId))).toEqual([]);
  });
});

describe('a genuine delivery', () => {
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
    await testApp.withStore((db) => db.execute(sql`alter table organizations rename to organizations_away`));
    const message = await ada.says(space, 'show acme robotics');
    const answer = await ada.reads(space, /Something went wrong on my side/, { after });
    await testApp.withStore((db) => db.execute(sql`alter table organizations_away rename to organizations`));
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
