// The main job by a person's clicks: from `add` in the space to the connected organization, and what the wrong administrator gets.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../helpers/test-app.ts';
import { type Browser, openBrowser, type Page, picture, pictures } from './browser.ts';

let testApp: TestApp;
let browser: Browser;
let visitor: Awaited<ReturnType<Browser['visitor']>>;
let space: Page;

beforeAll(async () => {
  [testApp, browser] = await Promise.all([startTestApp(), openBrowser()]);
  visitor = await browser.visitor();
  space = await visitor.newPage();
  await space.goto(testApp.simulator.chatUrl);
});
afterAll(async () => {
  await browser.close();
  await testApp.close();
});

/** The newest message of the bot that says this. */
const message = (text: string | RegExp) => space.locator('.message').filter({ hasText: text }).last();

/** Asks for the form, fills it in for one of the customers that the page lists, saves it, and opens the connect link. */
async function openConnectLinkOf(name: string): Promise<Page> {
  const number = await space.locator('#customers li').filter({ hasText: name }).locator('.number').innerText();
  await space.getByLabel('Message', { exact: true }).fill('add');
  await space.getByRole('button', { name: 'Send', exact: true }).click();
  const form = message('Add a Webex organization');
  await form.getByLabel('Customer Name').fill(name);
  await form.getByLabel('Organization Account Number').fill(number);
  await form.getByRole('button', { name: 'Save' }).click();
  const saved = message(`${name} is saved`);
  return goesOn(await visitor.opened(() => saved.getByRole('link', { name: 'Open link' }).click()), name);
}

/** Reads the page behind the link, and goes on to Webex. */
async function goesOn(page: Page, name: string): Promise<Page> {
  await page.getByRole('heading', { name: `Hubkeeper asks for access to ${name}` }).waitFor();
  await page.getByRole('link', { name: 'Continue to Webex' }).click();
  return page;
}

async function signIn(page: Page, person: string, decision: 'Accept' | 'Decline'): Promise<void> {
  await page.getByRole('button', { name: person }).click();
  await page.getByRole('button', { name: decision }).click();
}

const texts = (page: Page, selector: string) => page.locator(selector).allInnerTexts();

