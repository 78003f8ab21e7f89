// Deleting an organization: the name is typed, seven days bring it back, and after them its grant is revoked and everything is gone.
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { connections, withdrawnConnections } from '../../src/connections/connections.schema.ts';
import { roles } from '../../src/directory/directory.schema.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { transactions } from '../../src/transactions/transactions.schema.ts';
import { dayMs } from '../helpers/connections.ts';
import {
  addOrganization,
  askedLast,
  connectOrganization,
  eventually,
  faultsOf,
  newLink,
  saidSoFar,
  timePasses,
} from '../helpers/story.ts';
import {
  type Actor,
  consent,
  linkOf,
  type SpaceMessage,
  startTestApp,
  type TestApp,
  titlesOf,
  visit,
} from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let space: string;
let faults: ReturnType<typeof faultsOf>;
/** Grants of earlier tests are older. */
let bornAt: Date;

beforeAll(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  space = testApp.room('direct');
  faults = faultsOf(testApp);
});
afterAll(() => testApp.close());
beforeEach(async () => {
  await testApp.withStore(async (db) => {
    await db.delete(organizations);
    await db.delete(transactions);
  });
  await faults.forget();
  // The grants of each test are born on a day of their own, by which they are told apart.
  await faults.advance(dayMs);
  bornAt = testApp.simulator.now();
  await faults.forgetCalls();
});

const connectAcme = (inputs: Record<string, string> = { sync: 'true' }) =>
  connectOrganization(testApp, ada, { space, name: 'Acme Robotics', administrator: 'carol@acme.example', inputs });

const asks = (text: string, answer: RegExp) => ada.asks(space, text, answer);

/** A card goes once the answer in its place stands. */
const isGone = (card: SpaceMessage) =>
  vi.waitFor(async () => expect((await ada.messages(space)).map(({ id }) => id)).not.toContain(card.id), eventually);

/** Asks for the card of a deletion, types this name, and reads what is answered. */
async function deletes(name: string, answer: RegExp, typed = name): Promise<SpaceMessage> {
  const card = await asks(`delete ${name}`, new RegExp(`Delete ${name}\\?`));
  const after = await saidSoFar(ada, space);
  await ada.clicks(card, 'Delete', { typed_name: typed });
  return ada.reads(space, answer, { after });
}

async function clicks(card: SpaceMessage, title: string, answer: RegExp): Promise<SpaceMessage> {
  const after = await saidSoFar(ada, space);
  await ada.clicks(card, title);
  return ada.reads(space, answer, { after });
}

/** Refreshes that Webex has carried out, of Carol's grants. */
const refreshesOfCarol = async () =>
  (await faults.refreshes()).filter(({ by }) => by === 'carol@acme.example').flatMap(({ refreshes }) => refreshes);

const grantsOfCarol = async () => {
  const person = testApp.simulator.people.find(({ email }) => email === 'carol@acme.example');
  const headers = { authorization: `Bearer ${person?.token}` };
  const url = `${testApp.simulator.apiUrl}/authorizations?personEmail=carol@acme.example`;
  return ((await (await fetch(url, { headers })).json()) as { items: { created: string }[] }).items.filter(
    ({ created }) => new Date(created) >= bornAt,
  );
};

async function purged(answer: RegExp): Promise<SpaceMessage> {
  const after = await saidSoFar(ada, space);
  await timePasses(testApp, 7 * dayMs + 60_000);
  return ada.reads(space, answer, { after });
}

