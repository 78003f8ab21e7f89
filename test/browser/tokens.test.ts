// The page for tokens as a person sees it: refused at a field, kept, entered again, and on to the transaction.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeOwnApp } from '../helpers/service-apps.ts';
import { addOrganization, saidSoFar } from '../helpers/story.ts';
import { linkOf, startTestApp, type TestApp } from '../helpers/test-app.ts';
import { type Browser, openBrowser, pictures } from './browser.ts';

const acme = 'Acme Robotics';

let testApp: TestApp;
let browser: Browser;

beforeAll(async () => {
  [testApp, browser] = await Promise.all([startTestApp(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await testApp.close();
});

it('works without script, names the field that is wrong, keeps the client ID, and leads to the transaction', async () => {
  const ada = testApp.as('ada@meridian.example');
  const space = testApp.room('direct');
  const app = await makeOwnApp(testApp, { name: 'Robot keeper', owner: acme });
  const { refreshToken } = await app.tokens();
  await addOrganization(testApp, ada, { space, name: acme });
  const after = await saidSoFar(ada, space);
  await ada.says(space, 'connect acme tokens');
  const link = linkOf(await ada.reads(space, /Enter tokens for Acme Robotics/, { after }));

  const visitor = await browser.visitor({ javaScriptEnabled: false });
  const page = await visitor.newPage();
  await page.goto(link);
  const form = page.getByRole('form', { name: 'Tokens of a service app of your own' });
  const enter = async (secret: string) => {
    await form.getByLabel('Client secret').fill(secret);
    await form.getByLabel('Refresh token').fill(refreshToken);
    await form.getByRole('button', { name: 'Try and store them' }).click();
  };
  await pictures(page, 'tokens');
  await form.getByLabel('Client ID').fill(app.clientId);
  await enter('not-the-secret');
  const secret = form.getByLabel('Client secret');
  await page.getByText('Webex does not accept this client ID').waitFor();
  expect(await secret.getAttribute('aria-invalid')).toBe('true');
  expect(await secret.inputValue()).toBe('');
  expect(await form.getByLabel('Client ID').inputValue()).toBe(app.clientId);
  await pictures(page, 'tokens-refused');
  await enter(app.clientSecret);
  await page.waitForURL(/\/transactions\/\d+/);
  await ada.reads(space, /Acme Robotics is connected/, { after });
  // 422 is what the browser complains of: the form came back.
  expect(visitor.complaints.filter((text) => !text.includes('422'))).toEqual([]);
  await visitor.close();
});
