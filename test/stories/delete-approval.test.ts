// A second administrator approves a delete, or declines it. Who asked cannot approve, and a day later the request is over.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { settings } from '../../src/settings/settings.schema.ts';
import { saveOwnSettings } from '../../src/settings/settings.store.ts';
import { levelOfSpace, providerLevel } from '../../src/settings/settings.ts';
import { dayMs } from '../helpers/connections.ts';
import { addOrganization, saidSoFar, timePasses } from '../helpers/story.ts';
import { type Actor, type SpaceMessage, startTestApp, type TestApp } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let ben: Actor;
let space: string;

beforeAll(async () => {
  testApp = await startTestApp({ admins: ['ada@meridian.example', 'ben@meridian.example'] });
  ada = testApp.as('ada@meridian.example');
  ben = testApp.as('ben@meridian.example');
  space = testApp.room('group');
});
afterAll(() => testApp.close());
beforeEach(async () => {
  await testApp.withStore(async (db) => {
    await db.delete(organizations);
    await db.delete(settings);
    const approval = { values: { delete_approval: true }, by: ada.email, now: testApp.simulator.now() };
    await saveOwnSettings(db, { ...providerLevel, ...approval });
  });
  await addOrganization(testApp, ada, { space, name: 'Acme Robotics' });
});

/** Ada asks for the deletion, and the space reads the request. */
async function requested(): Promise<SpaceMessage> {
  let after = await saidSoFar(ada, space);
  await ada.tellsBot(space, 'delete acme');
  const card = await ada.reads(space, /Delete Acme Robotics\?/, { after });
  expect(card.markdown).toMatch(/second administrator must approve/);
  after = await saidSoFar(ada, space);
  await ada.clicks(card, 'Delete', { typed_name: 'Acme Robotics' });
  return ada.reads(space, /ada@meridian\.example asks to delete Acme Robotics/, { after });
}

async function clicks(who: Actor, card: SpaceMessage, title: string, answer: RegExp): Promise<SpaceMessage> {
  const after = await saidSoFar(ada, space);
  await who.clicks(card, title);
  return ada.reads(space, answer, { after });
}

describe('a delete that must be approved', () => {
  it('is not approved by who asked, and by another administrator it is', async () => {
    const card = await requested();
    await clicks(ada, card, 'Approve', /You asked for this delete/);
    const deleted = await clicks(ben, card, 'Approve', /Acme Robotics is deleted/);
    expect(deleted.markdown).toMatch(/ben@meridian\.example approved what ada@meridian\.example had asked for/);
    await clicks(ben, deleted, 'Undo', /ben@meridian\.example brought Acme Robotics back/);
  });

  it('is declined by another administrator, or withdrawn by who asked', async () => {
    const card = await requested();
    const declined = await clicks(ben, card, 'Decline', /ben@meridian\.example declined to delete Acme Robotics/);
    expect(declined.markdown).toMatch(/ada@meridian\.example had asked for it\. Nothing was deleted/);
    const again = await requested();
    await clicks(ada, again, 'Decline', /ada@meridian\.example withdrew the request/);
    await ada.tellsBot(space, 'show acme');
    await ada.reads(space, /Account/);
  });

  it('cannot be switched off below by who asks', async () => {
    await testApp.withStore(async (db) => {
      const own = { values: { delete_approval: false }, by: ada.email, now: testApp.simulator.now() };
      await saveOwnSettings(db, { ...levelOfSpace(space), ...own });
    });
    const after = await saidSoFar(ada, space);
    await ada.tellsBot(space, 'settings');
    const shown = await ada.reads(space, /Settings of this space/, { after });
    expect(shown.markdown).toMatch(/A second administrator approves a delete:\*\* Yes \(from Provider\)/);
    const card = await requested();
    await clicks(ben, card, 'Approve', /Acme Robotics is deleted/);
  });

  it('expires after a day, and the space is told', async () => {
    const card = await requested();
    const after = await saidSoFar(ada, space);
    await timePasses(testApp, dayMs + 60_000);
    const expired = await ada.reads(space, /Nobody approved in time/, { after });
    expect(expired.markdown).toMatch(/Nothing was deleted/);
    const late = await saidSoFar(ada, space);
    await ben.sends(expired, { action: 'approve-deletion', request_id: requestOf(card) });
    await ada.reads(space, /This request is over/, { after: late });
  });
});

const requestOf = (card: SpaceMessage): string =>
  /"request_id":"([^"]+)"/.exec(JSON.stringify(card.attachments))?.[1] ?? '';
