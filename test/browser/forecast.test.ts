// A forecast as a person sees it in a space: the picture itself, and a calendar to download.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { saveConnection } from '../../src/connections/connection.store.ts';
import { defaultSettings } from '../../src/settings/settings.ts';
import { aGrant, anOrganization } from '../db/rows.ts';
import { startTestApp, type TestApp } from '../helpers/test-app.ts';
import { type Browser, openBrowser, type Page, picture } from './browser.ts';

let testApp: TestApp;
let browser: Browser;
let space: Page;
let complaints: string[];

const names = ['Acme Robotics', 'Borealis Foods', 'Cobalt Health', 'Délice & Søn', '東京ロボット', 'Juniper Legal'];

beforeAll(async () => {
  [testApp, browser] = await Promise.all([startTestApp(), openBrowser()]);
  const inDays = (days: number) => new Date(testApp.simulator.now().getTime() + days * 24 * 60 * 60_000);
  await testApp.withStore(async (db) => {
    for (const [index, days] of [40, 41, 41, 44, 48, 55, 55, 55, 62, 63, 69, 70, 76, 77, 77, 83, 84, 86].entries()) {
      const { id } = await anOrganization(db, { name: names[index] ?? `Customer ${index}` });
      const times = { accessTokenExpiresAt: inDays(14), refreshDueAt: inDays(7), refreshTokenExpiresAt: inDays(days) };
      await saveConnection(db, { ...aGrant(id), ...times }, defaultSettings);
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

it('shows the picture in its message, and gives the calendar as a file', async () => {
  await space.getByLabel('Message', { exact: true }).fill('forecast');
  await space.getByRole('button', { name: 'Send', exact: true }).click();
  const message = (text: string) => space.locator('.message').filter({ hasText: text }).last();

  const first = message('18 connections expire within 90 days');
  await first.getByRole('listitem').filter({ hasText: '東京ロボット' }).waitFor();
  const image = first.getByRole('img', { name: 'forecast-90-days.png' });
  await expect.poll(() => image.evaluate((node) => 'naturalWidth' in node && node.naturalWidth)).toBeGreaterThan(1600);

  const link = message('18 deadlines for your calendar').getByRole('link', { name: 'deadlines-90-days.ics' });
  const [download] = await Promise.all([space.waitForEvent('download'), link.click()]);
  expect(download.suggestedFilename()).toBe('deadlines-90-days.ics');
  expect((await readFile(await download.path(), 'utf8')).match(/BEGIN:VEVENT/g)).toHaveLength(18);
  expect(complaints).toEqual([]);
  await first.scrollIntoViewIfNeeded();
  await picture(space, 'forecast');
  await link.scrollIntoViewIfNeeded();
  await picture(space, 'forecast-calendar');
  await space.emulateMedia({ colorScheme: 'dark' });
  await image.scrollIntoViewIfNeeded();
  await picture(space, 'forecast-dark');
});
