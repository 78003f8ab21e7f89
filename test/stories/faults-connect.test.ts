// Every way in which Webex can fail, on every route that a Connect takes: it ends once, in Success or a clear Fail, and is told once.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connections } from '../../src/connections/connections.schema.ts';
import { notices } from '../../src/notices/notices.schema.ts';
import { transactions } from '../../src/transactions/transactions.schema.ts';
import { everyFailure, lostAnswers } from '../helpers/failures-of-webex.ts';
import { addOrganization, faultsOf, idsSaid, newLink } from '../helpers/story.ts';
import { type Actor, consent, type Said, type SpaceMessage, startTestApp, type TestApp } from '../helpers/test-app.ts';

const carol = 'carol@acme.example';
const dmitri = 'dmitri@borealis.example';

let testApp: TestApp;
let ada: Actor;
let faults: ReturnType<typeof faultsOf>;
let space: string;
let bot: string;

beforeAll(async () => {
  // The budget leaves room for what Retry-After asks; the time-out ends a hang soon.
  testApp = await startTestApp({ webexTimeouts: { timeoutMs: 1_500, budgetMs: 8_000 } });
  ada = testApp.as('ada@meridian.example');
  faults = faultsOf(testApp);
  space = testApp.room('direct');
  bot = testApp.simulator.bot.email;
  await addOrganization(testApp, ada, { space, name: 'Acme Robotics' });
  await addOrganization(testApp, ada, { space, name: 'Cobalt Health' });
});
afterAll(() => testApp.close());
/** All that the space was told of a Connect's end, by the ids: each result and each progress message as it ended. */
const results: string[] = [];
const progress: string[] = [];
async function ends(after: Said, result: RegExp, status: RegExp): Promise<SpaceMessage> {
  const told = await ada.reads(space, result, { after });
  results.push(told.id);
  progress.push((await ada.reads(space, status, { after })).id);
  return told;
}
afterEach(() => faults.areSpent());

describe('a Connect', () => {
  it.each(everyFailure)('succeeds under $name', async ({ fault }) => {
    const { link, after } = await newLink(ada, space, 'acme');
    for (const route of ['/people/me', '/organizations', '/roles', '/licenses']) {
      await faults.plan({ ...fault, method: 'GET', route, by: carol });
    }
    await faults.plan({ ...fault, method: 'PUT', route: '/messages/{messageId}', by: bot });
    if (fault.lost !== 'answer') await faults.plan({ ...fault, method: 'POST', route: '/access_token' });
    await fetch(await consent(link, carol));
    await ends(after, /Acme Robotics is connected/, /Connect Acme Robotics\*\* – Success/);
  });

  it.each(lostAnswers)('fails clearly where the tokens for the code were on their way: $name', async ({ fault }) => {
    const { link, after } = await newLink(ada, space, 'acme');
    await faults.plan({ ...fault, method: 'POST', route: '/access_token' });
    await faults.plan({ ...fault, method: 'POST', route: '/messages', times: 2, by: bot });
    await fetch(await consent(link, carol));
    const result = await ends(after, /Acme Robotics could not be connected/, /Connect Acme Robotics\*\* – Fail/);
    expect(result.markdown).toMatch(/ask for a new link/i);
  });

  it.each(everyFailure)('of the wrong organization is given back, under $name', async ({ fault }) => {
    const { link, after } = await newLink(ada, space, 'cobalt');
    await faults.plan({ ...fault, method: 'GET', route: '/authorizations', by: dmitri });
    await faults.plan({ ...fault, method: 'DELETE', route: '/authorizations/{id}', by: dmitri });
    await fetch(await consent(link, dmitri));
    const result = await ends(after, /Cobalt Health was not connected/, /Connect Cobalt Health\*\* – Fail/);
    expect(result.markdown).toContain('The grant was revoked at Webex');
  });
});

describe('when all is over', () => {
  it('each Connect has ended once and was told once, by one progress message and one result', async () => {
    const store = await testApp.withStore(async (db) => ({
      connections: await db.select().from(connections),
      transactions: await db.select().from(transactions),
      notices: await db.select().from(notices),
    }));
    expect(store.connections).toHaveLength(1);
    expect(store.notices.filter(({ deliveredAt }) => deliveredAt === null)).toEqual([]);
    expect(store.transactions.filter(({ status }) => status === 'success')).toHaveLength(everyFailure.length);
    expect(store.transactions.filter(({ status }) => status === 'fail')).toHaveLength(
      lostAnswers.length + everyFailure.length,
    );
    const said = (words: RegExp) => idsSaid(testApp, ada, { space, words });
    expect(await said(/Acme Robotics (is|could not be) connected|Cobalt Health was not connected/)).toEqual(results);
    // Two of them may have begun to be told in the other order.
    expect((await said(/\*\*Connect [A-Z].* – (Success|Fail)/)).toSorted()).toEqual(progress.toSorted());
    expect(progress).toHaveLength(store.transactions.length);
    expect(await said(/\*\*Connect [A-Z].* – (Queued|In Progress)/)).toEqual([]);
  });
});
