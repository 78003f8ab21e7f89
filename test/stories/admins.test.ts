// Who authorized connections: people see it before somebody leaves.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { giveConnection } from '../helpers/connections.ts';
import { saidSoFar } from '../helpers/story.ts';
import { type Actor, startTestApp, type TestApp, titlesOf } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let space: string;

beforeAll(async () => {
  // No clock of ours looks at connections that no Webex has given.
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  space = testApp.room('direct');
  await testApp.withStore(async (db) => {
    const now = testApp.simulator.now();
    const give = (name: string, authorizedEmail: string, daysLeft: number) =>
      giveConnection(db, { name, roomId: space, now, daysLeft, authorizedEmail });
    for (let count = 12; count > 0; count--) await give(`Customer ${count}`, 'Ada@meridian.example', 40 + count);
    await give('Acme Robotics', 'carol@acme.example', 80);
  });
});
afterAll(() => testApp.close());

const ask = (text: string, answer: RegExp) => ada.asks(space, text, answer);

async function click(message: Awaited<ReturnType<typeof ask>>, title: string, answer: RegExp) {
  const after = await saidSoFar(ada, space);
  await ada.clicks(message, title);
  return ada.reads(space, answer, { after });
}

describe('admins', () => {
  it('U9: names each person once, with a button to the organizations that the person authorized', async () => {
    const all = await ask('admins', /2 people authorized connections/);
    expect(all.markdown).toMatch(
      /ada@meridian\.example\*\* – administrator; 12 organizations\s[\s\S]*carol@acme\.example\*\* – 1 organization/,
    );
    expect(all.markdown?.match(/@\S+\*\* – /g)).toHaveLength(2);
    expect(all.markdown).toMatch(/13 of 13 organizations hang on people, 12 on ada@meridian\.example\./i);
    expect(titlesOf(all)).toEqual(['Organizations', 'Organizations', 'List organizations']);
    await click(all, 'Organizations', /ada@meridian\.example authorized 12 organizations/i);
    await ask('admins grants carol@acme.example', /authorized 1 organization[\s\S]*1\. \*\*Acme Robotics/);
  });

  it('U9: says how many pages there are, past the last one', async () => {
    const past = await ask('admins 2', /There is no page 2\. The list has 1 page\./);
    await click(past, 'First page', /2 people authorized connections/);
  });
});

describe('admins grants', () => {
  it('lists a person’s organizations by deadline, page by page, and their numbers work', async () => {
    const first = await ask('admins grants ADA@meridian.example', /authorized 12 organizations/);
    expect(first.markdown).toMatch(/1\. \*\*Customer 1\*\*[\s\S]*10\. \*\*Customer 10\*\*/);
    expect(titlesOf(first)).toEqual([...Array.from({ length: 10 }, () => 'Show'), 'Next', 'All administrators']);
    const second = await click(first, 'Next', /11\. \*\*Customer 11\*\*[\s\S]*12\. \*\*Customer 12\*\*/);
    expect(titlesOf(second)).toContain('Previous');
    await ask('show 12', /\*\*Customer 12\*\*/);
  });

  it('offers the nearest of those who gave grants where the e-mail is none of them', async () => {
    const unknown = await ask(
      'admins grants karol@acme.example',
      /Nobody called “karol@acme\.example” has authorized a connection/,
    );
    expect(unknown.markdown).toMatch(/Did you mean carol@acme\.example\?/);
    await click(unknown, 'Organizations', /carol@acme\.example authorized 1 organization/);
    await ask('admins everybody', /admins grants or admins leaving with the e-mail/);
  });
});

it('show says how many others the same person authorized, and leads to them', async () => {
  const shown = await ask('show customer 7', /who also authorized 11 other organizations/);
  await click(shown, 'All of this person', /authorized 12 organizations/);
  const alone = await ask('show acme', /Authorized by:\*\* carol@acme\.example/);
  expect(alone.markdown).not.toMatch(/other organization/);
  expect(titlesOf(alone)).not.toContain('All of this person');
});
