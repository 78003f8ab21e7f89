// A space and the provider decide when they are warned, how much they are told and when they are left alone.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connections } from '../../src/connections/connections.schema.ts';
import { dayMs, giveConnection } from '../helpers/connections.ts';
import {
  addOrganization,
  askedLast,
  faultsOf,
  idsSaid,
  saidByBot,
  saidSince,
  saidSoFar,
  timePasses,
  valuesIn,
} from '../helpers/story.ts';
import {
  type Actor,
  consent,
  linkOf,
  type SpaceMessage,
  startTestApp,
  type TestApp,
  titlesOf,
} from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let space: string;

beforeEach(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  space = testApp.room('direct');
  await faultsOf(testApp).switches({ refreshRenews: 'never' });
});
afterEach(() => testApp.close());

const daysPass = (days: number) => timePasses(testApp, days * dayMs);

const give = (count: number, more: { daysLeft?: number; refreshInDays?: number; roomId?: string } = {}) =>
  testApp.withStore(async (db) => {
    for (let number = 1; number <= count; number++) {
      const name = `Customer ${String(number).padStart(2, '0')}`;
      await giveConnection(db, { name, roomId: space, now: testApp.simulator.now(), ...more });
    }
  });

/** Opens the form of a level, types into it and saves it. Reads what comes of it. */
async function change(level: string, typed: Record<string, string>, answer: RegExp, where = space) {
  const after = await saidSoFar(ada, where);
  await ada.tellsBot(where, 'settings');
  const shown = await ada.reads(where, /Settings of this space/, { after });
  await ada.clicks(shown, level);
  const form = await ada.reads(where, /Settings for (this space|Provider)/, { after });
  await ada.clicks(form, 'Save', typed);
  return ada.reads(where, answer, { after });
}

const inForm = (message: SpaceMessage) => JSON.stringify(message.attachments);

describe('the time zone of a space', () => {
  /** Every time that these messages name. */
  const timesIn = (said: readonly SpaceMessage[]) =>
    said.flatMap(
      (message) =>
        `${message.markdown} ${JSON.stringify(message.attachments ?? [])}`.match(/\d\d:\d\d UTC[-+:\d]*/g) ?? [],
    );

  it('U8: is that of every time in it: in answers, warnings, direct messages and the page of a transaction', async () => {
    await change('Change for this space', { time_zone: 'Asia/Kathmandu' }, /Asia\/Kathmandu \(this space\)/);
    await give(1, { daysLeft: 40 });
    const after = await saidSoFar(ada, space);
    await daysPass(37.5);
    const warning = await ada.reads(space, /⚠️ \*\*Customer 01 expires/, { after });
    await ada.reads(space, /🚨 \*\*Customer 01 expires/, { after });
    await ada.clicks(warning, 'Snooze 1 day');
    await ada.reads(space, /the next warning comes/, { after });
    for (const [typed, words] of [
      ['show customer 01', /Refresh token expires/],
      ['expiring', /within 30 days/],
      ['connect customer 01', /Connect Customer 01/],
      ['refresh customer 01', /Customer 01 has lost its connection/],
      ['transactions', /Refresh/],
      ['transaction 1', /Transaction 1/],
      ['forecast 30', /❌ /],
    ] as const) {
      const before = await saidSoFar(ada, space);
      await ada.says(space, typed);
      await ada.reads(space, words, { after: before });
    }
    const times = timesIn(await saidSince(ada, space, after));
    expect(times.length).toBeGreaterThan(8);
    expect(times.filter((time) => !time.endsWith('UTC+5:45'))).toEqual([]);

    const [shown] = (await ada.messages(space)).filter(({ markdown }) => /^\*\*Transaction 1/.test(markdown ?? ''));
    const page = await (await fetch(linkOf(shown ?? warning))).text();
    expect(page).toMatch(/\d\d:\d\d UTC\+5:45/);
  });
});

