// The transaction's page in a real browser: live, without script, cut off and back, failed, and past its time.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addOrganization, faultsOf, newLink } from '../helpers/story.ts';
import { openTcpProxy } from '../helpers/tcp-proxy.ts';
import { type Actor, consent, startTestApp, type TestApp } from '../helpers/test-app.ts';
import { type Browser, openBrowser, type Page, pictures } from './browser.ts';

let testApp: TestApp;
let browser: Browser;
let visitor: Awaited<ReturnType<Browser['visitor']>>;
let ada: Actor;
let room: string;
let faults: ReturnType<typeof faultsOf>;

beforeAll(async () => {
  [testApp, browser] = await Promise.all([startTestApp(), openBrowser()]);
  ada = testApp.as('ada@meridian.example');
  room = testApp.room('direct');
  faults = faultsOf(testApp);
  await addOrganization(testApp, ada, { space: room, name: 'Acme Robotics' });
});
afterAll(async () => {
  await browser.close();
  await testApp.close();
});
beforeEach(async () => {
  visitor = await browser.visitor();
  return () => visitor.close();
});

/** Somebody consents, and lands on the page whose address this is. Where they are held up, that is at the second step, until the faults are forgotten. */
async function landOnPage({ person = 'carol@acme.example', isHeldUp = false } = {}): Promise<string> {
  const back = await consent((await newLink(ada, room, 'acme')).link, person);
  if (isHeldUp) await faults.holdUp(person);
  const landed = await fetch(back, { redirect: 'manual' });
  return new URL(landed.headers.get('location') ?? '', testApp.url).href;
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const connected = (page: Page) => heading(page, 'Acme Robotics is connected').waitFor();
const words = (page: Page) => page.locator('.steps .word').allInnerTexts();

/** Leaves a mark that only a page that was never loaded anew still has. */
const mark = (page: Page) => page.evaluate('document.body.dataset.mark = "kept"');
const isMarked = async (page: Page) => (await page.locator('body').getAttribute('data-mark')) === 'kept';

describe('the page of a transaction that goes on', () => {
  it('shows each step as it ends, without being loaded anew, and says when it may be closed', async () => {
    const page = await visitor.newPage();
    await page.goto(await landOnPage({ isHeldUp: true }));
    await mark(page);
    await heading(page, 'Connecting Acme Robotics to Webex').waitFor();
    await page.getByRole('status').filter({ hasText: 'In Progress. Step 2 of 6: Verify the organization.' }).waitFor();
    // The step is the next one before it is begun.
    await expect.poll(() => words(page)).toEqual(['done', 'running', 'waiting', 'waiting', 'waiting', 'waiting']);
    expect(await page.locator('[aria-current=step]').innerText()).toContain('Verify the organization');
    expect(await page.title()).toBe('Connecting Acme Robotics to Webex · Hubkeeper');
    await pictures(page, 'running');
    await faults.forget();

    await connected(page);
    expect(await isMarked(page)).toBe(true);
    expect(await page.title()).toBe('Acme Robotics is connected · Hubkeeper');
    expect(await words(page)).toEqual(['done', 'done', 'done', 'done', 'done', 'done']);
    expect(await page.getByRole('status').first().innerText()).toMatch(/^Success, after \d+ seconds?\.$/);
    expect(await page.locator('.hint').innerText()).toBe('You may close this page.');
    expect(await page.locator('time').count()).toBe(4);
    await pictures(page, 'succeeded');
    expect(visitor.complaints).toEqual([]);
  });

  it('is announced politely: the line that tells the state stays the same element', async () => {
    const page = await visitor.newPage();
    await page.goto(await landOnPage({ isHeldUp: true }));
    await page.evaluate('document.querySelector("[role=status]").isKept = true');
    await faults.forget();
    await connected(page);
    expect(await page.evaluate('document.querySelector("[role=status]").isKept')).toBe(true);
    expect(await page.locator('[role=status]').first().innerText()).toContain('Success');
  });

  it('needs no script: it is loaded anew until the end', async () => {
    const reader = await browser.visitor({ javaScriptEnabled: false });
    const page = await reader.newPage();
    await page.goto(await landOnPage({ isHeldUp: true }));
    await heading(page, 'Connecting Acme Robotics to Webex').waitFor();
    await faults.forget();
    await connected(page);
    expect(await page.locator('meta[http-equiv=refresh]').count()).toBe(0);
    expect(reader.complaints).toEqual([]);
    await reader.close();
  });

  it('says that the connection was lost, tries again, and has missed nothing', async () => {
    const address = new URL(await landOnPage({ isHeldUp: true }));
    const proxy = await openTcpProxy({ host: '127.0.0.1', port: Number(address.port) });
    address.port = String(proxy.port);
    const page = await visitor.newPage();
    await page.goto(address.href);
    await mark(page);
    await page.getByRole('status').filter({ hasText: 'Step 2 of 6' }).waitFor();
    await proxy.close();
    await page.getByText('The connection was lost. Trying again…').waitFor();
    await pictures(page, 'lost');
    await faults.forget();
    await ada.reads(room, (message) => /Acme Robotics\*\* – Success/.test(message.markdown ?? ''));
    expect(await heading(page, 'Connecting Acme Robotics to Webex').count()).toBe(1);
    await proxy.open();
    await connected(page);
    expect(await page.getByText('The connection was lost').count()).toBe(0);
    expect(await isMarked(page)).toBe(true);
    await proxy.close();
  });

  it('looks again by itself where too many watch already', async () => {
    const address = await landOnPage({ isHeldUp: true });
    const watching = new AbortController();
    await Promise.all(
      Array.from({ length: 20 }, () => fetch(address.replace('?', '/events?'), { signal: watching.signal })),
    );
    const page = await visitor.newPage();
    await page.goto(address);
    await mark(page);
    await faults.forget();
    await connected(page);
    expect(await isMarked(page)).toBe(true);
    expect(await page.getByText('The connection was lost').count()).toBe(0);
    watching.abort();
  });
});

describe('the page of a transaction that failed', () => {
  it('says why, to the person who sees it, and what becomes of it', async () => {
    const page = await visitor.newPage();
    await page.goto(await landOnPage({ person: 'dmitri@borealis.example' }));
    await heading(page, 'Acme Robotics was not connected').waitFor();
    expect(await words(page)).toEqual(['done', 'failed', 'skipped', 'skipped', 'skipped', 'skipped']);
    expect(await page.locator('main').innerText()).toContain('an account that does not administer Acme Robotics');
    expect(await page.locator('.hint').innerText()).toContain('You may close this page.');
    await pictures(page, 'failed');
    expect(visitor.complaints).toEqual([]);
  });
});

describe('the page past its time', () => {
  it('tells where to look instead', async () => {
    const address = await landOnPage();
    const page = await visitor.newPage();
    await page.goto(address);
    await connected(page);
    await faults.advance(25 * 60 * 60_000);
    await page.reload();
    await heading(page, 'This page has expired').waitFor();
    expect(await page.locator('main').innerText()).toContain('shows its result');
    await pictures(page, 'expired');
  });

  it('turns into that by itself where it is open', async () => {
    const page = await visitor.newPage();
    await page.goto(await landOnPage({ isHeldUp: true }));
    await page.getByRole('status').filter({ hasText: 'Step 2 of 6' }).waitFor();
    await faults.advance(24 * 60 * 60_000 - 6000);
    // The feed that is open learns of the turned clock at its next sign of life; one that begins now knows it at once.
    await page.reload();
    await mark(page);
    expect(await heading(page, 'Connecting Acme Robotics to Webex').count()).toBe(1);
    // The feed ends, is refused, and then the page itself is asked.
    await heading(page, 'This page has expired').waitFor({ timeout: 150_000 });
    expect(await isMarked(page)).toBe(true);
    await faults.forget();
  });

  it('of a link that does not work says how to get a new one', async () => {
    const page = await visitor.newPage();
    await page.goto(`${testApp.url}/connect/${'A'.repeat(43)}`);
    await heading(page, 'This link does not work').waitFor();
    await pictures(page, 'dead-link');
  });
});
