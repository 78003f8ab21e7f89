// Import and export by administrators of different branches: nobody sees, names, changes or confirms what belongs to another.
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customers, PROVIDER_PATH } from '../../src/customers/customers.schema.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { ask } from '../helpers/asking.ts';
import { type Branch, makeBranch, spaceWith } from '../helpers/branches.ts';
import { saidSoFar } from '../helpers/story.ts';
import { type Actor, type SpaceMessage, startTestApp, type TestApp, titlesOf } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let alpine: Branch;
let baltic: Branch;
/** Ada and the administrators of both branches are in it; it stands at the provider. */
let shared: string;

beforeAll(async () => {
  testApp = await startTestApp({ admins: ['ada@meridian.example'] });
  ada = testApp.as('ada@meridian.example');
  alpine = await makeBranch(testApp, { reseller: 'Alpine', customer: 'Arolla', email: 'ingrid@alpine.example' });
  baltic = await makeBranch(testApp, { reseller: 'Baltic', customer: 'Birch', email: 'jonas@baltic.example' });
  shared = await spaceWith(testApp, 'Everybody', [alpine.personId, baltic.personId]);
});
afterAll(() => testApp.close());

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
      expect(added?.customerId).toBe(alpine.resellerId);
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
          parentId: baltic.resellerId,
          path: `${PROVIDER_PATH}${baltic.resellerId}/${alpine.customerId}/`,
        })
        .where(eq(customers.id, alpine.customerId));
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

describe('the labels of a file', () => {
  const withLabels = (number: string, customer: string, labels: string) =>
    `name,account_number_external,customer,labels\nLabeled ${number},${number},${customer},${labels}\n`;
  const imported = async (space: string, file: string) => {
    const { card, text, after } = await sends(ada, space, file, { mention: space !== testApp.room('direct') });
    await ada.clicks(card, 'Confirm');
    await ada.reads(space, /1 organization imported/, { after });
    return text;
  };

  it('are given, replaced and taken, and what moves is not told of in its old branch any more', async () => {
    const number = randomUUID();
    const direct = testApp.room('direct');
    const labelsOf = (words: RegExp) => ask(ada, shared, `label labeled ${number}`, words);
    await ask(ada, shared, 'notify label import-gold', /notified by the label import-gold now/);
    await imported(shared, withLabels(number, 'Alpine', '"import-gold Europe"'));
    await labelsOf(/Its labels: europe, import-gold/);
    await ask(ada, shared, `show labeled ${number}`, /Notified space\*\* – This one, by a label/);
    // Its own space becomes that of the branch, which may not be told of it once it stands elsewhere.
    await testApp.withStore((db) =>
      db
        .update(organizations)
        .set({ ownRoomId: alpine.space })
        .where(eq(organizations.account_number_external, number)),
    );
    const text = await imported(direct, withLabels(number, 'Baltic / Birch', 'import-silver'));
    expect(text).toMatch(/labels: europe import-gold → import-silver/);
    await labelsOf(/Its labels: import-silver/);
    const [record] = await testApp.withStore((db) =>
      db.select().from(organizations).where(eq(organizations.account_number_external, number)),
    );
    expect([record?.roomId, record?.ownRoomId]).toEqual([direct, null]);
    await imported(direct, withLabels(number, 'Baltic / Birch', ''));
    await labelsOf(/It carries no label/);
    await ask(ada, shared, 'notify label import-gold off', /notifies that space no more/);
  });

  it('stay as they are where the file has no such column, and are refused where they can be none', async () => {
    const number = randomUUID();
    const direct = testApp.room('direct');
    await imported(direct, withLabels(number, 'Alpine', 'import-kept'));
    const { card } = await sends(ada, direct, csv([[`Labeled ${number}`, number, 'Baltic / Birch']]), {
      mention: false,
    });
    const after = await saidSoFar(ada, direct);
    await ada.clicks(card, 'Confirm');
    await ada.reads(direct, /1 organization imported/, { after });
    await ask(ada, shared, `label labeled ${number}`, /Its labels: import-kept/);
    const wrong = withLabels(randomUUID(), 'Alpine', '"7up"');
    const refused = await sends(ada, direct, wrong, { mention: false });
    expect(refused.text).toMatch(/labels: “7up” cannot be a label/);
  });
});
