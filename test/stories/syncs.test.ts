// Syncs and their schedules: started by hand, when they are due and once after a stop, paused, changed with the next runs in sight, and told where they fail.
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { syncSchedules } from '../../src/directory/schedules/schedules.schema.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { ask, press, spaceAt } from '../helpers/asking.ts';
import { dayMs } from '../helpers/connections.ts';
import { addOrganization, connectOrganization, faultsOf, saidSoFar, valuesIn } from '../helpers/story.ts';
import { type Actor, buttonsOf, type SpaceMessage, startTestApp, type TestApp, titlesOf } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let ben: Actor;
let group: string;
let north: string;
let south: string;
let faults: ReturnType<typeof faultsOf>;

/** Lets time pass, and has the app run what is due by then. */
async function passes(ms: number): Promise<void> {
  await faults.advance(ms);
  await testApp.bell.lookForAll();
}

/** The schedule's card, once it says this. */
const opened = async (actor: Actor, space: string, schedule: number, says: RegExp): Promise<SpaceMessage> => {
  const list = await ask(actor, space, 'schedules acme', /Sync schedules of Acme Robotics/);
  const buttons = buttonsOf(list).filter(({ title }) => title === 'Open');
  const after = await saidSoFar(actor, space);
  await actor.sends(list, buttons[schedule]?.data as object);
  return actor.reads(space, says, { after });
};
const [rolesLicenses, full] = [0, 1];

beforeAll(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  ben = testApp.as('ben@meridian.example');
  group = testApp.room('group');
  faults = faultsOf(testApp);
  await ask(ada, group, 'customers add North as reseller', /North is added/);
  await ask(ada, group, 'customers add South as reseller', /South is added/);
  await ask(ada, group, 'admins add ben@meridian.example reseller administrator South', /administrator at South/);
  north = await spaceAt(testApp, 'North', ben);
  south = await spaceAt(testApp, 'South', ben);
  await addOrganization(testApp, ada, { space: south, name: 'Borealis Foods', inputs: { customer: 'South' } });
});
afterAll(() => testApp.close());

describe('before an organization is connected', () => {
  it('nothing can be read, and its schedules wait', async () => {
    const refused = await ask(ben, south, 'sync borealis', /Borealis Foods cannot be synced[\s\S]*not connected/);
    expect(titlesOf(refused)).toContain('Connect');
    const waiting = await ask(ben, south, 'schedules borealis', /SyncSparkRolesLicensesBorealis Foods/);
    expect(waiting.markdown).toMatch(/Waits for the connection[\s\S]*SyncSparkUsersBorealis Foods[\s\S]*Off/);
    await ask(ada, group, 'schedules', /No sync is scheduled yet/);
    await ask(ben, south, 'sync borealis users', /Borealis Foods cannot be synced[\s\S]*not connected/);
  });
});

describe('a sync', () => {
  it('follows the Connect, and runs again by hand with its progress', async () => {
    await connectOrganization(testApp, ada, {
      space: north,
      name: 'Acme Robotics',
      administrator: 'carol@acme.example',
      inputs: { sync: 'true', customer: 'North' },
    });
    await ask(
      ada,
      north,
      'sync acme',
      /Acme Robotics is synced[\s\S]*Roles:\*\* \d+ synced[\s\S]*Licenses:\*\* \d+ synced/,
    );
    const licenses = await ask(ada, north, 'sync acme licenses', /Acme Robotics is synced/);
    expect(licenses.markdown).not.toContain('Roles:');
    await ask(ada, north, 'audit acme', /Sync started/);
  });

  it('runs once at a time, and says which one runs', async () => {
    await faults.plan({ route: '/roles', kind: 'slow', delayMs: 3_000, times: 1 });
    const before = await saidSoFar(ada, north);
    await ada.tellsBot(north, 'sync acme');
    const progress = await ada.reads(north, /\*\*Sync Acme Robotics\*\* – (Queued|In Progress)/, { after: before });
    const busy = await ask(ada, north, 'sync acme', /Acme Robotics is being synced already/);
    const number = /Transaction (\d+)/.exec(progress.markdown ?? '')?.[1];
    expect(busy.markdown).toContain(`transaction ${number}`);
    await ada.reads(north, /Acme Robotics is synced/, { after: before });
    await faults.areSpent();
  });

  it('of one kind fails alone', async () => {
    await faults.plan({ route: '/roles', kind: 'status', status: 403, times: 1 });
    const failed = await ask(ada, north, 'sync acme', /Acme Robotics could not be synced in full/);
    expect(failed.markdown).toMatch(/Webex refused to list its roles/);
    expect(failed.markdown).toMatch(/Licenses:\*\* \d+ synced/);
    const again = await press(ada, north, failed, 'Replay', /Acme Robotics is synced/);
    expect(again.markdown).toMatch(/Roles:\*\* \d+ synced/);
    await faults.areSpent();
  });

  it('is nobody’s of another branch', async () => {
    await ask(ben, south, 'sync acme', /No organization matches/);
    await ask(ben, group, 'schedules acme', /No organization matches/);
    const hers = await opened(ada, group, full, /by the clocks/);
    for (const title of ['Run now', 'Pause', 'Change']) await press(ben, group, hers, title, /no longer exists/);
  });
});