describe('settings', () => {
  it('are inherited until a level decides for itself, and show which level did', async () => {
    await change('Change for Provider', { refresh_interval_days: '5', warning_days: '60, 7' }, /changed the settings/);
    const shown = await change('Change for this space', { warning_days: '20' }, /Warn before expiry[^\n]*20 days/);
    expect(shown.markdown).toMatch(/Warn before expiry \(days\):\*\* 20 days before \(this space\)/);
    expect(shown.markdown).toMatch(/at least every:\*\* 5 days \(from Provider\)/);
    expect(shown.markdown).toMatch(/Report scheduled refreshes and changes:\*\* Failures only \(built in\)/);

    const group = testApp.room('group');
    const after = await saidSoFar(ada, group);
    await ada.tellsBot(group, 'settings');
    const elsewhere = await ada.reads(group, /Settings of this space/, { after });
    expect(elsewhere.markdown).toMatch(/60, 7 days before \(from Provider\)/);
  });

  it('that cannot be used come back with all that was typed, and nothing is saved', async () => {
    const typed = { warning_days: 'often', time_zone: 'Europe/Berlin', quiet_hours: '22:00-07:00', verbosity: 'all' };
    const form = await change('Change for this space', typed, /“often” cannot be used/);
    expect(inForm(form)).toContain('"value":"often"');
    expect(inForm(form)).toContain('"value":"22:00-07:00"');
    expect(inForm(form)).toMatch(/"id":"verbosity"[^}]*"value":"all"/);
    await ada.clicks(form, 'Save', { ...typed, warning_days: '10' });
    const saved = await ada.reads(space, /changed the settings/);
    expect(saved.markdown).toMatch(/22:00-07:00 \(this space\)/);
    expect((await ada.messages(space)).filter((message) => titlesOf(message).includes('Save'))).toEqual([]);
  });

  it('that somebody else has changed meanwhile are not put aside unseen: the form comes back and says what differs', async () => {
    await ada.tellsBot(space, 'settings');
    await ada.clicks(await ada.reads(space, /Settings of this space/), 'Change for this space');
    const form = await ada.reads(space, /Settings for this space/);

    await change('Change for this space', { quiet_hours: '22:00-07:00' }, /changed the settings/);
    await ada.clicks(form, 'Save', { warning_days: '20' });
    const outrun = await ada.reads(space, /these settings were changed meanwhile/);
    expect(outrun.markdown).toMatch(/Quiet hours now: 22:00-07:00/);
    expect(outrun.markdown).toMatch(/Warn before expiry \(days\) now: 30, 14, 7, 3, 1 days before, inherited/);
    expect(valuesIn(outrun)).toMatchObject({ warning_days: '20', quiet_hours: '' });

    const after = await saidSoFar(ada, space);
    await ada.clicks(outrun, 'Save', { warning_days: '20', quiet_hours: '22:00-07:00' });
    const saved = await ada.reads(space, /changed the settings/, { after });
    expect(saved.markdown).toMatch(/20 days before \(this space\)[\s\S]*22:00-07:00 \(this space\)/);
  });

  it('of warnings count at once for connections that are there, but tell nothing twice and leave a snooze alone', async () => {
    await give(2, { daysLeft: 50 });
    const snoozed = await saidSoFar(ada, space);
    await daysPass(20);
    const warning = await ada.reads(space, /2 connections expire/, { after: snoozed });
    const rows = (inForm(warning).match(/[0-9a-f-]{36}/g) ?? [])[0] ?? '';
    await ada.clicks(warning, 'Snooze 7 days', { organization_id: rows });
    await ada.reads(space, / snoozed \*\*/);

    const after = await saidSoFar(ada, space);
    await change('Change for this space', { warning_days: '40, 28' }, /changed the settings/);
    await daysPass(2);
    const next = await ada.reads(space, /⚠️ \*\*[^*]+ expires in/, { after });
    expect(next.markdown).toContain('28 days left');
    await askedLast(ada, space);
    expect(await idsSaid(testApp, ada, { space, words: /^⚠️/, after })).toEqual([next.id]);
  });

  it('of links and refreshes count for the next link, and for tokens that are older than the new interval', async () => {
    await give(1);
    await change('Change for this space', { link_lifetime_hours: '72', refresh_interval_days: '1' }, /changed the/);
    const { saved } = await addOrganization(testApp, ada, { space, name: 'Acme Robotics', inputs: { sync: 'false' } });
    expect(saved.markdown).toMatch(/expires in 3 days/);
    await fetch(await consent(linkOf(saved), 'carol@acme.example'));
    await ada.reads(space, /Acme Robotics is connected/);
    const due = await testApp.withStore((db) => db.select({ at: connections.refreshDueAt }).from(connections));
    for (const { at } of due) expect(at.getTime() - testApp.simulator.now().getTime()).toBeLessThanOrEqual(dayMs);
  });
});

describe('quiet hours', () => {
  it('keep warnings back until they have ended, and answer commands all the same', async () => {
    await give(1, { daysLeft: 90 });
    const now = testApp.simulator.now();
    const hour = (offset: number) => String((now.getUTCHours() + offset + 24) % 24).padStart(2, '0');
    await change('Change for this space', { quiet_hours: `${hour(-1)}:00-${hour(4)}:00` }, /changed the settings/);
    const after = await saidSoFar(ada, space);
    await daysPass(60);
    await ada.tellsBot(space, 'expiring 31');
    await ada.reads(space, /1 connection expires within 31 days/, { after });
    expect((await saidByBot(testApp, ada, space)).filter(({ markdown }) => markdown?.startsWith('⚠️'))).toEqual([]);
    await daysPass(5 / 24);
    await ada.reads(space, /⚠️ \*\*Customer 01 expires in/, { after });
  });
});

