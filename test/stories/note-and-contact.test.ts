// The note and the contact of a record stand in every warning about it, and go where the organization's own branch reads them alone.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connections } from '../../src/connections/connections.schema.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { type Branch, makeBranch, spaceWith } from '../helpers/branches.ts';
import { dayMs, giveConnection } from '../helpers/connections.ts';
import { saidByBot, saidSoFar, timePasses } from '../helpers/story.ts';
import { type Actor, type Said, startTestApp, type TestApp } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let alpine: Branch;
let baltic: Branch;

beforeAll(async () => {
  testApp = await startTestApp({ admins: ['ada@meridian.example'] });
  ada = testApp.as('ada@meridian.example');
  alpine = await makeBranch(testApp, { reseller: 'Alpine', customer: 'Arolla', email: 'ingrid@alpine.example' });
  baltic = await makeBranch(testApp, { reseller: 'Baltic', customer: 'Birch', email: 'jonas@baltic.example' });
});
afterAll(() => testApp.close());

let after: { alpine: Said; baltic: Said };
beforeEach(async () => {
  await testApp.withStore((db) => db.delete(organizations));
  after = { alpine: await saidSoFar(ada, alpine.space), baltic: await saidSoFar(ada, baltic.space) };
});

/** An organization of a branch, of which the space of that branch is told. */
const give = (branch: Branch, name: string, daysLeft: number, authorizedEmail = `gave@${name.toLowerCase()}.example`) =>
  testApp.withStore((db) =>
    giveConnection(db, {
      ...{ name, roomId: branch.space, now: testApp.simulator.now(), daysLeft, authorizedEmail },
      record: {
        account_email: `ask@${name.toLowerCase()}.example`,
        notes: `Note of ${name}: call first`,
        customerId: branch.customerId,
      },
    }),
  );

describe('a warning of one', () => {
  it('says whom to ask and what the record notes, in the space of its branch alone', async () => {
    await give(alpine, 'Acme', 44);
    await give(baltic, 'Borealis', 44);
    await timePasses(testApp, 14.1 * dayMs);
    const warning = await alpine.admin.reads(alpine.space, /⚠️ \*\*Acme expires in/, { after: after.alpine });
    expect(warning.markdown).toMatch(/Whom to ask:\*\* ask@acme\.example/);
    expect(warning.markdown).toMatch(/Please Note:\*\* Note of Acme: call first/);
    await baltic.admin.reads(baltic.space, /Please Note:\*\* Note of Borealis: call first/, { after: after.baltic });
    expect(JSON.stringify(await saidByBot(testApp, ada, baltic.space))).not.toMatch(/acme/i);
    expect(JSON.stringify(await saidByBot(testApp, ada, alpine.space))).not.toMatch(/borealis/i);

    // The card of the one pressed by the other, in a space of both.
    const shared = await spaceWith(testApp, 'Everybody', [alpine.personId, baltic.personId]);
    const before = await saidSoFar(ada, shared);
    await ada.tellsBot(shared, 'show acme');
    const shown = await ada.reads(shared, /Please Note\*\*[\s\S]*Note of Acme/, { after: before });
    await baltic.admin.sends(shown, { action: 'acknowledge', organization_id: await idOf('Acme') });
    const refused = await ada.reads(shared, /That organization no longer exists/, { after: before });
    expect(refused.markdown).not.toMatch(/acme/i);
  });

  it('says the same where it is escalated to the administrators of the provider', async () => {
    await give(alpine, 'Acme', 2);
    await timePasses(testApp, dayMs / 24);
    const direct = testApp.room('direct');
    const escalated = await ada.reads(direct, /🚨 \*\*Acme expires in[\s\S]*Note of Acme: call first/);
    expect(escalated.markdown).toMatch(/Whom to ask:\*\* ask@acme\.example/);
  });
});

const idOf = async (name: string): Promise<string> => {
  const all = await testApp.withStore((db) => db.select().from(organizations));
  return all.find((one) => one.name === name)?.id ?? '';
};

describe('a lost connection', () => {
  it('is told of with the note and the contact', async () => {
    await give(alpine, 'Acme', 40);
    await testApp.withStore((db) => db.update(connections).set({ state: 'lost', stateReason: 'invalid_grant' }));
    await testApp.bell.look();
    const lost = await alpine.admin.reads(alpine.space, /Acme has lost its connection/, { after: after.alpine });
    expect(lost.markdown).toMatch(/Whom to ask:\*\* ask@acme\.example[\s\S]*Note of Acme: call first/);
  });
});

describe('a summary of many', () => {
  it('keeps the contact short, and says it where it is not who authorized the connection', async () => {
    await give(alpine, 'Acme', 44);
    await give(alpine, 'Arolla', 44, 'Ask@arolla.example');
    await timePasses(testApp, 14.1 * dayMs);
    const summary = await alpine.admin.reads(alpine.space, /2 connections expire/, { after: after.alpine });
    expect(summary.markdown).toMatch(/Acme\*\*.*authorized by gave@acme\.example; ask ask@acme\.example/);
    expect(summary.markdown).toMatch(/Arolla\*\*.*authorized by Ask@arolla\.example/);
    expect(summary.markdown).not.toMatch(/ask ask@arolla|call first/);
  });
});
