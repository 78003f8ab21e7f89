// Ada looks ahead: a picture, its numbers in words and a calendar, each a message of its own that stands once whatever Webex does.
import { randomUUID } from 'node:crypto';
import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveConnection, saveRefreshFailure } from '../../src/connections/connection.store.ts';
import type { Db } from '../../src/db/database.ts';
import { notices } from '../../src/notices/notices.schema.ts';
import { defaultSettings } from '../../src/settings/settings.ts';
import { aGrant, anOrganization } from '../db/rows.ts';
import { askedLast, eventually, faultsOf, metricOf, saidByBot, saidSince, saidSoFar } from '../helpers/story.ts';
import { type Actor, type SpaceMessage, startTestApp, type TestApp } from '../helpers/test-app.ts';

const dayMs = 24 * 60 * 60_000;

let testApp: TestApp;
let ada: Actor;
let space: string;
let faults: ReturnType<typeof faultsOf>;

beforeAll(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  space = testApp.room('direct');
  faults = faultsOf(testApp);
});
afterAll(() => testApp.close());

const inDays = (days: number) => new Date(testApp.simulator.now().getTime() + days * dayMs);

/** A connection that nobody refreshes meanwhile and no warning is due of. */
async function connected(db: Db, name: string, endsInDays: number): Promise<string> {
  const { id } = await anOrganization(db, { id: randomUUID(), name });
  await saveConnection(db, grantThatEnds(id, endsInDays), defaultSettings);
  return id;
}

const grantThatEnds = (organizationId: string, days: number) => ({
  ...aGrant(organizationId),
  accessTokenExpiresAt: inDays(14),
  refreshTokenExpiresAt: inDays(days),
  refreshDueAt: inDays(7),
});

const filesOf = (message: SpaceMessage) => (message as { files?: string[] }).files ?? [];

async function fileOf(message: SpaceMessage) {
  const [url] = filesOf(message);
  if (url === undefined) throw new Error('the message has no file');
  const { token } = testApp.simulator.people.find(({ email }) => email === ada.email) ?? {};
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  expect(response.status).toBe(200);
  return {
    name: /filename="(.*)"/.exec(response.headers.get('content-disposition') ?? '')?.[1],
    type: response.headers.get('content-type'),
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}

describe('before anything ends', () => {
  it('the forecast is a friendly text, without a file', async () => {
    await ada.says(space, 'forecast');
    const answer = await ada.reads(space, /Nothing expires within 90 days/);
    expect(filesOf(answer)).toEqual([]);
    await askedLast(ada, space);
    expect((await saidByBot(testApp, ada, space)).filter((message) => filesOf(message).length > 0)).toEqual([]);
  });

  it.each(['soon', '0', '366', '1.5', '-3'])('“forecast %s” is answered with what can be asked', async (days) => {
    const after = await saidSoFar(ada, space);
    await ada.says(space, `forecast ${days}`);
    const answer = await ada.reads(space, /Enter 1 to 365 days/, { after });
    expect(answer.markdown).toContain('Type, for example, forecast 30.');
  });
});

describe('with connections that end', () => {
  let acme: string;
  beforeAll(() =>
    testApp.withStore(async (db) => {
      acme = await connected(db, 'Acme Robotics', 40);
      await connected(db, 'Borealis Foods', 80);
      await connected(db, 'Far Away', 200);
      const organizationId = await connected(db, 'Cobalt Health', 50);
      const { refreshToken: readRefreshToken } = aGrant(organizationId);
      const failure = { state: 'lost', stateReason: 'invalid_grant', refreshDueAt: inDays(7) } as const;
      await saveRefreshFailure(db, { organizationId, readRefreshToken, ...failure, failingWarnAt: null });
    }),
  );

  it('a picture with its numbers comes first, and then a calendar', async () => {
    const after = await saidSoFar(ada, space);
    await ada.says(space, 'forecast');
    const first = await ada.reads(space, /2 connections expire within 90 days/, { after });
    expect(first.markdown).toMatch(
      /1 is lost or expired[\s\S]*Cobalt Health[\s\S]*The nearest:[\s\S]*1\. \*\*Acme[\s\S]*2\. \*\*Borealis/,
    );
    expect(first.markdown).not.toContain('Far Away');
    const picture = await fileOf(first);
    expect([picture.name, picture.type]).toEqual(['forecast-90-days.png', 'image/png']);
    expect(picture.bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(picture.bytes.readUInt32BE(16)).toBeGreaterThan(1600);

    const second = await ada.reads(space, /2 deadlines for your calendar/, { after });
    const calendar = await fileOf(second);
    expect([calendar.name, calendar.type]).toEqual(['deadlines-90-days.ics', 'text/calendar; charset=utf-8']);
    const events = new ICAL.Component(ICAL.parse(calendar.bytes.toString())).getAllSubcomponents('vevent');
    expect(events.map((event) => event.getFirstPropertyValue('summary'))).toEqual([
      'Acme Robotics must be reconnected',
      'Borealis Foods must be reconnected',
    ]);
    expect(String(events[0]?.getFirstPropertyValue('uid'))).toMatch(new RegExp(`^${acme}-\\d+@hubkeeper$`));
  });

  it('looks as far as is asked', async () => {
    const after = await saidSoFar(ada, space);
    await ada.says(space, 'forecast 365');
    const first = await ada.reads(space, /3 connections expire within 365 days/, { after });
    expect(first.markdown).toContain('Far Away');
    await ada.reads(space, /3 deadlines for your calendar/, { after });
  });

  it.each([
    [61, 'reset', { kind: 'reset', lost: 'answer' }],
    [62, 'answered with a failure', { kind: 'status', status: 502, lost: 'answer' }],
  ] as const)('of %i days: each stands once where its posting was %s after Webex took it', async (days, _, fault) => {
    const after = await saidSoFar(ada, space);
    await faults.plan({ ...fault, method: 'POST', route: '/messages', by: testApp.simulator.bot.email, times: 2 });
    await ada.says(space, `forecast ${days}`);
    await ada.reads(space, new RegExp(`1 connection expires within ${days} days`), { after });
    await ada.reads(space, /1 deadline for your calendar/, { after });
    await faults.areSpent();
    await expect.poll(() => metricOf(testApp, 'hubkeeper_notices_waiting'), eventually).toBe(0);
    const said = (await saidSince(ada, space, after)).filter((message) => filesOf(message).length > 0);
    expect(said.map(({ markdown }) => markdown?.split('**')[1]).toSorted()).toEqual([
      expect.stringContaining(`1 connection expires within ${days} days`),
      '1 deadline for your calendar',
    ]);
  });

  it('is told only of what still ends, and no file is in any row', async () => {
    const rows = await testApp.withStore(async (db) => {
      await saveConnection(db, grantThatEnds(acme, 100), defaultSettings);
      return db.select().from(notices);
    });
    const after = await saidSoFar(ada, space);
    await ada.says(space, 'forecast 45');
    const answer = await ada.reads(space, /Nothing expires within 45 days[\s\S]*Cobalt Health/, { after });
    expect(filesOf(answer)).toEqual([]);
    const owed = rows.filter(({ kind }) => kind.startsWith('forecast_'));
    expect(owed.length).toBeGreaterThan(4);
    for (const { payload } of owed)
      expect(Object.keys(payload as object).toSorted()).toEqual(['askedBy', 'days', 'kind']);
  });
});
