// Administrators of different branches meet over what one of them deletes, brings back, disconnects or forgets: nobody reads of what belongs to another, and
// nobody ends or revives it.
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connections } from '../../src/connections/connections.schema.ts';
import { deletions } from '../../src/organizations/deletions.schema.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { settings } from '../../src/settings/settings.schema.ts';
import { saveOwnSettings } from '../../src/settings/settings.store.ts';
import { providerLevel } from '../../src/settings/settings.ts';
import { transactions } from '../../src/transactions/transactions.schema.ts';
import { type Branch, makeBranch } from '../helpers/branches.ts';
import { connectOrganization, saidSoFar } from '../helpers/story.ts';
import { type Actor, buttonsOf, type SpaceMessage, startTestApp, type TestApp, visit } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let alpine: Branch;
let baltic: Branch;
let alpineId: string;

beforeAll(async () => {
  testApp = await startTestApp({ admins: ['ada@meridian.example'] });
  ada = testApp.as('ada@meridian.example');
  alpine = await makeBranch(testApp, { reseller: 'Alpine', customer: 'Arolla', email: 'ingrid@alpine.example' });
  baltic = await makeBranch(testApp, { reseller: 'Baltic', customer: 'Birch', email: 'jonas@baltic.example' });
});
afterAll(() => testApp.close());
beforeEach(async () => {
  await testApp.withStore(async (db) => {
    await db.delete(organizations);
    await db.delete(transactions);
    await db.delete(settings);
  });
  const of = { inputs: { sync: 'true' } };
  await connectOrganization(testApp, alpine.admin, {
    ...{ ...of, space: alpine.space, name: 'Acme Robotics', administrator: 'carol@acme.example' },
  });
  await connectOrganization(testApp, baltic.admin, {
    ...{ ...of, space: baltic.space, name: 'Borealis Foods', administrator: 'dmitri@borealis.example' },
  });
  alpineId = await testApp.withStore(async (db) => {
    const [acme] = await db.select().from(organizations).where(eq(organizations.name, 'Acme Robotics'));
    return acme?.id ?? '';
  });
});

async function asks({ admin, space }: Branch, text: string, answer: RegExp): Promise<SpaceMessage> {
  const after = await saidSoFar(admin, space);
  await admin.tellsBot(space, text);
  return admin.reads(space, answer, { after });
}

async function clicks(
  { admin, space }: Branch,
  card: SpaceMessage,
  { title, inputs = {} }: { title: string; inputs?: Record<string, string> },
  answer: RegExp,
): Promise<SpaceMessage> {
  const after = await saidSoFar(admin, space);
  await admin.clicks(card, title, inputs);
  return admin.reads(space, answer, { after });
}

/** What a button of somebody else's card sends, sent from a card of one's own: any client can. */
async function borrows(
  { admin, space }: Branch,
  { own, others, title, inputs = {} }: { own: SpaceMessage; others: SpaceMessage; title: string; inputs?: object },
  answer: RegExp,
): Promise<SpaceMessage> {
  const data = buttonsOf(others).find((button) => button.title === title)?.data;
  if (typeof data !== 'object') throw new Error(`there is no button "${title}"`);
  const after = await saidSoFar(admin, space);
  await admin.sends(own, { ...data, ...inputs });
  return admin.reads(space, answer, { after });
}

const standing = () =>
  testApp.withStore(async (db) => ({
    names: (await db.select({ name: organizations.name }).from(organizations)).map(({ name }) => name).toSorted(),
    connected: await db.$count(connections),
    deleted: (await db.select().from(deletions)).map(({ organizationId }) => organizationId),
  }));