describe('a schedule', () => {
  it('runs when it is due, in silence', async () => {
    const before = await saidSoFar(ada, north);
    await passes(dayMs);
    const its = await until(rolesLicenses, hasJust('✅ Done'));
    expect(its.markdown).toMatch(/SyncSparkRolesLicensesAcme Robotics/);
    const said = (await ada.messagesSince(north, before)).map(({ markdown }) => markdown ?? '');
    expect(said.filter((text) => text.includes('is synced') || text.includes('**Sync Acme'))).toEqual([]);
    await ask(ada, group, 'transactions acme', /Sync Acme Robotics[\s\S]*Hubkeeper/);
  });

  it('runs once for all that was missed while the service was stopped', async () => {
    await faults.forgetCalls();
    await testApp.stop();
    await faults.advance(5 * dayMs);
    await testApp.start();
    await testApp.bell.lookForAll();
    await until(rolesLicenses, hasJust('✅ Done'));
    await testApp.bell.lookForAll();
    await ask(ada, north, 'schedules acme', /Sync schedules/);
    expect((await faults.calls('GET', '/roles')).length).toBe(1);
  });

  it('is paused, resumed and run now', async () => {
    // Nothing else is due meanwhile: one sync runs at a time.
    const weekly = await opened(ada, north, full, /by the clocks/);
    const rests = await press(ada, north, weekly, 'Pause', /ada@meridian\.example paused it/);
    const card = await opened(ada, north, rolesLicenses, /by the clocks of UTC/);
    const paused = await press(ada, north, card, 'Pause', /ada@meridian\.example paused it/);
    expect(paused.markdown).toMatch(/Next run:\*\* None: it is paused/);
    const lastRun = /Last run:.*\((.*?)\)/;
    const before = lastRun.exec(paused.markdown ?? '')?.[1];
    await passes(2 * dayMs);
    const still = await opened(ada, north, rolesLicenses, /by the clocks/);
    expect(lastRun.exec(still.markdown ?? '')?.[1]).toBe(before);
    const run = await press(ada, north, paused, 'Run now', /Acme Robotics is synced/);
    expect(titlesOf(run)).toContain('Schedules');
    const ran = await until(rolesLicenses, hasJust('✅ Done'));
    expect(lastRun.exec(ran.markdown ?? '')?.[1]).not.toBe(before);
    const resumed = await press(ada, north, paused, 'Resume', /ada@meridian\.example resumed it/);
    // However late in the day it is.
    expect(resumed.markdown).toMatch(/Next run:\*\* in \d+ (?:hour|minute)s?/);
    await press(ada, north, rests, 'Resume', /ada@meridian\.example resumed it/);
    await ask(ada, north, 'audit acme', /Schedule resumed[\s\S]*Schedule paused/);
  });

  it('is changed with a form that shows the next five runs first', async () => {
    const form = await press(
      ada,
      north,
      await opened(ada, north, full, /by the clocks/),
      'Change',
      /Change SyncSparkAcme/,
    );
    expect(valuesIn(form)).toMatchObject({
      pattern: '0 1 * * 0',
      time_zone: 'UTC',
      deletes: 'true',
      exclude_roles: 'false',
    });
    const wrong = await press(ada, north, form, 'Show the next runs', /This is no pattern/, {
      ...(valuesIn(form) as Record<string, string>),
      pattern: 'every day',
    });
    const right = {
      ...(valuesIn(wrong) as Record<string, string>),
      pattern: '30 6 * * 1-5',
      time_zone: 'Europe/Berlin',
      deletes: 'false',
      exclude_roles: 'true',
    };
    const shown = await press(ada, north, wrong, 'Show the next runs', /The next five runs/, right);
    expect(shown.markdown).toMatch(/Nothing is saved yet[\s\S]*Reads:\*\* Licenses/);
    const saved = await press(ada, north, shown, 'Save', /ada@meridian\.example changed it/);
    expect(saved.markdown).toMatch(
      /Leaves out:\*\* roles[\s\S]*marked, not deleted[\s\S]*30 6 \\\* \\\* 1-5 by the clocks of Europe\/Berlin/,
    );
    await ask(ada, north, 'audit acme', /Schedule changed[\s\S]*→ 30 6/);
  });

  it('tells its space once that it fails, until it has succeeded', async () => {
    await faults.plan({ route: '/licenses', kind: 'status', status: 403, times: 2 });
    const before = await saidSoFar(ada, north);
    await passes(4 * dayMs);
    await until(rolesLicenses, hasJust('❌ Failed'));
    await testApp.bell.lookForAll();
    const told = await ada.reads(north, /A scheduled sync fails[\s\S]*Acme Robotics/, { after: before });
    // A run that is late skips the next one, where that is due within hours.
    await passes(2 * dayMs);
    await until(rolesLicenses, hasJust('❌ Failed'));
    await faults.areSpent();
    await passes(2 * dayMs);
    await until(rolesLicenses, hasJust('✅ Done'));
    await testApp.bell.lookForAll();
    const later = await saidSoFar(ada, north);
    await ask(ada, north, 'schedules', /sync schedule/);
    const all = (await ada.messagesSince(north, before)).filter(({ markdown }) =>
      /sync(s)? .*fail/i.test(markdown ?? ''),
    );
    expect(all.map(({ id }) => id)).toEqual([told.id]);
    expect(later.size).toBeGreaterThan(0);
  });
});