/** How well two colors of CSS can be told apart, as WCAG 2 reckons it: 1 to 21. */
function contrast(one: string, other: string): number {
  const [light, dark] = [one, other].map(luminance).sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe('U13: with a keyboard or a screen reader', () => {
  const form = () => message('Add a Webex organization');
  const add = async () => {
    await space.getByLabel('Message', { exact: true }).fill('add');
    await space.getByRole('button', { name: 'Send', exact: true }).click();
  };

  const forms = () => space.locator('.message').filter({ hasText: 'Add a Webex organization' });
  /** A form that stays open would be taken for the one that the next test asks for. */
  afterEach(async () => {
    for (let left = await forms().count(); left > 0; left--) {
      await forms().last().getByRole('button', { name: 'Cancel' }).click();
      await forms()
        .nth(left - 1)
        .waitFor({ state: 'detached' });
    }
  });

  it('two open forms have ids of their own, and each label names its field', async () => {
    for (const count of [1, 2]) {
      await add();
      await forms()
        .nth(count - 1)
        .getByLabel('Customer Name')
        .waitFor();
    }
    const ids = await space.locator('[id]').evaluateAll((elements) => elements.map(({ id }) => id));
    expect(ids).toEqual([...new Set(ids)]);
    await forms().nth(0).getByLabel('Customer Name').fill('First');
    await forms().nth(1).getByLabel('Customer Name').fill('Second');
    expect(await forms().nth(0).getByLabel('Customer Name').inputValue()).toBe('First');
  });

  it('the focus goes on into the fields that “More settings” shows, and to the composer after “Cancel”', async () => {
    await add();
    await form().getByRole('button', { name: 'More settings' }).focus();
    await space.keyboard.press('Enter');
    const first = form().getByLabel('Wholesale Customer');
    await first.waitFor();
    await form().locator('input:focus').waitFor();
    await form().getByRole('button', { name: 'Cancel' }).focus();
    const before = await form().elementHandle();
    await space.keyboard.press('Enter');
    await before?.waitForElementState('hidden');
    await space.locator('#composer-text:focus').waitFor();
  });

  it.each(['light', 'dark'] as const)(
    'the border of a field reaches 3:1 against both sides where it is %s',
    async (colorScheme) => {
      await space.emulateMedia({ colorScheme });
      await add();
      await form().getByLabel('Customer Name').focus();
      await form().getByLabel('Organization Account Number').focus();
      const colors = await space.evaluate<Record<'border' | 'within' | 'around', string>>(`(() => {
      const card = document.activeElement.closest('.card');
      const within = getComputedStyle([...card.querySelectorAll('input')].find((field) => field !== document.activeElement));
      const around = getComputedStyle(card).backgroundColor;
      return { border: within.borderTopColor, within: within.backgroundColor, around };
    })()`);
      expect(contrast(colors.border, colors.within)).toBeGreaterThanOrEqual(3);
      expect(contrast(colors.border, colors.around)).toBeGreaterThanOrEqual(3);
      await space.emulateMedia({ colorScheme: 'light' });
    },
  );
});

describe('a person', () => {
  it('adds an organization, its administrator consents, and both read that it is connected', async () => {
    const page = await openConnectLinkOf('Acme Robotics');
    await signIn(page, 'Carol', 'Accept');

    await page.getByRole('heading', { name: 'Acme Robotics is connected' }).waitFor();
    expect(await texts(page, '.steps .word')).toEqual(['done', 'done', 'done', 'done', 'done', 'done']);
    const deadlines = (await texts(page, 'dl time')).map((text) => text.replace(/ \(.*/, ''));
    expect(deadlines).toEqual(['in 14 days', 'in 90 days']);
    await page.getByText('You may close this page.').waitFor();

    const result = message('✅ Acme Robotics is connected');
    await result.getByText('carol@acme.example').waitFor();
    expect(await result.innerText()).toMatch(/Roles\s+\d+ synced/);
    expect(await result.innerText()).toMatch(/\d+ of \d+ used/);
    await result.scrollIntoViewIfNeeded();
    await picture(space, 'space');

    await message('Connect Acme Robotics – Success').waitFor();
    const again = await visitor.opened(() => message('Connect Acme Robotics – Success').getByText('Live page').click());
    expect(again.url()).toBe(page.url());
    const fromCard = await visitor.opened(() => result.getByRole('link', { name: 'Live page' }).click());
    expect(fromCard.url()).toBe(page.url());
    for (const each of [page, again, fromCard]) await each.close();
  });

  it('C5: opens a link on a phone, in the dark, without script, and goes on to Webex by keyboard', async () => {
    await space.getByLabel('Message', { exact: true }).fill('connect acme');
    await space.getByRole('button', { name: 'Send', exact: true }).click();
    const opened = await visitor.opened(() =>
      message('Connect Acme Robotics').getByRole('link', { name: 'Open link' }).click(),
    );
    const viewport = { width: 390, height: 844 };
    const onPhone = await browser.visitor({ viewport, colorScheme: 'dark', javaScriptEnabled: false });
    const page = await onPhone.newPage();
    await page.goto(opened.url());
    await opened.close();
    const button = page.getByRole('link', { name: 'Continue to Webex' });
    const place = await button.boundingBox();
    expect(place?.x).toBeGreaterThan(0);
    expect((place?.x ?? 0) + (place?.width ?? 0)).toBeLessThan(viewport.width);
    expect((place?.y ?? 0) + (place?.height ?? 0)).toBeLessThan(viewport.height);
    expect(place?.height).toBeGreaterThanOrEqual(44);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(viewport.width);
    await pictures(page, 'consent-page');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(onPhone.complaints).toEqual([]);
    await onPhone.close();
  });

  it('opens the used link again and reads what to do', async () => {
    const page = await visitor.opened(() =>
      message('Acme Robotics is saved').getByRole('link', { name: 'Open link' }).click(),
    );
    expect(await page.getByRole('heading').innerText()).toBe('This link does not work');
    expect(await page.locator('main').innerText()).toContain('Ask whoever sent you the link for a new one');
    await page.close();
  });

  it('who administers another organization connects nothing, and the space reads who tried', async () => {
    const page = await openConnectLinkOf('Cobalt Health');
    await signIn(page, 'Dmitri', 'Accept');
    await page.getByRole('heading', { name: 'Cobalt Health was not connected' }).waitFor();
    expect(await texts(page, '.steps .word')).toEqual(['done', 'failed', 'skipped', 'skipped', 'skipped', 'skipped']);
    expect(await page.locator('main').innerText()).toContain(
      'You signed in with an account that does not administer Cobalt Health',
    );
    expect(await page.locator('dl').count()).toBe(0);

    const result = message('Cobalt Health was not connected: wrong organization');
    await result.getByText('Nothing was stored', { exact: false }).first().waitFor();
    expect(await result.innerText()).toContain('Borealis Foods');
    await page.close();
  });

  it('declines, and the link still works', async () => {
    await space.getByLabel('Message', { exact: true }).fill('connect cobalt');
    await space.getByRole('button', { name: 'Send', exact: true }).click();
    const link = message('Connect Cobalt Health').getByRole('link', { name: 'Open link' });
    const page = await goesOn(await visitor.opened(() => link.click()), 'Cobalt Health');
    await signIn(page, 'Elena', 'Decline');
    await page.getByRole('heading', { name: 'Access was declined' }).waitFor();
    await page.close();

    const second = await goesOn(await visitor.opened(() => link.click()), 'Cobalt Health');
    await signIn(second, 'Elena', 'Accept');
    await second.getByRole('heading', { name: 'Cobalt Health is connected' }).waitFor();
    await second.close();
  });

  it('goes on at Webex while the organization is deleted, reads what to do, and connects it once it is back', async () => {
    const says = async (words: string) => {
      await space.getByLabel('Message', { exact: true }).fill(words);
      await space.getByRole('button', { name: 'Send', exact: true }).click();
    };
    const opensLink = async () => {
      const link = message('Connect Borealis Foods').getByRole('link', { name: 'Open link' });
      return goesOn(await visitor.opened(() => link.click()), 'Borealis Foods');
    };
    const first = await openConnectLinkOf('Borealis Foods');
    await first.getByRole('button', { name: 'Dmitri' }).click();
    await says('delete borealis');
    const card = message('Delete Borealis Foods?');
    await card.getByLabel('Name of the organization').fill('Borealis Foods');
    await card.getByRole('button', { name: 'Delete', exact: true }).click();
    await message('deleted Borealis Foods').getByRole('button', { name: 'Undo' }).waitFor();
    await first.getByRole('button', { name: 'Accept' }).click();
    await first.getByRole('heading', { name: 'This link does not work' }).waitFor();
    expect(await first.locator('main').innerText()).not.toContain('Borealis');
    await first.close();

    await message('deleted Borealis Foods').getByRole('button', { name: 'Undo' }).click();
    await message('brought Borealis Foods back').waitFor();
    await says('connect borealis');
    await message('Connect Borealis Foods').waitFor();
    const second = await opensLink();
    await signIn(second, 'Dmitri', 'Accept');
    await second.getByRole('heading', { name: 'Borealis Foods is connected' }).waitFor();
    await second.close();
  });

  it('meets no page that complains', () => {
    expect(visitor.complaints.filter((text) => !text.includes('410 (Gone)'))).toEqual([]);
  });
});

describe('a newcomer', () => {
  it('U5: has the clock in sight in a small window, reads what to look for under each policy, and what came of the days', async () => {
    const newcomer = await browser.visitor({ viewport: { width: 1280, height: 720 } });
    const page = await newcomer.newPage();
    await page.goto(testApp.simulator.chatUrl);
    await page.locator('#look-for', { hasText: 'no warning comes' }).waitFor();
    for (const part of ['#clock', '[data-days="90"]', '#look-for']) {
      const box = await page.locator(part).boundingBox();
      expect(box?.y).toBeGreaterThan(0);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(720);
    }
    await page.getByLabel('ends after 90 days').check();
    await page.locator('#look-for', { hasText: 'warnings 30, 14, 7, 3 and 1 days before' }).waitFor();
    await page.getByLabel('renews its 90 days').check();
    await page.getByRole('button', { name: '+1 day' }).click();
    await page.locator('#lived', { hasText: '1 day passed.' }).waitFor();
    await picture(page, 'clock');
    expect(newcomer.complaints).toEqual([]);
    await newcomer.close();
  });
});
