// Spaces that are notified of organizations by their labels, as administrators of two branches set them, and the warnings that follow.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, press } from '../helpers/asking.ts';
import { type Branch, makeBranch, spaceWith } from '../helpers/branches.ts';
import { dayMs, giveConnection } from '../helpers/connections.ts';
import { faultsOf, saidByBot, saidSoFar, timePasses } from '../helpers/story.ts';
import { type Actor, startTestApp, type TestApp } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let alpine: Branch;
let baltic: Branch;
/** Ada and the administrators of both branches are in it; it stands at the provider. */
let desk: string;

beforeAll(async () => {
  testApp = await startTestApp({ admins: ['ada@meridian.example'] });
  ada = testApp.as('ada@meridian.example');
  alpine = await makeBranch(testApp, { reseller: 'Alpine', customer: 'Arolla', email: 'ingrid@alpine.example' });
  baltic = await makeBranch(testApp, { reseller: 'Baltic', customer: 'Birch', email: 'jonas@baltic.example' });
  desk = await spaceWith(testApp, 'Gold desk', [alpine.personId, baltic.personId]);
  await give(alpine, 'Acme', 44);
  await give(baltic, 'Borealis', 44);
});
afterAll(() => testApp.close());

const give = (branch: Branch, name: string, daysLeft: number) =>
  testApp.withStore((db) =>
    giveConnection(db, {
      ...{ name, roomId: branch.space, now: testApp.simulator.now(), daysLeft },
      ...{ authorizedEmail: `gave@${name.toLowerCase()}.example`, record: { customerId: branch.customerId } },
    }),
  );

describe('a space', () => {
  it('is notified of all that carry a label at its customer or below, until that ends', async () => {
    await ask(ada, desk, 'notify', /No space is notified by a label[\s\S]*notify label/);
    await ask(alpine.admin, alpine.space, 'label acme gold', /carries the label gold now/);
    const set = await ask(ada, desk, 'notify label Gold', /This space is notified by the label gold now/);
    expect(set.markdown).toMatch(/1 organization came from another space/);
    await ask(ada, desk, 'notify label gold', /is notified by the label gold already/);
    // Who carries it later comes along.
    const given = await ask(baltic.admin, baltic.space, 'label borealis gold', /Another space is notified of it/);
    expect(given.markdown).not.toMatch(/Gold desk/);
    await ask(ada, desk, 'show acme', /Notified space\*\* – This one, by a label/);
    await ask(ada, desk, 'show borealis', /Labels\*\* – gold/);
    await ask(baltic.admin, baltic.space, 'show borealis', /A group space outside of this branch, by a label/);

    const before = { desk: await saidSoFar(ada, desk), alpine: await saidSoFar(ada, alpine.space) };
    await timePasses(testApp, 14.1 * dayMs);
    await ada.reads(desk, /Acme[\s\S]*Borealis|Borealis[\s\S]*Acme/, { after: before.desk });
    // What is asked for later is answered, and no warning came before it.
    await ask(alpine.admin, alpine.space, 'label acme', /Its labels: gold/);
    const said = await saidByBot(testApp, ada, alpine.space);
    expect(said.filter(({ id }) => !before.alpine.has(id)).map(({ markdown }) => markdown)).toEqual([
      expect.stringMatching(/Its labels: gold/),
    ]);

    const listed = await ask(ada, desk, 'notify', /gold[\s\S]*This space[\s\S]*2 organizations/);
    await press(ada, desk, listed, 'End', /The label gold notifies that space no more[\s\S]*2 organizations are/);
    await ask(alpine.admin, alpine.space, 'show acme', /Notified space\*\* – This one\n/);
    await ask(ada, desk, 'audit', /Label not notified[\s\S]*Label notified/i);
  });

  it('of the organization’s own branch goes before one above', async () => {
    await ask(ada, desk, 'notify label gold', /is notified by the label gold now/);
    const set = await ask(alpine.admin, alpine.space, 'notify label gold', /notified by the label gold now/);
    expect(set.markdown).toMatch(/1 organization came from another space/);
    await ask(alpine.admin, alpine.space, 'show acme', /Notified space\*\* – This one, by a label/);
    await ask(ada, desk, 'show borealis', /Notified space\*\* – This one, by a label/);
    await ask(ada, desk, 'move acme to Birch', /Move Acme/i).then((card) =>
      press(ada, desk, card, 'Move', /Acme[\s\S]*Birch/),
    );
    await ask(ada, desk, 'show acme', /Notified space\*\* – This one, by a label/);
    await ask(alpine.admin, alpine.space, 'notify label gold off', /notifies that space no more/);
    await ask(ada, desk, 'notify label gold off', /notifies that space no more/);
    await ask(ada, desk, 'notify label gold off', /No space in sight is notified by this label/);
  });

  it('is asked first where many organizations would move', async () => {
    await testApp.withStore(async (db) => {
      for (let number = 0; number < 51; number++) {
        await giveConnection(db, {
          ...{ name: `Many ${number}`, roomId: alpine.space, now: testApp.simulator.now(), daysLeft: 60 },
          ...{ authorizedEmail: 'gave@many.example', record: { customerId: alpine.customerId } },
        });
      }
    });
    await testApp.withStore((db) =>
      db.execute(
        `insert into organization_labels (organization_id, label, given_by, given_at)
         select id, 'many', 'ada@meridian.example', now() from organizations where name like 'Many %'`,
      ),
    );
    const asked = await ask(ada, desk, 'notify label many', /would be notified of 51 more organizations/);
    await ask(ada, desk, 'notify', /No space is notified by a label/);
    await press(ada, desk, asked, 'Notify this space', /notified by the label many now[\s\S]*51 organizations came/);
    await ask(ada, desk, 'notify label many off', /51 organizations are notified of elsewhere/);
  });
});

describe('nobody', () => {
  it('sets or ends it without rights at the space’s customer, or in a direct space', async () => {
    await ask(ada, desk, 'notify label gold', /is notified by the label gold now/);
    await ask(baltic.admin, desk, 'notify label silver', /You may read here|only an administrator|change anything/i);
    const other = await ask(baltic.admin, baltic.space, 'notify', /No space is notified by a label/);
    expect(other.markdown).not.toMatch(/Gold desk|gold desk/);
    const shown = await ask(ada, desk, 'notify', /gold/);
    await press(baltic.admin, desk, shown, 'End', /No space in sight|You may read here/);
    await ask(ada, desk, 'notify', /gold[\s\S]*This space/);
    const lena = await faultsOf(testApp).addPerson({
      email: 'lena@alpine.example',
      displayName: 'Lena',
      of: 'Meridian Managed Services',
    });
    await ask(ada, desk, 'admins add lena@alpine.example viewer Alpine', /is viewer at Alpine/);
    const space = await spaceWith(testApp, 'With Lena', [lena.id]);
    await ask(testApp.as(lena), space, 'notify label gold', /You may read here, but not change anything/);
    const direct = testApp.room('direct');
    await ask(ada, direct, 'notify label gold', /A direct space cannot be notified by a label/);
  });

  it.each(['notify label', 'notify gold', 'notify label off', 'notify label a b c', 'notify label 7'])(
    'is notified by what is no label: %s',
    async (typed) => {
      await ask(ada, desk, typed, /notify needs the word label|cannot be a label/);
    },
  );
});
