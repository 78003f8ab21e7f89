// Import and export by administrators of different branches: nobody sees, names, changes or confirms what belongs to another.
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rights } from '../../src/chat/chat.schema.ts';
import { customers, PROVIDER_ID, PROVIDER_PATH } from '../../src/customers/customers.schema.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { spaces } from '../../src/spaces/spaces.schema.ts';
import { faultsOf, newSpace, saidSoFar } from '../helpers/story.ts';
import { type Actor, type SpaceMessage, startTestApp, type TestApp, titlesOf } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let alpine: Branch;
let baltic: Branch;

/** An administrator of a reseller, in a space that stands at it. */
interface Branch {
  reseller: string;
  customer: string;
  admin: Actor;
  space: string;
}

const at = new Date('2026-01-01T00:00:00Z');
const idOf = (kind: 'reseller' | 'customer', name: string) =>
  `${kind === 'reseller' ? 'a' : 'b'}0000000-0000-4000-8000-${Buffer.from(name.slice(0, 6)).toString('hex').padEnd(12, '0')}`;

beforeAll(async () => {
  testApp = await startTestApp({ admins: ['ada@meridian.example'] });
  ada = testApp.as('ada@meridian.example');
  alpine = await branch('Alpine', 'Arolla', 'ingrid@alpine.example');
  baltic = await branch('Baltic', 'Birch', 'jonas@baltic.example');
});
afterAll(() => testApp.close());

async function branch(reseller: string, customer: string, email: string): Promise<Branch> {
  const person = await faultsOf(testApp).addPerson({ email, displayName: email, of: 'Meridian Managed Services' });
  const creator = testApp.simulator.people.find((one) => one.email === 'ada@meridian.example');
  if (!creator) throw new Error('Ada is gone');
  const space = await newSpace(testApp, creator, { title: reseller, members: [person.id] });
  // The bot has joined, and knows the space.
  await ada.tellsBot(space, 'help');
  await ada.reads(space, /What I can do/);
  await testApp.withStore(async (db) => {
    const resellerId = idOf('reseller', reseller);
    const customerId = idOf('customer', customer);
    const path = `${PROVIDER_PATH}${resellerId}/`;
    const row = { createdBy: 'ada@meridian.example', createdAt: at, updatedAt: at };
    const named = (name: string) => ({ name, searchName: name.toLowerCase(), sortKey: name.toLowerCase() });
    await db.insert(customers).values([
      { ...row, ...named(reseller), id: resellerId, parentId: PROVIDER_ID, kind: 'reseller', path },
      {
        ...row,
        ...named(customer),
        id: customerId,
        parentId: resellerId,
        kind: 'customer',
        path: `${path}${customerId}/`,
      },
    ]);
    await db.insert(rights).values({
      ...{ personId: person.id, customerId: resellerId, role: 'administrator', email, webexOrgId: creator.orgId },
      ...{ givenBy: 'ada@meridian.example', givenAt: at },
    });
    await db.update(spaces).set({ customerId: resellerId }).where(eq(spaces.roomId, space));
  });
  return { reseller, customer, admin: testApp.as(person), space };
}

const csv = (rows: readonly (readonly string[])[]) =>
  [['name', 'account_number_external', 'customer'], ...rows].map((row) => row.join(',')).join('\n');

const isVerdict = (message: SpaceMessage) =>
  titlesOf(message).includes('Confirm') || /Nothing to import/.test(message.markdown ?? '');

async function sends(who: Actor, space: string, bytes: string, { mention = true } = {}) {
  const after = await saidSoFar(who, space);
  await who.sendsFile(space, 'import', { name: 'file.csv', bytes, mention });
  const card = await who.reads(space, isVerdict, { after });
  const isFile = (message: SpaceMessage) => /would do/.test(message.markdown ?? '') && message.files !== undefined;
  const { text } = await who.opensFile(await who.reads(space, isFile, { after }));
  return { card, text, after };
}

/** The provider adds one organization in each branch. */
async function oneInEach(): Promise<{ alpine: string; baltic: string }> {
  const numbers = { alpine: randomUUID(), baltic: randomUUID() };
  const file = csv([
    [`In Alpine ${numbers.alpine}`, numbers.alpine, 'Alpine / Arolla'],
    [`In Baltic ${numbers.baltic}`, numbers.baltic, 'birch'],
  ]);
  const { card, after } = await sends(ada, testApp.room('direct'), file, { mention: false });
  await ada.clicks(card, 'Confirm');
  await ada.reads(testApp.room('direct'), /2 organizations imported/, { after });
  return numbers;
}

