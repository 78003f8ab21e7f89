// The audit as people meet it: what each of them reads of it, what it keeps of who tried what, and the file.
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditEntries } from '../../src/audit/audit.schema.ts';
import { rights } from '../../src/chat/chat.schema.ts';
import { customers, PROVIDER_ID, PROVIDER_PATH } from '../../src/customers/customers.schema.ts';
import type { Db } from '../../src/db/database.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { createTransaction } from '../../src/transactions/transaction.store.ts';
import { giveConnection } from '../helpers/connections.ts';
import { addOrganization, faultsOf, newLink, newSpace, saidSoFar } from '../helpers/story.ts';
import {
  type Actor,
  consent,
  linkOf,
  type SpaceMessage,
  startTestApp,
  type TestApp,
  titlesOf,
} from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let space: string;

interface Person {
  actor: Actor;
  id: string;
  token: string;
  space: string;
}

/** An administrator and a viewer of the north, an administrator of the south, and somebody without rights. */
const people: Record<'nora' | 'vera' | 'sven' | 'olga', Person> = {} as never;
/** `=1+1 Foods` is a formula to a spreadsheet. */
const names = { north: 'Acme North', south: '=1+1 Foods' };
const ids: Record<'north' | 'south', string> = { north: '', south: '' };

beforeAll(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  space = testApp.room('direct');
  const { addPerson } = faultsOf(testApp);
  const creator = tokenOf(ada.email);
  for (const name of ['nora', 'vera', 'sven', 'olga'] as const) {
    const email = `${name}@meridian.example`;
    const person = await addPerson({ email, displayName: name, of: 'Meridian Managed Services' });
    const own = await newSpace(testApp, creator, { title: name, members: [person.id] });
    people[name] = { actor: testApp.as(person), id: person.id, token: person.token, space: own };
  }
  await testApp.withStore(async (db) => {
    const [north, south] = [await aReseller(db, 'North'), await aReseller(db, 'South')];
    ids.north = await anOrganizationAt(db, north, names.north);
    ids.south = await anOrganizationAt(db, south, names.south);
    await give(db, 'nora', north, 'administrator');
    await give(db, 'vera', north, 'viewer');
    await give(db, 'sven', south, 'administrator');
  });
});
afterAll(() => testApp.close());

function tokenOf(email: string) {
  const person = testApp.simulator.people.find((one) => one.email === email);
  if (!person) throw new Error(`nobody is called ${email}`);
  return person;
}

async function aReseller(db: Db, name: string): Promise<string> {
  const id = randomUUID();
  const now = testApp.simulator.now();
  await db.insert(customers).values({
    ...{ id, parentId: PROVIDER_ID, kind: 'reseller', name, searchName: name.toLowerCase() },
    ...{ path: `${PROVIDER_PATH}${id}/`, sortKey: name.toLowerCase() },
    ...{ createdBy: ada.email, createdAt: now, updatedAt: now },
  });
  return id;
}

async function anOrganizationAt(db: Db, customerId: string, name: string): Promise<string> {
  const id = await giveConnection(db, { name, roomId: space, now: testApp.simulator.now() });
  await db.update(organizations).set({ customerId }).where(eq(organizations.id, id));
  return id;
}

async function give(db: Db, who: keyof typeof people, customerId: string, role: 'administrator' | 'viewer') {
  const { id: personId, actor } = people[who];
  const webexOrgId = await orgIdOf(who);
  const given = { givenBy: ada.email, givenAt: testApp.simulator.now() };
  await db.insert(rights).values({ personId, customerId, role, email: actor.email, webexOrgId, ...given });
}

async function orgIdOf(who: keyof typeof people): Promise<string> {
  const response = await fetch(`${testApp.simulator.apiUrl}/people/me`, {
    headers: { authorization: `Bearer ${people[who].token}` },
  });
  return ((await response.json()) as { orgId: string }).orgId;
}

async function asks({ actor, space: own }: Person, text: string, answer: RegExp): Promise<SpaceMessage> {
  const after = await saidSoFar(actor, own);
  await actor.tellsBot(own, text);
  return actor.reads(own, answer, { after });
}

async function sends({ actor, space: own }: Person, card: SpaceMessage, inputs: object, answer: RegExp) {
  const after = await saidSoFar(actor, own);
  await actor.sends(card, inputs);
  return actor.reads(own, answer, { after });
}

async function fileOf({ token }: { token: string }, message: SpaceMessage): Promise<string> {
  const [url = ''] = (message as { files?: string[] }).files ?? [];
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  expect(response.headers.get('content-type')).toContain('text/csv');
  return response.text();
}