describe('delete', () => {
  it('names what goes, wants the name typed, and keeps the card where it is wrong', async () => {
    await connectAcme();
    const card = await asks('delete acme', /Delete Acme Robotics\?/);
    expect(card.markdown).toMatch(/connection authorized by carol@acme\.example until/);
    expect(card.markdown).toMatch(/\d+ roles/);
    const after = await saidSoFar(ada, space);
    await ada.clicks(card, 'Delete', { typed_name: 'Acme' });
    const again = await ada.reads(space, /Nothing was deleted/, { after });
    expect(JSON.stringify(again.attachments)).toContain('"value":"Acme"');
    await isGone(card);
    const deleted = await (async () => {
      const before = await saidSoFar(ada, space);
      await ada.clicks(again, 'Delete', { typed_name: '  acme ROBOTICS ' });
      return ada.reads(space, /ada@meridian\.example deleted Acme Robotics/, { after: before });
    })();
    expect(titlesOf(deleted)).toContain('Undo');
    await isGone(again);
  });

  it('takes an organization that was never connected, too, and its purge asks Webex nothing', async () => {
    await addOrganization(testApp, ada, { space, name: 'Acme Robotics' });
    await deletes('Acme Robotics', /deleted Acme Robotics/);
    await faults.forgetCalls();
    const gone = await purged(/Acme Robotics is deleted for good/);
    expect(gone.markdown).toMatch(/the audit stays/);
    expect(await faults.calls('POST', '/access_token')).toEqual([]);
    expect(await testApp.withStore((db) => db.select().from(organizations))).toEqual([]);
  });

  it('hides it everywhere, and its links stop working', async () => {
    await connectAcme();
    const { link } = await newLink(ada, space, 'acme');
    await deletes('Acme Robotics', /deleted Acme Robotics/);
    const page = await visit(link);
    expect(page.status).toBe(410);
    expect(await page.text()).not.toMatch(/Acme/);
    expect((await asks('list', /organizations/)).markdown).not.toMatch(/Acme/);
    expect((await asks('customers', /tree of customers/)).markdown).toMatch(/Empty; provider; 0 organizations/);
    expect((await asks('expiring 365', /./)).markdown).not.toMatch(/Acme/);
    expect((await asks('forecast', /./)).markdown).not.toMatch(/Acme/);
    expect((await asks('transactions', /./)).markdown).not.toMatch(/Acme/);
    const shown = await asks('show acme', /is being deleted until/);
    expect(titlesOf(shown)).toContain('Undo');
    const form = await asks('add', /Add a Webex organization/);
    const after = await saidSoFar(ada, space);
    const number = testApp.simulator.organizations.find(({ displayName }) => displayName === 'Acme Robotics')?.id ?? '';
    await ada.clicks(form, 'Save', { name: 'Acme again', account_number_external: number });
    const duplicate = await ada.reads(space, /is being deleted until/, { after });
    expect(duplicate.markdown).toMatch(/Nothing was saved/);
    expect(titlesOf(duplicate)).toContain('Undo');
  });
});

