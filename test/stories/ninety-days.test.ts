// Ninety days of one connection, lived through by the clock, under both of Webex's policies: refreshed each week, warned at each threshold where that
// does not help, connected again, and all begins anew.
import { asc } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { refreshes } from '../../src/connections/connections.schema.ts';
import { transactions } from '../../src/transactions/transactions.schema.ts';
import { dayMs } from '../helpers/connections.ts';
import { addOrganization, askedLast, faultsOf, idsSaid, saidSince, saidSoFar, timePasses } from '../helpers/story.ts';
import {
  type Actor,
  consent,
  linkOf,
  type Said,
  type SpaceMessage,
  startTestApp,
  type TestApp,
} from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let space: string;
/** Days since the connection was made. */
let day: number;

beforeEach(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  space = testApp.room('group');
  day = 0;
  told = [];
});
afterEach(() => testApp.close());

async function connect(): Promise<void> {
  const { saved, after } = await addOrganization(testApp, ada, {
    space,
    name: 'Acme Robotics',
    inputs: { sync: 'false' },
  });
  await accept(saved, after);
}

async function accept(link: SpaceMessage, after: Said): Promise<void> {
  await fetch(await consent(linkOf(link), 'carol@acme.example'));
  await ada.reads(space, /Acme Robotics is connected/, { after });
}

async function liveUntil(next: number): Promise<void> {
  await timePasses(testApp, (next - day) * dayMs);
  day = next;
}

/** Lives until the day on which tokens that were obtained a week before are refreshed, and waits for that. */
async function refreshedOn(next: number): Promise<void> {
  const before = (await faultsOf(testApp).calls('POST', '/access_token')).length;
  await liveUntil(next);
  const asked = async () => {
    await testApp.bell.look();
    return (await faultsOf(testApp).calls('POST', '/access_token')).length;
  };
  await expect.poll(asked).toBe(before + 1);
}

/** The warnings of the one connection that the space has read, by their ids. */
let told: string[];

/** Lives until that day and reads what the space is told then. */
async function toldOn(next: number, text: RegExp): Promise<SpaceMessage> {
  const after = await saidSoFar(ada, space);
  await liveUntil(next);
  const message = await ada.reads(space, text, { after });
  told.push(message.id);
  return message;
}

const warnings = () => idsSaid(testApp, ada, { space, words: /^(⚠️|❌|🚨)/ });

const lived = () =>
  testApp.withStore(async (db) => ({
    journal: await db.select().from(refreshes).orderBy(asc(refreshes.id)),
    transactions: await db.select().from(transactions).orderBy(asc(transactions.id)),
  }));

it('is never in danger where each refresh renews the 90 days, and nobody is bothered', async () => {
  await connect();
  for (let week = 1; week <= 13; week++) await refreshedOn(week * 7);
  await askedLast(ada, space);
  expect(await warnings()).toEqual([]);
  const { journal, transactions: all } = await lived();
  expect(journal.map(({ outcome }) => outcome)).toEqual(Array(13).fill('renewed'));
  expect(all.map(({ action, status }) => `${action} ${status}`)).toEqual([
    'connect success',
    ...Array(13).fill('refresh success'),
  ]);
  const after = await saidSoFar(ada, space);
  await ada.tellsBot(space, 'list');
  await ada.reads(space, /✅ Connected, 90 days left/, { after });
});

it('U5: is warned of at each threshold where a person lets the days pass on the page', async () => {
  await faultsOf(testApp).switches({ refreshRenews: 'never' });
  await connect();
  await liveUntil(59);
  const after = await saidSoFar(ada, space);
  testApp.simulator.followClock(async () => {
    await testApp.bell.look();
    await expect.poll(() => testApp.isIdle(), { timeout: 150_000, interval: 5 }).toBe(true);
  });
  const passed = await fetch(new URL('/chat/clock', testApp.simulator.chatUrl), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ days: 32 }),
  });
  expect(passed.status).toBe(200);
  // A message that Webex did not take at once comes later than the days passed.
  await ada.reads(space, /⚠️ \*\*Acme Robotics has expired/, { after });
  await askedLast(ada, space);
  const told = (await saidSince(ada, space, after)).flatMap(
    ({ markdown = '' }) => /^⚠️ \*\*([^*]+)/.exec(markdown)?.[1] ?? [],
  );
  expect(told.slice(0, 4)).toEqual([30, 14, 7, 3].map((days) => `Acme Robotics expires in ${days} days`));
  expect(told[4]).toMatch(/^Acme Robotics expires in (2[4-9]|3\d) hours$/);
  expect(told.slice(5)).toEqual(['Acme Robotics has expired']);
});

it('is refreshed and warned of to its last day where only a consent renews it, and begins anew with one', async () => {
  await faultsOf(testApp).switches({ refreshRenews: 'never' });
  await connect();
  for (const refreshDay of [7, 14, 21, 28, 35, 42, 49, 56]) await refreshedOn(refreshDay);
  expect(await warnings()).toEqual([]);
  await toldOn(60, /⚠️ \*\*Acme Robotics expires in[\s\S]*30 days left/);
  for (const refreshDay of [63, 70]) await refreshedOn(refreshDay);
  await toldOn(76, /⚠️ [\s\S]*14 days left/);
  await refreshedOn(77);
  await toldOn(83, /⚠️ [\s\S]*7 days left/);
  await refreshedOn(84);
  await toldOn(87, /⚠️ [\s\S]*3 days left/);
  await ada.reads(testApp.room('direct'), /🚨 \*\*Acme Robotics expires in/);
  await toldOn(89, /⚠️ [\s\S]*24 hours left/);
  const last = await toldOn(90, /⚠️ \*\*Acme Robotics has expired/);
  expect(await warnings()).toEqual(told);

  const after = await saidSoFar(ada, space);
  await ada.clicks(last, 'Reconnect');
  await accept(await ada.reads(space, /Connect Acme Robotics/, { after }), after);
  const { journal } = await lived();
  expect(journal.map(({ outcome }) => outcome)).toEqual(Array(12).fill('not_renewed'));
  // Webex says how long a token lives in whole seconds; no refresh moves its end by more.
  const deadlines = journal.map(({ newDeadlineAt }) => newDeadlineAt.getTime());
  expect(Math.max(...deadlines) - Math.min(...deadlines)).toBeLessThan(60_000);

  for (const refreshDay of [97, 104]) await refreshedOn(refreshDay);
  await toldOn(150, /⚠️ \*\*Acme Robotics expires in[\s\S]*30 days left/);
  expect(await warnings()).toEqual(told);
});