const written = () => testApp.withStore((db) => db.select().from(auditEntries).orderBy(auditEntries.sequence));

describe('two branches', () => {
  it('leave entries of their own, and of what they tried', async () => {
    const { nora, vera, sven, olga } = people;
    await asks(nora, 'connect acme north', /The link works once/);
    const links = await asks(sven, 'connect foods', /The link works once/);
    await asks(vera, 'connect acme north', /You may read here, but not change anything/);
    await asks(olga, 'list', /only .*administrators/i);
    await sends(sven, links, { action: 'connect', organization_id: ids.north }, /no longer exists/);
    await sends(sven, links, { action: 'refresh', organization_id: randomUUID() }, /no longer exists/);
    const numbers = await testApp.withStore((db) => db.select().from(organizations));
    const north = numbers.find(({ id }) => id === ids.north)?.account_number;
    await asks(sven, `show ${north}`, /No organization matches/);
    const tried = await testApp.withStore((db) =>
      createTransaction(db, {
        ...{ action: 'sync', organizationId: ids.north, organizationName: names.north, requestedBy: 'nobody' },
        ...{ roomId: nora.space, parentMessageId: null, submittedAt: new Date(), steps: ['roles'] },
      }),
    );
    await asks(sven, `transaction ${tried}`, /no transaction/i);

    const entries = await written();
    const [shown, ...others] = entries.filter(({ byEmail }) => byEmail === nora.actor.email);
    expect(shown).toMatchObject({
      ...{ act: 'connect_link.shown', byPersonId: nora.id, roomId: nora.space },
      ...{ organizationId: ids.north, organizationName: names.north },
    });
    expect(others.map(({ act }) => act)).toEqual(['connect_link.shown']);
    const refused = entries.filter(({ act }) => act === 'attempt.refused');
    expect(
      refused.map(({ byEmail, organizationId, after }) => [byEmail, organizationId, JSON.parse(after ?? '')]),
    ).toEqual([
      [vera.actor.email, null, { command: 'connect', why: 'too_few_rights' }],
      [olga.actor.email, null, { command: 'list', why: 'no_rights' }],
      [sven.actor.email, ids.north, { command: 'connect', why: 'out_of_scope' }],
      // By the number, as the API writes it.
      [sven.actor.email, ids.north, { command: 'show', why: 'out_of_scope' }],
      [sven.actor.email, ids.north, { command: 'transaction', why: 'out_of_scope' }],
    ]);
  });

  it('read each their own, by command, by name, by person, by button and by guessed ids', async () => {
    const { nora, vera, sven } = people;
    const own = await asks(nora, 'audit', /\*\*Audit\*\*/);
    expect(own.markdown).toContain('Connect link shown: Acme North');
    for (const hidden of ['Foods', sven.actor.email, 'olga']) expect(own.markdown).not.toContain(hidden);
    expect((await asks(vera, 'audit', /\*\*Audit\*\*/)).markdown).toContain('Connect link shown: Acme North');

    const southern = await asks(sven, 'audit', /\*\*Audit\*\*/);
    expect(southern.markdown).toMatch(/Connect link shown: .*Foods/);
    for (const hidden of ['Acme', nora.actor.email, 'Attempt refused']) expect(southern.markdown).not.toContain(hidden);
    await asks(sven, 'audit acme north', /no organization|nothing|Did you mean/i);
    await asks(sven, `audit ${nora.actor.email}`, /nothing yet/);
    await sends(sven, southern, { action: 'audit', organization_id: ids.north }, /nothing yet/);
    await sends(sven, southern, { action: 'audit', person: nora.actor.email }, /nothing yet/);
    await sends(sven, southern, { action: 'audit', older_than: 1_000 }, /Foods/);

    const all = await ada.asks(space, 'audit', /\*\*Audit\*\*/);
    for (const known of ['Acme North', 'Foods', 'Attempt refused', 'olga@', 'sven@'])
      expect(all.markdown).toContain(known);
    const ofOne = await ada.asks(space, `audit ${sven.actor.email} 7`, /\*\*Audit of sven@.*the last 7 days/);
    expect(ofOne.markdown).not.toContain('nora@');
  });

  it('read of what was moved the place that it left only where they see that place', async () => {
    const { sven } = people;
    await testApp.withStore(async (db) => {
      const [north] = await db.select({ id: customers.id }).from(customers).where(eq(customers.name, 'North'));
      await anOrganizationAt(db, north?.id ?? '', 'Wanderer');
    });
    const card = await ada.asks(space, 'move wanderer to South', /Move Wanderer/i);
    const after = await saidSoFar(ada, space);
    await ada.clicks(card, 'Move');
    await ada.reads(space, /Wanderer[\s\S]*South/, { after });
    await ada.asks(space, 'audit wanderer', /customer: North → South/);
    const seen = await asks(sven, 'audit wanderer', /moved[\s\S]*South/i);
    expect(seen.markdown).not.toMatch(/North →|left_id/);
    const file = await asks(sven, 'audit export wanderer', /1 entry of the audit/);
    expect(await fileOf(sven, file)).not.toMatch(/left_id|""North""/);
  });

  it('get a file of their own, in which no cell is a formula', async () => {
    const { nora, sven } = people;
    const file = await fileOf(sven, await asks(sven, 'audit export', /entries of the audit/));
    expect(file).toMatch(/^sequence,at,act,by_email/);
    expect(file).toContain("'=1+1 Foods");
    expect(file).not.toMatch(/(^|,|")=1/m);
    for (const hidden of [names.north, ids.north, nora.actor.email]) expect(file).not.toContain(hidden);

    const own = await asks(nora, 'audit', /\*\*Audit\*\*/);
    const after = await saidSoFar(nora.actor, nora.space);
    await nora.actor.clicks(own, 'Export');
    const exported = await fileOf(nora, await nora.actor.reads(nora.space, /entries of the audit/, { after }));
    expect(exported).toContain('Acme North');
    expect(exported).not.toContain('Foods');
    await asks(nora, 'audit export foods', /no organization|nothing|Did you mean/i);
  });
});

describe('a day of Ada', () => {
  it('is read step by step, page by page', async () => {
    const before = (await written()).length;
    const inputs = { sync: 'false', http_proxy: '' };
    const { saved, after } = await addOrganization(testApp, ada, { space, name: 'Acme Robotics', inputs });
    await fetch(await consent(linkOf(saved), 'carol@acme.example'));
    await ada.reads(space, /Acme Robotics is connected/, { after });
    await ada.asks(space, 'refresh acme robotics', /Acme Robotics has a new access token/);
    await newLink(ada, space, 'acme robotics');
    await ada.asks(space, 'connect revoke acme robotics', /ended|revoked|no longer work/i);
    await ada.asks(space, 'audit 0', /Enter 1 to 3650 days/);

    const entries = (await written()).slice(before);
    expect(entries.map(({ act }) => act)).toEqual([
      ...['organization.added', 'connect_link.shown', 'connect_link.shown', 'connection.made', 'refresh.requested'],
      ...['connect_link.shown', 'connect_link.shown', 'connect_link.revoked'],
    ]);
    const made = entries.find(({ act }) => act === 'connection.made');
    expect(made).toMatchObject({ byEmail: 'carol@acme.example', roomId: space, customerId: PROVIDER_ID });
    expect(JSON.parse(made?.after ?? '')).toMatchObject({ requestedBy: ada.email });
    for (const { byPersonId, act } of entries) if (act !== 'connection.made') expect(byPersonId).not.toBeNull();

    const page = await ada.asks(space, 'audit', /\*\*Audit\*\*/);
    expect(titlesOf(page)).toEqual(['Older', 'Export']);
    const soFar = await saidSoFar(ada, space);
    await ada.clicks(page, 'Older');
    const older = await ada.reads(space, /\*\*Audit\*\*/, { after: soFar });
    expect(titlesOf(older)[0]).toBe('Newer');
    const again = await saidSoFar(ada, space);
    await ada.clicks(older, 'Newer');
    const newer = await ada.reads(space, /\*\*Audit\*\*/, { after: again });
    expect(newer.markdown).toBe(page.markdown);
    await ada.asks(space, 'audit acme robotics', /\*\*Audit of Acme Robotics\*\*/);
  });

  it('stays when the record is gone', async () => {
    await testApp.withStore((db) => db.delete(organizations).where(eq(organizations.name, names.north)));
    await ada.asks(space, `audit ${names.north}`, /\*\*Audit of Acme North\*\*[\s\S]*Connect link shown/);
    const northern = await asks(people.nora, 'audit', /\*\*Audit\*\*/);
    expect(northern.markdown).toContain('Acme North');
    expect((await asks(people.sven, 'audit', /\*\*Audit\*\*/)).markdown).not.toContain('Acme North');
  });
});
