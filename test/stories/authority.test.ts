// Who may do what: commands and clicks of somebody who is no administrator change nothing, whoever got the card.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { connectLinks } from '../../src/connections/connections.schema.ts';
import { notices } from '../../src/notices/notices.schema.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { transactions } from '../../src/transactions/transactions.schema.ts';
import { addOrganization, numberOf, saidSoFar } from '../helpers/story.ts';
import { type Actor, startTestApp, type TestApp, type TestAppOptions, titlesOf } from '../helpers/test-app.ts';

const sorry = /^Sorry, only Hubkeeper’s administrators can do this/;

const options: TestAppOptions = { admins: adminsOf('Ada@Meridian.EXAMPLE') };
let testApp: TestApp;
let ada: Actor;
let ben: Actor;
let group: string;

beforeAll(async () => {
  testApp = await startTestApp(options);
  ada = testApp.as('ada@meridian.example');
  ben = testApp.as('ben@meridian.example');
  group = testApp.room('group');
});
afterAll(() => testApp.close());

/** As the operator writes it. */
function adminsOf(written: string): string[] {
  const result = readConfig({ ADMINS: written });
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return [...result.config.admins];
}

const everything = () =>
  testApp.withStore(async (db) => ({
    organizations: await db.select().from(organizations),
    links: await db.select().from(connectLinks),
    transactions: await db.select().from(transactions),
    notices: (await db.select().from(notices)).filter(({ kind }) => kind !== 'greeting'),
  }));

describe('somebody who is no administrator', () => {
  it.each([
    'help',
    'add',
    'add Acme',
    'list',
    'show acme',
    'connect acme',
    'transaction',
    'cancel 1',
    'replay 1',
    'nonsense',
    '',
  ])('Ben types "%s" and reads one polite sentence', async (typed) => {
    const after = await saidSoFar(ben, group);
    await ben.tellsBot(group, typed);
    const answer = await ben.reads(group, sorry, { after });
    expect(answer.attachments).toBeUndefined();
    expect(answer.markdown?.match(/[.!?](\s|$)/g)).toHaveLength(1);
  });

  it('Ben clicks on the cards that Ada got, and nothing changes', async () => {
    const { saved } = await addOrganization(testApp, ada, { space: group, name: 'Acme Robotics' });
    const after = await saidSoFar(ada, group);
    await ada.tellsBot(group, 'add');
    const form = await ada.reads(group, (message) => titlesOf(message).includes('Save'), { after });
    await ada.tellsBot(group, 'list');
    const list = await ada.reads(group, /1 organization/, { after });
    const before = await everything();
    expect(before.organizations).toHaveLength(1);

    const clicks = [
      () =>
        ben.clicks(form, 'Save', { name: 'Borealis', account_number_external: numberOf(testApp, 'Borealis Foods') }),
      () => ben.clicks(form, 'Cancel'),
      () => ben.clicks(list, 'Connect', { organization_id: before.organizations[0]?.id ?? '' }),
      () => ben.clicks(list, 'Show', { organization_id: before.organizations[0]?.id ?? '' }),
      () => ben.clicks(list, 'Add'),
    ];
    for (const click of clicks) {
      const soFar = await saidSoFar(ben, group);
      await click();
      await ben.reads(group, sorry, { after: soFar });
    }
    expect(await everything()).toEqual(before);
    const stillThere = (await ada.messages(group)).map(({ id }) => id);
    expect(stillThere).toContain(form.id);
    expect(stillThere).toContain(saved.id);
  });
});

describe('authority follows ADMINS', () => {
  it('after a restart with Ben in it and Ada out of it, Ben is heard and Ada is not', async () => {
    options.admins = adminsOf('BEN@meridian.example, carol@acme.example');
    await testApp.restart();
    const after = await saidSoFar(ben, group);
    await ben.tellsBot(group, 'list');
    const list = await ben.reads(group, /1 organization/, { after });

    const next = await saidSoFar(ada, group);
    await ada.tellsBot(group, 'list');
    await ada.reads(group, sorry, { after: next });
    const last = await saidSoFar(ada, group);
    await ada.clicks(list, 'Add');
    await ada.reads(group, sorry, { after: last });
  });
});
