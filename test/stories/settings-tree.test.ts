// Settings of resellers and customers: administrators of two branches decide for their own, and learn nothing of each other's.
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connections } from '../../src/connections/connections.schema.ts';
import { customers } from '../../src/customers/customers.schema.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { settings } from '../../src/settings/settings.schema.ts';
import { dayMs, giveConnection } from '../helpers/connections.ts';
import { newSpace, saidSoFar, valuesIn } from '../helpers/story.ts';
import { type Actor, type SpaceMessage, startTestApp, type TestApp, titlesOf } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let ben: Actor;
let carol: Actor;
/** A space that stands at the provider, one of Ben's at North, one of Carol's at South. */
let group: string;
let north: string;
let south: string;

beforeAll(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  ben = testApp.as('ben@meridian.example');
  carol = testApp.as('carol@acme.example');
  group = testApp.room('group');
  await tells(ada, group, 'customers add North as reseller', /North is added below/);
  await tells(ada, group, 'customers add South as reseller', /South is added below/);
  await tells(ada, group, 'customers add Acme under North', /Acme is added below North/);
  await tells(ada, group, 'admins add ben@meridian.example reseller administrator North', /administrator at North/);
  await tells(ada, group, 'admins add carol@acme.example reseller administrator South', /administrator at South/);
  north = await spaceOf('North', ben);
  south = await spaceOf('South', carol);
  await give('Acme Robotics', { at: 'Acme', roomId: north });
  await give('Acme Logistics', { at: 'Acme', roomId: north });
  await give('Borealis', { at: 'South', roomId: south });
});
afterAll(() => testApp.close());

async function tells(actor: Actor, space: string, text: string, answer: RegExp): Promise<SpaceMessage> {
  const after = await saidSoFar(actor, space);
  await actor.tellsBot(space, text);
  return actor.reads(space, answer, { after });
}

async function presses(
  actor: Actor,
  space: string,
  { message, title, typed = {} }: { message: SpaceMessage; title: string; typed?: Record<string, string> },
  answer: RegExp,
): Promise<SpaceMessage> {
  const after = await saidSoFar(actor, space);
  await actor.clicks(message, title, typed);
  return actor.reads(space, answer, { after });
}

/** A group space of Ada's with the bot and this person, which stands at the node of its title. */
async function spaceOf(title: string, member: Actor): Promise<string> {
  const find = (email: string) => testApp.simulator.people.find((person) => person.email === email);
  const [creator, person] = [find(ada.email), find(member.email)];
  if (!creator || !person) throw new Error('somebody is gone');
  const roomId = await newSpace(testApp, creator, { title, members: [person.personId] });
  await ada.reads(roomId, /Hello, I am/);
  await tells(ada, roomId, 'read-along', /./);
  await tells(ada, roomId, `use ${title}`, /stands at/);
  return roomId;
}

const give = (name: string, { at, roomId }: { at: string; roomId: string }) =>
  testApp.withStore(async (db) => {
    const id = await giveConnection(db, { name, roomId, now: testApp.simulator.now(), daysLeft: 90 });
    const [node] = await db.select({ id: customers.id }).from(customers).where(eq(customers.name, at));
    await db.update(organizations).set({ customerId: node?.id }).where(eq(organizations.id, id));
  });

/** How many days before its end an organization is warned next. */
const warnedDaysBefore = (name: string) =>
  testApp.withStore(async (db) => {
    const [found] = await db
      .select({ warnAt: connections.warnAt, endsAt: connections.refreshTokenExpiresAt })
      .from(connections)
      .innerJoin(organizations, eq(organizations.id, connections.organizationId))
      .where(eq(organizations.name, name));
    return ((found?.endsAt.getTime() ?? Number.NaN) - (found?.warnAt?.getTime() ?? Number.NaN)) / dayMs;
  });

const nodeId = (name: string) =>
  testApp.withStore(async (db) => {
    const [found] = await db.select({ id: customers.id }).from(customers).where(eq(customers.name, name));
    return found?.id ?? '';
  });

const allSettings = () => testApp.withStore((db) => db.select().from(settings));

describe('an administrator of a reseller', () => {
  it('decides for the reseller and all below, and reads how many organizations that is', async () => {
    const shown = await tells(ben, north, 'settings', /Settings of this space/);
    expect(titlesOf(shown)).toEqual(['Change for this space', 'Change for North']);
    const form = await presses(ben, north, { message: shown, title: 'Change for North' }, /Settings for North/);
    expect(form.markdown).toContain('counts for 2 organizations here and below');
    const typed = { warning_days: '2073600 s' };
    const saved = await presses(ben, north, { message: form, title: 'Save', typed }, /changed the settings of North/);
    expect(saved.markdown).toContain('This counts for 2 organizations.');
    expect(saved.markdown).toMatch(/Warn before expiry \(days\):\*\* 24 days before \(set here\)/);
    expect(await warnedDaysBefore('Acme Robotics')).toBe(24);
    expect(await warnedDaysBefore('Borealis')).toBe(30);
  });

  it('reads at a customer from which node a value comes', async () => {
    const shown = await tells(ben, north, 'settings acme', /Settings of Acme/);
    expect(shown.markdown).toMatch(/Warn before expiry \(days\):\*\* 24 days before \(from North\)/);
    expect(shown.markdown).toMatch(/A connect link works for:\*\* 24 hours \(built in\)/);
    expect(titlesOf(shown)).toEqual(['Change for Acme', 'Change for North']);
  });

  it('may not decide for the provider', async () => {
    const before = await allSettings();
    const form = await tells(ben, north, 'settings', /Settings of this space/);
    const after = await saidSoFar(ben, north);
    await ben.sends(form, { action: 'save-settings', level: 'provider', seen_at: 'never', warning_days: '3' });
    await ben.reads(north, /Only an administrator of the provider can change these settings/, { after });
    expect(await allSettings()).toEqual(before);
  });
});