describe('all schedules', () => {
  it('are paused and resumed within what one may change', async () => {
    await ask(ben, south, 'schedules pause all', /Pause the syncs of 1 organization\?/);
    const asked = await ask(ada, group, 'schedules pause all', /Pause the syncs of 2 organizations\?/);
    const his = await press(ben, group, asked, 'Pause all', /ben@meridian\.example paused the syncs of 1 organization/);
    expect(titlesOf(his)).toContain('Resume all');
    const again = await ask(ada, group, 'schedules pause all', /Pause the syncs of 2/);
    await press(ada, group, again, 'Pause all', /paused the syncs of/);
    await testApp.withStore(async (db) => {
      const rows = await db.select().from(syncSchedules);
      expect(rows.every(({ isActive, nextRunAt }) => !isActive && nextRunAt === null)).toBe(true);
    });
    const resume = await ask(ada, group, 'schedules resume all', /Resume the syncs of 2/);
    await press(ada, group, resume, 'Resume all', /resumed the syncs of 2 organizations/);
  });

  it('of those with a label are listed, paused and resumed, and no others', async () => {
    await ask(ada, group, 'label acme nightly', /carries the label nightly now/);
    const listed = await ask(ada, group, 'schedules label nightly', /2 sync schedules of organizations with the label/);
    expect(JSON.stringify(listed)).not.toMatch(/Borealis/);
    await ask(ada, group, 'schedules label weekly', /No sync of organizations with the label weekly is scheduled/);
    const asked = await press(ada, group, listed, 'Pause all', /Pause the syncs of 1 organization with the label/);
    await press(ada, group, asked, 'Pause all', /paused the syncs of 1 organization with the label nightly/);
    const paused = await testApp.withStore((db) =>
      db
        .select({ name: organizations.name, isActive: syncSchedules.isActive })
        .from(syncSchedules)
        .innerJoin(organizations, eq(organizations.id, syncSchedules.organizationId))
        .where(eq(syncSchedules.schedule, 'full')),
    );
    expect(paused.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
      { name: 'Acme Robotics', isActive: false },
      { name: 'Borealis Foods', isActive: true },
    ]);
    const again = await ask(ada, group, 'schedules resume label nightly', /Resume the syncs of 1 organization with/);
    await press(ada, group, again, 'Resume all', /resumed the syncs of 1 organization with the label nightly/);
  });

  it('go with a deleted organization, which says so before, and come back with it', async () => {
    const asked = await ask(ada, north, 'delete acme', /3 schedules of syncs/);
    await press(ada, north, asked, 'Delete', /Acme Robotics is deleted|deleted Acme Robotics/, {
      typed_name: 'Acme Robotics',
    });
    await faults.forgetCalls();
    await passes(3 * dayMs);
    await ask(ada, group, 'schedules', /sync schedules?/);
    expect(await faults.calls('GET', '/roles')).toEqual([]);
    await ask(ada, north, 'undo acme', /brought Acme Robotics back/);
    await testApp.bell.lookForAll();
    await until(rolesLicenses, hasJust('✅ Done'));
  });
});

/** The run of just now has ended so. */
const hasJust = (ended: string) =>
  new RegExp(`${ended} (just now|less than a second ago|\\d+ seconds? ago|[1-5] minutes? ago)`);

/** Opens the schedule until it says this: runs end by themselves. */
async function until(schedule: number, says: RegExp): Promise<SpaceMessage> {
  for (let tries = 0; ; tries++) {
    const card = await opened(ada, north, schedule, /by the clocks/);
    if (says.test(card.markdown ?? '')) return card;
    if (tries === 300) throw new Error(`the schedule does not say ${says}: ${card.markdown}`);
  }
}
