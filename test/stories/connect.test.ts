// The main job, told as chat: Ada adds Acme, Carol opens the link and approves, and the space reads that it is connected.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connections } from '../../src/connections/connections.schema.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { transactions } from '../../src/transactions/transactions.schema.ts';
import { numberOf, saidSoFar } from '../helpers/story.ts';
import { type Actor, consent, linkOf, startTestApp, type TestApp, titlesOf } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let space: string;

beforeAll(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  space = testApp.room('direct');
});
afterAll(() => testApp.close());

const soFar = () => saidSoFar(ada, space);

async function add(name: string, inputs: Record<string, string> = {}) {
  const after = await soFar();
  await ada.says(space, 'add');
  const form = await ada.reads(space, (message) => titlesOf(message).includes('Save'), { after });
  await ada.clicks(form, 'Save', { name, account_number_external: numberOf(testApp, name), sync: 'true', ...inputs });
  return { form, after };
}

describe('connecting an organization', () => {
  it('greets the space that it was added to', async () => {
    const greeting = await ada.reads(space, /Hello, I am/);
    expect(titlesOf(greeting)).toEqual(['Add organization', 'List organizations', 'Help']);
  });

  it('Ada adds Acme, Carol consents, and the space reads roles, licenses and both expiry times', async () => {
    const { form, after } = await add('Acme Robotics');
    const saved = await ada.reads(space, /Acme Robotics is saved/, { after });
    const formIsGone = async () => !(await ada.messages(space)).some(({ id }) => id === form.id);
    await expect.poll(formIsGone).toBe(true);

    const page = await fetch(await consent(linkOf(saved), 'carol@acme.example'));
    expect(page.status).toBe(200);
    expect(new URL(page.url).pathname).toMatch(/^\/transactions\/\d+$/);

    const result = await ada.reads(space, /Acme Robotics is connected/, { after });
    expect(result.markdown).toMatch(/Access token expires:\*\* in 14 days/);
    expect(result.markdown).toMatch(/Refresh token expires:\*\* in 90 days/);
    expect(result.markdown).toMatch(/carol@acme\.example/);
    expect(result.markdown).toMatch(/Roles:\*\* \d+ synced/);
    expect(result.markdown).toMatch(/\d+ of \d+ used/);
    expect(result.markdown).toMatch(/Locations:\*\* 3 synced/);
    expect(titlesOf(result)).toContain('Show');

    const progress = await ada.reads(space, /\*\*Connect Acme Robotics\*\* – Success/, { after });
    expect(progress.markdown?.match(/✅/g)).toHaveLength(6);
    const done = await (await fetch(page.url)).text();
    expect(done).toContain('Acme Robotics is connected');
  });

  it('the same link does not work twice, and says how to get a new one', async () => {
    const after = await soFar();
    await ada.says(space, 'connect acme');
    const link = linkOf(await ada.reads(space, /Connect Acme Robotics/, { after }));
    const back = await consent(link, 'carol@acme.example');
    const [first, second] = await Promise.all([fetch(back), fetch(back)]);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(first.url).toBe(second.url);
    await ada.reads(space, /Acme Robotics is connected/, { after });

    const again = await fetch(link);
    expect(again.status).toBe(410);
    expect(await again.text()).toContain('This link has been used');
  });

  it("the wrong administrator's consent stores nothing, is revoked, and is explained in the space", async () => {
    const { after } = await add('Cobalt Health');
    const saved = await ada.reads(space, /Cobalt Health is saved/, { after });
    await fetch(await consent(linkOf(saved), 'dmitri@borealis.example'));

    const result = await ada.reads(space, /Cobalt Health was not connected/, { after });
    expect(result.markdown).toMatch(/dmitri@borealis\.example/);
    expect(result.markdown).toMatch(/Borealis Foods/);
    expect(result.markdown).toMatch(/Nothing was stored/);
    expect(result.markdown).toMatch(/revoked at Webex/);
    expect(titlesOf(result)).toContain('Connect');
  });

  it('a partner administrator connects an organization that they manage', async () => {
    const { after } = await add('Borealis Foods');
    const saved = await ada.reads(space, /Borealis Foods is saved/, { after });
    await fetch(await consent(linkOf(saved), 'ada@meridian.example'));
    const result = await ada.reads(space, /Borealis Foods is connected/, { after });
    expect(result.markdown).toMatch(/a partner’s administrator/);
  });

  it('a declined consent leaves the link open and tells the space', async () => {
    const after = await soFar();
    await ada.says(space, 'connect cobalt');
    const link = linkOf(await ada.reads(space, /Connect Cobalt Health/, { after }));
    const page = await fetch(await consent(link, 'elena@cobalt.example', 'decline'));
    expect(await page.text()).toContain('Access was declined');
    await ada.reads(space, /Cobalt Health was not connected/, { after });

    await fetch(await consent(link, 'elena@cobalt.example'));
    await ada.reads(space, /Cobalt Health is connected/, { after });
  });

  it('a restart keeps everything', async () => {
    await testApp.restart();
    const after = await soFar();
    await ada.says(space, 'list');
    const list = await ada.reads(space, /3 organizations/, { after });
    expect(list.markdown).toMatch(/1\\?\. \*\*Acme Robotics\*\* – ✅ Connected/);
    const listed = await soFar();
    await ada.says(space, 'show 2');
    await ada.reads(space, /Borealis Foods/, { after: listed });
  });

  it('keeps nothing of the refused grant, and nothing readable of the others', async () => {
    const rows = await testApp.withStore(async (db) => ({
      organizations: await db.select().from(organizations),
      connections: await db.select().from(connections),
      transactions: await db.select().from(transactions),
    }));
    expect(rows.connections).toHaveLength(3);
    expect(rows.transactions.map(({ pending }) => pending)).toEqual(rows.transactions.map(() => null));
    const secrets = await issuedSecrets();
    expect(secrets.length).toBeGreaterThan(5);
    const everything = JSON.stringify(rows) + testApp.logLines.join('');
    expect(secrets.filter((secret) => everything.includes(secret))).toEqual([]);
  });
});

async function issuedSecrets(): Promise<string[]> {
  const response = await fetch(`${testApp.simulator.url}/simulator/api/secrets`);
  const { items } = (await response.json()) as { items: string[] };
  return items;
}
