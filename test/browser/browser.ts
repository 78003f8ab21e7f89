// A real browser for the tests, which notes everything that a page complains about, and takes pictures where they are asked for.
import { join } from 'node:path';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';

export type { Page } from 'playwright-core';

/** What a person may wait for something to appear, in milliseconds. */
const patienceMs = 45_000;

/** A folder: then `picture` writes there what the pages look like. */
const picturesFolder = process.env['TEST_PICTURES'];

export const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

export type Browser = Awaited<ReturnType<typeof openBrowser>>;

export async function openBrowser() {
  const browser = await chromium.launch({
    executablePath: process.env['TEST_BROWSER'] ?? '',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return {
    /** A person at a browser of their own, with what the pages complained about so far: script errors, refused and failed loads. */
    async visitor(options: BrowserContextOptions = {}) {
      const context = await browser.newContext({ viewport: desktop, colorScheme: 'light', ...options });
      context.setDefaultTimeout(patienceMs);
      const complaints: string[] = [];
      context.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      context.on('weberror', (error) => complaints.push(error.error().message));
      return {
        complaints,
        newPage: () => context.newPage(),
        /** The page that opens beside the present one when `act` is done. */
        async opened(act: () => Promise<void>): Promise<Page> {
          const [page] = await Promise.all([context.waitForEvent('page'), act()]);
          await page.waitForLoadState();
          return page;
        },
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}

/** Writes the page as it is, where pictures are asked for. */
export async function picture(page: Page, name: string): Promise<void> {
  if (picturesFolder) await page.screenshot({ path: join(picturesFolder, `${name}.png`) });
}

/** Writes the page as it is on a desktop and on a phone, in light and in dark, where pictures are asked for. */
export async function pictures(page: Page, name: string): Promise<void> {
  if (!picturesFolder) return;
  for (const [device, viewport] of Object.entries({ desktop: { width: 1000, height: 760 }, phone })) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(picturesFolder, `${name}-${device}-${colorScheme}.png`), fullPage: true });
    }
  }
  await page.setViewportSize(desktop);
  await page.emulateMedia({ colorScheme: 'light' });
}
