// What a space is told unasked, and its settings, as a person sees and clicks them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayMs, giveConnection } from '../helpers/connections.ts';
import { timePasses } from '../helpers/story.ts';
import { startTestApp, type TestApp } from '../helpers/test-app.ts';
import { type Browser, openBrowser, type Page, picture } from './browser.ts';

let testApp: TestApp;
let browser: Browser;
let space: Page;
let complaints: string[];

beforeAll(async () => {
  [testApp, browser] = await Promise.all([startTestApp(), openBrowser()]);
  const roomId = testApp.room('group');
  await testApp.withStore(async (db) => {
    const now = testApp.simulator.now();
    await giveConnection(db, { name: 'Acme Robotics', roomId, now, daysLeft: 44 });
    for (let number = 1; number <= 13; number++) {
      const name = `${['Harbour', 'Juniper', 'Meadow', 'Granite'][number % 4]} & Sons ${number}`;
      await giveConnection(db, { name, roomId, now, daysLeft: 59 + number / 3 });
    }
  });
  const visitor = await browser.visitor();
  complaints = visitor.complaints;
  space = await visitor.newPage();
  await space.goto(testApp.simulator.chatUrl);
});
afterAll(async () => {
  await browser.close();
  await testApp.close();
});

/** The newest message that says this. */
const message = (text: string | RegExp) => space.locator('.message').filter({ hasText: text }).last();
const daysPass = (days: number) => timePasses(testApp, days * dayMs);

async function say(text: string): Promise<void> {
  await space.getByLabel('Message', { exact: true }).fill(text);
  await space.getByRole('button', { name: 'Send', exact: true }).click();
}

describe('a space', () => {
  it('is warned of one connection, and snoozes it', async () => {
    await daysPass(14.1);
    const warning = message('⚠️ Acme Robotics expires in');
    await warning.getByText('30 days left', { exact: false }).waitFor();
    await warning.scrollIntoViewIfNeeded();
    await picture(space, 'warning');
    expect(await warning.getByRole('button').allInnerTexts()).toEqual(
      expect.arrayContaining(['Reconnect', 'Snooze 1 day', 'Snooze 3 days', 'Snooze 7 days', 'Acknowledge']),
    );
    await warning.getByRole('button', { name: 'Snooze 7 days' }).click();
    await message('💤 ada@meridian.example snoozed Acme Robotics: the next warning comes').waitFor();
  });

  it('is warned of many in a digest, and connects one of them by its row', async () => {
    await daysPass(19.4);
    const digest = message('connections expire');
    await digest.getByText('more: type expiring', { exact: false }).first().waitFor();
    await digest.scrollIntoViewIfNeeded();
    await picture(space, 'digest');
    const row = digest.locator('.ac-columnSet').filter({ hasText: 'Juniper & Sons 1' }).first();
    await row.getByRole('button', { name: 'Reconnect' }).click();
    await message('Connect Juniper & Sons 1 to Webex').waitFor();
  });

  it('changes its settings, and gets the form back with what cannot be used', async () => {
    await say('settings');
    const shown = message('Settings of this space');
    await shown.getByRole('button', { name: 'Change for this space' }).click();
    const form = message('Settings for this space');
    await form.getByLabel('Quiet hours').fill('at night');
    await form.getByLabel('Report scheduled refreshes and changes').selectOption({ label: 'Each one at once' });
    await form.getByRole('button', { name: 'Save' }).click();
    const again = message('“at night” cannot be used');
    await again.scrollIntoViewIfNeeded();
    await picture(space, 'settings-form');
    expect(await again.getByLabel('Quiet hours').inputValue()).toBe('at night');
    await again.getByLabel('Quiet hours').fill('22:00-07:00');
    await again.getByRole('button', { name: 'Save' }).click();
    const saved = message('ada@meridian.example changed the settings');
    await saved.getByText('22:00-07:00 (this space)').waitFor();
    await saved.getByText('Each one at once (this space)').waitFor();
    await saved.scrollIntoViewIfNeeded();
    await picture(space, 'settings');
  });

  it('meets no page that complains', () => {
    expect(complaints).toEqual([]);
  });
});
