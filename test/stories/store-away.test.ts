// The database fails for a while, in ways that pass: what was said and clicked meanwhile is answered once, rightly, and nobody is told of a fault of ours.
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { askedLast, deliver, envelope, eventually, idsSaid, saidSoFar } from '../helpers/story.ts';
import { type Actor, startTestApp, type TestApp, titlesOf } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let space: string;

beforeAll(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  space = testApp.room('direct');
  await ada.reads(space, /Hello, I am/);
});
afterAll(() => testApp.close());
afterEach(isWell);

/** From now on the database refuses to write this to that table, in the words of a server that cannot. */
async function refuses(what: 'insert' | 'update', table: string, sqlState: string): Promise<void> {
  const { db } = await testApp.store.open();
  await db.execute(
    sql.raw(`
    create or replace function refuse_for_now() returns trigger language plpgsql as
    $$ begin raise exception 'not for now' using errcode = '${sqlState}'; end $$`),
  );
  await db.execute(
    sql.raw(`create trigger refuse_for_now before ${what} on ${table} execute function refuse_for_now()`),
  );
}

async function isWell(): Promise<void> {
  const { db } = await testApp.store.open();
  await db.execute(sql.raw('drop function if exists refuse_for_now() cascade'));
}

const isLogged = (words: string) => expect.poll(() => testApp.logLines.join(''), eventually).toContain(words);
const said = (words: RegExp, after: ReadonlySet<string>) => idsSaid(testApp, ada, { space, words, after });

test.each([
  ['is read-only', '25006'],
  ['has a full disk', '53100'],
  ['has no connection left', '53300'],
  ['shuts down', '57P01'],
])(
  'O8: a database that %s while a command runs is waited for, and the command is answered once',
  async (_case, state) => {
    const after = await saidSoFar(ada, space);
    const name = `Acme ${state}`;
    await ada.says(space, 'add');
    const form = await ada.reads(space, (message) => titlesOf(message).includes('Save'), { after });
    testApp.logLines.length = 0;
    await refuses('insert', 'organizations', state);
    const inputs = { name, account_number_external: crypto.randomUUID(), sync: 'false' };
    await ada.clicks(form, 'Save', inputs);
    await isLogged('an event could not be handled at once');
    await isLogged('a job waits for the database');
    await isWell();
    const saved = await ada.reads(space, new RegExp(`${name} is saved`), { after });
    await askedLast(ada, space);
    expect(await said(new RegExp(`${name} is saved`), after)).toEqual([saved.id]);
    expect(await said(/went wrong|could not|did not/i, after)).toEqual([]);
  },
);

test('O8: an answer that stands while its end cannot be saved is not given again', async () => {
  const after = await saidSoFar(ada, space);
  testApp.logLines.length = 0;
  await refuses('update', 'inbox_events', '57P03');
  await ada.says(space, 'show what stands already');
  const answer = await ada.reads(space, /what stands already/, { after });
  await isLogged('the database cannot be used now');
  await isWell();
  await askedLast(ada, space);
  expect(await said(/what stands already/, after)).toEqual([answer.id]);
});

test('W3: what Webex delivers while nothing can be saved is answered 503, kept, and answered once when it can', async () => {
  const after = await saidSoFar(ada, space);
  await ada.says(space, 'settings');
  const settings = await ada.reads(space, /settings/i, { after });
  testApp.logLines.length = 0;
  await refuses('insert', 'inbox_events', '57P03');
  await Promise.all([
    ada.says(space, 'show what came at a bad time'),
    ada.clicks(settings, titlesOf(settings)[0] ?? ''),
    deliver(testApp, envelope('messages', { id: 'unknown', roomId: space, personId: 'somebody' })).then(({ status }) =>
      expect(status).toBe(503),
    ),
  ]);
  await isLogged('an event could not be saved in time');
  const between = await saidSoFar(ada, space);
  await isWell();
  const answer = await ada.reads(space, /what came at a bad time/, { after: between });
  await ada.reads(space, ({ markdown }) => !/what came at a bad time/.test(markdown ?? ''), { after: between });
  // The look of each minute fetches the gap, too, and finds all known.
  await testApp.bell.ring('webhooks');
  await isLogged('all events that waited for the database are taken');
  await askedLast(ada, space);
  expect(await said(/what came at a bad time/, between)).toEqual([answer.id]);
});

test('W3: a message that could not even be kept is fetched at the next look', async () => {
  const after = await saidSoFar(ada, space);
  await testApp.restart();
  testApp.logLines.length = 0;
  await refuses('insert', 'inbox_events', '57P03');
  await ada.says(space, 'show what only Webex knows');
  await isLogged('an event could not be saved in time');
  // What the process keeps in memory goes with it.
  await testApp.stop();
  await isWell();
  await testApp.start();
  const answer = await ada.reads(space, /what only Webex knows/, { after });
  await askedLast(ada, space);
  expect(await said(/what only Webex knows/, after)).toEqual([answer.id]);
});