describe('an administrator of another branch', () => {
  it('neither reads, counts nor changes it: by name, by a guessed id, or from its own card', async () => {
    const before = await allSettings();
    await tells(carol, south, 'settings North', /(?:no|not|find)/i);
    const shown = await tells(carol, south, 'settings', /Settings of this space/);
    expect(shown.markdown).not.toMatch(/North|Acme/);
    expect(titlesOf(shown)).toEqual(['Change for this space', 'Change for South']);
    const form = await presses(carol, south, { message: shown, title: 'Change for South' }, /Settings for South/);
    expect(form.markdown).toContain('counts for 1 organization here and below');
    const customer_id = await nodeId('North');
    for (const guessed of [customer_id, 'c0ffee00-0000-4000-8000-000000000000', 'North', '']) {
      for (const action of ['edit-settings', 'save-settings']) {
        const after = await saidSoFar(carol, south);
        await carol.sends(form, {
          action,
          level: 'customer',
          customer_id: guessed,
          seen_at: 'never',
          warning_days: '3',
        });
        const answer = await carol.reads(south, /No such customer stands here/, { after });
        expect(answer.markdown).not.toContain('North');
      }
    }
    expect(await allSettings()).toEqual(before);
  });
});

describe('a viewer', () => {
  it('reads the settings, and changes none', async () => {
    await tells(ada, group, 'admins add ben@meridian.example viewer South', /viewer at South/);
    const find = testApp.simulator.people.find(({ email }) => email === ada.email);
    const person = testApp.simulator.people.find(({ email }) => email === ben.email);
    if (!find || !person) throw new Error('somebody is gone');
    const roomId = await newSpace(testApp, find, { title: 'Reading', members: [person.personId] });
    await ada.reads(roomId, /Hello, I am/);
    await tells(ada, roomId, 'use South', /stands at/);
    const shown = await tells(ben, roomId, 'settings', /Settings of this space/);
    expect(titlesOf(shown)).toEqual([]);
    const after = await saidSoFar(ben, roomId);
    await ben.sends(shown, { action: 'save-settings', level: 'space', seen_at: 'never', warning_days: '3' });
    await ben.reads(roomId, /You may read here, but not change anything/, { after });
  });
});

describe('a change of many organizations', () => {
  it('is confirmed first, keeps what was typed on the way back, and counts only where no nearer level decides', async () => {
    for (let number = 1; number <= 55; number++) await give(`Many ${number}`, { at: 'South', roomId: south });
    const shown = await tells(ada, group, 'settings', /Settings of this space/);
    const form = await presses(ada, group, { message: shown, title: 'Change for Provider' }, /Settings for Provider/);
    const typed = { warning_days: '45', escalation_days: '5' };
    const asked = await presses(ada, group, { message: form, title: 'Save', typed }, /This changes \d+ organizations/);
    // Warnings of North are its own, its escalations are not.
    expect(asked.markdown).toContain('This changes 58 organizations');
    expect(asked.markdown).toContain('30, 14, 7, 3, 1 days before → 45 days before');
    const back = await presses(ada, group, { message: asked, title: 'Back to the form' }, /Settings for Provider/);
    expect(valuesIn(back)).toMatchObject(typed);
    const again = await presses(ada, group, { message: back, title: 'Save', typed }, /This changes 58 organizations/);
    const title = 'Change 58 organizations';
    const saved = await presses(ada, group, { message: again, title }, /changed the settings of Provider/);
    expect(saved.markdown).toContain('This counts for 58 organizations.');
    expect(await warnedDaysBefore('Borealis')).toBe(45);
    expect(await warnedDaysBefore('Acme Robotics')).toBe(24);
  });
});

describe('a customer that moves', () => {
  it('follows the settings of where it stands now', async () => {
    const move = await tells(ada, group, 'customers move Acme under South', /Move Acme under South\?/);
    await presses(ada, group, { message: move, title: 'Move' }, /Acme .*South/);
    expect(await warnedDaysBefore('Acme Robotics')).toBe(45);
    const shown = await tells(ada, group, 'settings acme', /Settings of Acme/);
    expect(shown.markdown).toMatch(/45 days before \(from Provider\)/);
  });
});

describe('notices before expiry that a customer switches off', () => {
  it('do not come, and its end is reported all the same', async () => {
    const shown = await tells(ada, group, 'settings acme', /Settings of Acme/);
    const form = await presses(ada, group, { message: shown, title: 'Change for Acme' }, /Settings for Acme/);
    const typed = { expiry_notifications: 'no' };
    await presses(ada, group, { message: form, title: 'Save', typed }, /changed the settings of Acme/);
    expect(await warnedDaysBefore('Acme Robotics')).toBe(0);
    expect(await warnedDaysBefore('Borealis')).toBe(45);
  });
});