describe('an administrator of a branch', () => {
  it('exports what stands in it alone', async () => {
    const numbers = await oneInEach();
    const after = await saidSoFar(alpine.admin, alpine.space);
    await alpine.admin.tellsBot(alpine.space, 'export');
    const isFile = (message: SpaceMessage) => /organizations\.json/.test(message.markdown ?? '');
    const { text } = await alpine.admin.opensFile(await alpine.admin.reads(alpine.space, isFile, { after }));
    const exported = JSON.parse(text) as { account_number_external: string; customer: string }[];
    expect(exported).toContainEqual(
      expect.objectContaining({ account_number_external: numbers.alpine, customer: 'Alpine / Arolla' }),
    );
    expect(text).not.toContain(numbers.baltic);
    expect(text).not.toMatch(/Baltic|Birch/);
  });

  it('reads of a number and a customer of another branch nothing that tells them from what does not exist', async () => {
    const numbers = await oneInEach();
    const file = csv([
      ['Mine', numbers.baltic, ''],
      ['Placed', randomUUID(), 'Birch'],
      ['Lost', randomUUID(), 'Atlantis'],
    ]);
    const { text } = await sends(alpine.admin, alpine.space, file);
    expect(text).toMatch(/2,wrong,Mine,.*This number cannot be used here/);
    const details = (name: string) =>
      (text.split('\r\n').find((line) => line.includes(name)) ?? '').replaceAll(/^.*?customer: /g, '');
    expect(details('Placed').replace('Birch', '*')).toBe(details('Lost').replace('Atlantis', '*'));
    expect(text).not.toContain(`In Baltic`);
  });

  it('adds organizations at the node of the space', async () => {
    const number = randomUUID();
    const { card, after } = await sends(alpine.admin, alpine.space, csv([['Grindelwald', number, '']]));
    await alpine.admin.clicks(card, 'Confirm');
    await alpine.admin.reads(alpine.space, /1 organization imported/, { after });
    await testApp.withStore(async (db) => {
      const [added] = await db.select().from(organizations).where(eq(organizations.account_number_external, number));
      expect(added?.customerId).toBe(idOf('reseller', 'Alpine'));
    });
  });

  it('neither confirms nor cancels what another has sent, and does not see its transaction', async () => {
    const { card, after } = await sends(baltic.admin, baltic.space, csv([['Gdansk', randomUUID(), '']]));
    const importId = /"import_id":"([^"]+)"/.exec(JSON.stringify(card))?.[1];
    const own = await sends(alpine.admin, alpine.space, csv([['Zermatt', randomUUID(), '']]));
    for (const action of ['confirm_import', 'cancel_import']) {
      const before = await saidSoFar(alpine.admin, alpine.space);
      await alpine.admin.sends(own.card, { action, import_id: importId });
      await alpine.admin.reads(alpine.space, /does not wait to be confirmed/, { after: before });
    }
    await baltic.admin.clicks(card, 'Confirm');
    await baltic.admin.reads(baltic.space, /1 organization imported/, { after });
    const begun = await baltic.admin.reads(baltic.space, /Transaction \d+ writes them/, { after });
    const number = /Transaction (\d+) writes/.exec(begun.markdown ?? '')?.[1] ?? '';
    const before = await saidSoFar(alpine.admin, alpine.space);
    await alpine.admin.tellsBot(alpine.space, `transaction ${number}`);
    await alpine.admin.reads(alpine.space, /There is no transaction/, { after: before });
    const later = await saidSoFar(baltic.admin, baltic.space);
    await baltic.admin.tellsBot(baltic.space, `transaction ${number}`);
    await baltic.admin.reads(baltic.space, /About:\*\* 1 organization/, { after: later });
  });

  it('writes nothing where the rights are gone when the rows are written', async () => {
    const number = randomUUID();
    const { card, after } = await sends(alpine.admin, alpine.space, csv([['Davos', number, 'Arolla']]));
    await testApp.withStore(async (db) => {
      // The node of the row goes to another branch between the check and the confirmation.
      await db
        .update(customers)
        .set({
          parentId: idOf('reseller', 'Baltic'),
          path: `${PROVIDER_PATH}${idOf('reseller', 'Baltic')}/${idOf('customer', 'Arolla')}/`,
        })
        .where(eq(customers.id, idOf('customer', 'Arolla')));
    });
    await alpine.admin.clicks(card, 'Confirm');
    await alpine.admin.reads(alpine.space, /0 organizations imported, 1 row not written/, { after });
    await testApp.withStore(async (db) => {
      expect(await db.select().from(organizations).where(eq(organizations.account_number_external, number))).toEqual(
        [],
      );
    });
  });
});