describe('undo', () => {
  it('brings back record, connection, data and links', async () => {
    await connectAcme();
    const { link } = await newLink(ada, space, 'acme');
    const before = await testApp.withStore(async (db) => ({
      connection: await db.select().from(connections),
      roles: await db.select().from(roles),
      transactions: await db.select().from(transactions),
    }));
    expect(before.roles.length).toBeGreaterThan(0);
    await deletes('Acme Robotics', /deleted Acme Robotics/);
    expect(await testApp.withStore((db) => db.select().from(connections))).toEqual([]);
    const offered = await asks('undo', /1 deleted organization can be brought back/);
    const restored = await clicks(offered, 'Undo', /brought Acme Robotics back/);
    expect(restored.markdown).toMatch(/Connected, \d+ days left/);
    const now = await testApp.withStore(async (db) => ({
      connection: await db.select().from(connections),
      roles: await db.select().from(roles),
      transactions: await db.select().from(transactions),
      withdrawn: await db.select().from(withdrawnConnections),
    }));
    expect(now).toEqual({ ...before, withdrawn: [] });
    expect((await visit(new URL(new URL(link).pathname, testApp.url).href)).status).toBe(200);
    await asks('undo', /Nothing can be undone/);
    await asks('undo acme', /No deleted organization matches/);
    const late = await clicks(offered, 'Undo', /not deleted any more/);
    expect(late.markdown).toMatch(/list/);
  });

  it('says that the connection has expired meanwhile, and offers to connect', async () => {
    await faults.switches({ refreshRenews: 'never' });
    await connectAcme({ sync: 'false' });
    await testApp.withStore((db) =>
      db.update(connections).set({ refreshTokenExpiresAt: new Date(testApp.simulator.now().getTime() + 3 * dayMs) }),
    );
    await deletes('Acme Robotics', /deleted Acme Robotics/);
    await timePasses(testApp, 4 * dayMs);
    const restored = await asks('undo acme', /brought Acme Robotics back/);
    expect(restored.markdown).toMatch(/refresh token has expired meanwhile/);
    expect(titlesOf(restored)).toContain('Reconnect');
  });

  it('comes too late once the days are over', async () => {
    await addOrganization(testApp, ada, { space, name: 'Acme Robotics' });
    const deleted = await deletes('Acme Robotics', /deleted Acme Robotics/);
    await purged(/Acme Robotics is deleted for good/);
    const late = await clicks(deleted, 'Undo', /not deleted any more|deleted for good/);
    expect(late.markdown).toMatch(/undo does not bring it back/);
    // Its number is free again.
    await addOrganization(testApp, ada, { space, name: 'Acme Robotics' });
  });
});

describe('a purge', () => {
  it('refreshes once, revokes the grant, and deletes everything', async () => {
    await connectAcme();
    await deletes('Acme Robotics', /deleted Acme Robotics/);
    const before = (await refreshesOfCarol()).length;
    for (let day = 1; day < 7; day++) await timePasses(testApp, dayMs);
    await askedLast(ada, space);
    expect((await refreshesOfCarol()).length).toBe(before);
    const after = await saidSoFar(ada, space);
    await timePasses(testApp, dayMs + 60_000);
    const gone = await ada.reads(space, /Acme Robotics is deleted for good/, { after });
    expect(gone.markdown).toMatch(/carol@acme\.example authorized was revoked at Webex/);
    expect((await refreshesOfCarol()).length).toBe(before + 1);
    expect(await grantsOfCarol()).toEqual([]);
    await testApp.withStore(async (db) => {
      expect(await db.select().from(organizations)).toEqual([]);
      expect(await db.select().from(withdrawnConnections)).toEqual([]);
      expect(await db.select().from(transactions).where(eq(transactions.organizationName, 'Acme Robotics'))).toEqual(
        [],
      );
    });
    expect(await faults.calls('DELETE', '/authorizations')).toEqual([]);
    await faults.forgetCalls();
    for (let days = 0; days < 90; days += 15) await timePasses(testApp, 15 * dayMs);
    await askedLast(ada, space);
    expect((await refreshesOfCarol()).length).toBe(before + 1);
    expect(await faults.calls('POST', '/access_token')).toEqual([]);
  });

  it('meets a Connect whose consent page is open: the code is not used, and after an undo a new link is', async () => {
    const { saved } = await addOrganization(testApp, ada, { space, name: 'Acme Robotics' });
    const sentBack = await consent(linkOf(saved), 'carol@acme.example');
    await deletes('Acme Robotics', /deleted Acme Robotics/);
    await faults.forgetCalls();
    const page = await visit(sentBack);
    expect(page.status).toBe(410);
    expect(await page.text()).not.toMatch(/Acme/);
    expect(await faults.calls('POST', '/access_token')).toEqual([]);
    expect(await testApp.withStore((db) => db.select().from(transactions))).toEqual([]);
    await asks('undo acme', /brought Acme Robotics back/);
    const { link, after } = await newLink(ada, space, 'acme');
    await fetch(await consent(link, 'carol@acme.example'));
    await ada.reads(space, /Acme Robotics is connected/, { after });
  });
});