describe('many connections that end at once', () => {
  it('are told in one digest that says how soon, with the most urgent ten by name', async () => {
    await give(9, { daysLeft: 40 });
    await testApp.withStore(async (db) => {
      for (let number = 10; number <= 14; number++) {
        const now = testApp.simulator.now();
        await giveConnection(db, { name: `Customer ${number}`, roomId: space, now, daysLeft: 31 });
      }
    });
    const after = await saidSoFar(ada, space);
    await daysPass(30);
    const digest = await ada.reads(space, /14 connections expire/, { after });
    expect(digest.markdown).toContain('5 within 1 day, 9 within 14 days.');
    expect(digest.markdown).toContain('4 more: type expiring.');
    expect(digest.markdown?.match(/^- \*\*Customer/gm)).toHaveLength(10);
    expect(digest.markdown?.indexOf('Customer 10')).toBeLessThan(digest.markdown?.indexOf('Customer 01') ?? 0);
  });
});

describe('a deadline that nobody has acknowledged', () => {
  it('is told to each administrator of the provider 3 days before, in one direct message, once', async () => {
    await testApp.close();
    testApp = await startTestApp({ admins: ['ada@meridian.example', 'ben@meridian.example'] });
    ada = testApp.as('ada@meridian.example');
    await faultsOf(testApp).switches({ refreshRenews: 'never' });
    const group = testApp.room('group');
    await give(3, { daysLeft: 40, roomId: group });
    const warned = await saidSoFar(ada, group);
    await daysPass(33);
    const warning = await ada.reads(group, /3 connections expire/, { after: warned });
    const [first] = inForm(warning).match(/"value":"([0-9a-f-]{36})"/) ?? [];
    await ada.clicks(warning, 'Acknowledge', { organization_id: first?.slice(9, -1) ?? '' });
    await ada.reads(group, /acknowledged the warning of/);

    await daysPass(4);
    const told = await ada.reads(testApp.room('direct'), /🚨 \*\*2 connections expire/);
    expect(told.markdown).toContain('Nobody has acknowledged this');
    const ben = testApp.as('ben@meridian.example');
    const benDirect = (await fetchRooms(ben)).find(({ type }) => type === 'direct')?.id ?? '';
    await ben.reads(benDirect, /🚨 \*\*2 connections expire/);
    await testApp.restart();
    await daysPass(1);
    await askedLast(ada, testApp.room('direct'));
    expect(await idsSaid(testApp, ada, { space: testApp.room('direct'), words: /^🚨/ })).toEqual([told.id]);
  });

  it('stays in its group space, and with what counts there, when an administrator mends it from the direct message', async () => {
    const group = testApp.room('group');
    await change('Change for this space', { warning_days: '40' }, /changed the settings/, group);
    const { saved } = await addOrganization(testApp, ada, {
      space: group,
      name: 'Acme Robotics',
      inputs: { sync: 'false' },
    });
    await fetch(await consent(linkOf(saved), 'carol@acme.example'));
    await ada.reads(group, /Acme Robotics is connected/);
    await ada.tellsBot(group, 'list');
    await ada.reads(group, /1 organization/);
    await daysPass(87.5);
    const told = await ada.reads(space, /🚨 \*\*Acme Robotics expires in/);
    await ada.clicks(told, 'Reconnect');
    await fetch(await consent(linkOf(await ada.reads(space, /Connect Acme Robotics/)), 'carol@acme.example'));
    await ada.reads(space, /Acme Robotics is connected/);
    const after = await saidSoFar(ada, group);
    await daysPass(50);
    const warning = await ada.reads(group, /Acme Robotics expires in/, { after });
    expect(warning.markdown).toContain('40 days left');
  });
});

/** The spaces that a person sees. */
async function fetchRooms(person: Actor): Promise<{ id: string; type: string }[]> {
  const { token } = testApp.simulator.people.find(({ email }) => email === person.email) ?? { token: '' };
  let rooms: { id: string; type: string }[] = [];
  await expect
    .poll(
      async () => {
        const response = await fetch(`${testApp.simulator.apiUrl}/rooms`, {
          headers: { authorization: `Bearer ${token}` },
        });
        rooms = ((await response.json()) as { items: typeof rooms }).items;
        return rooms.some(({ type }) => type === 'direct');
      },
      { timeout: 150_000 },
    )
    .toBe(true);
  return rooms;
}