describe('an administrator of another branch', () => {
  it('neither deletes, disconnects nor forgets by any name, and learns of none', async () => {
    const untouched = await standing();
    const unknown = await asks(baltic, 'delete Atlantis', /No organization matches/);
    for (const command of ['delete', 'disconnect', 'forget']) {
      for (const name of ['acme', alpineId]) {
        const behind = command === 'forget' ? ' directory' : '';
        const answer = await asks(baltic, `${command} ${name}${behind}`, /No organization matches/);
        expect(answer.markdown?.replace(name, '*')).toBe(unknown.markdown?.replace('Atlantis', '*'));
      }
    }
    const own = await asks(baltic, 'delete borealis', /Delete Borealis Foods\?/);
    const cards = {
      Delete: await asks(alpine, 'delete acme', /Delete Acme Robotics\?/),
      Disconnect: await asks(alpine, 'disconnect acme', /Disconnect Acme Robotics\?/),
      Forget: await asks(alpine, 'forget acme directory', /Forget the directory/),
    };
    const inputs = { typed_name: 'Acme Robotics' };
    for (const [title, others] of Object.entries(cards)) {
      const answer = await borrows(baltic, { own, others, title, inputs }, /no longer exists/);
      expect(answer.markdown).not.toMatch(/Acme/);
    }
    expect(await standing()).toEqual(untouched);
    // The same buttons work where the organization stands.
    await clicks(alpine, cards.Forget, { title: 'Forget' }, /deleted the local directory of Acme Robotics/);
    await clicks(alpine, cards.Delete, { title: 'Delete', inputs }, /deleted Acme Robotics/);
    expect((await standing()).deleted).toEqual([alpineId]);
  });

  it('sees nothing to undo, and undoes nothing', async () => {
    const card = await asks(alpine, 'delete acme', /Delete Acme Robotics\?/);
    const deleted = await clicks(
      ...([alpine, card, { title: 'Delete', inputs: { typed_name: 'Acme Robotics' } }] as const),
      /deleted Acme Robotics/,
    );
    const own = await asks(baltic, 'undo', /Nothing can be undone/);
    expect(own.markdown).not.toMatch(/Acme/);
    for (const name of ['acme', alpineId]) await asks(baltic, `undo ${name}`, /No deleted organization matches/);
    const refused = await borrows(baltic, { own, others: deleted, title: 'Undo' }, /./);
    expect(refused.markdown).not.toMatch(/Acme/);
    expect((await asks(baltic, 'show acme', /./)).markdown).not.toMatch(/being deleted/);
    expect((await standing()).deleted).toEqual([alpineId]);
    await clicks(alpine, deleted, { title: 'Undo' }, /brought Acme Robotics back/);
    expect((await standing()).deleted).toEqual([]);
  });

  it('approves and declines no deletion, and the provider’s administrator does', async () => {
    await testApp.withStore((db) =>
      saveOwnSettings(db, {
        ...{ ...providerLevel, values: { delete_approval: true }, by: ada.email, now: testApp.simulator.now() },
      }),
    );
    const card = await asks(alpine, 'delete acme', /Delete Acme Robotics\?/);
    const request = await clicks(
      ...([alpine, card, { title: 'Delete', inputs: { typed_name: 'Acme Robotics' } }] as const),
      /ingrid@alpine\.example asks to delete Acme Robotics/,
    );
    const own = await asks(baltic, 'list', /1 organization/);
    for (const title of ['Approve', 'Decline']) {
      const answer = await borrows(baltic, { own, others: request, title }, /./);
      expect(answer.markdown).not.toMatch(/Acme|ingrid/);
    }
    expect((await standing()).deleted).toEqual([]);
    const after = await saidSoFar(ada, alpine.space);
    await ada.clicks(request, 'Approve');
    await ada.reads(alpine.space, /Acme Robotics is deleted/, { after });
    expect((await standing()).deleted).toEqual([alpineId]);
  });

  it('opens with the key of an own transaction no page and no stream of another', async () => {
    const shown = await asks(baltic, 'transactions borealis', /Borealis Foods/);
    expect(shown.markdown).not.toMatch(/Acme/);
    const ids = await testApp.withStore((db) =>
      db.select({ id: transactions.id, name: transactions.organizationName }).from(transactions),
    );
    const idOf = (name: string) => ids.find((one) => one.name === name)?.id ?? 0;
    const card = await asks(baltic, `transaction ${idOf('Borealis Foods')}`, /Borealis Foods/);
    const url = new URL(buttonsOf(card).find(({ type }) => type === 'Action.OpenUrl')?.url ?? '');
    const own = new URL(url.pathname + url.search, testApp.url);
    expect((await visit(own.href)).status).toBe(200);
    for (const path of ['', '/events']) {
      const other = new URL(own);
      other.pathname = `/transactions/${idOf('Acme Robotics')}${path}`;
      const answer = await visit(other.href);
      expect(answer.status).toBe(404);
      expect(await answer.text()).not.toMatch(/Acme/);
    }
    await asks(baltic, `transaction ${idOf('Acme Robotics')}`, /There is no transaction/);
  });
});
