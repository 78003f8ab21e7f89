// A whole life of the product, and a search for every secret in it through everything that was written and shown.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectLinks } from '../../src/connections/connections.schema.ts';
import { createSealer } from '../../src/db/seal/seal.ts';
import { leaksIn, messagesOf, type Place, type Secret, secretsOf, signedPathsIn, tablesOf } from '../helpers/canary.ts';
import { openProxy } from '../helpers/forward-proxy.ts';
import { addOrganization, askedLast, eventually, faultsOf, saidSoFar } from '../helpers/story.ts';
import {
  type Actor,
  consent,
  consentButtonOf,
  encryptionKey,
  linkOf,
  type SpaceMessage,
  startTestApp,
  type TestApp,
  titlesOf,
} from '../helpers/test-app.ts';

describe('the search', () => {
  const secret = { name: 'a secret', value: 'pa55/W0rt+geheim?"_x' };
  const around = [
    ['plain', (text: string) => `before ${text} after`],
    ['in an address', (text: string) => `https://a.example/?b=${encodeURIComponent(text)}&c=d`],
    ['in a form', (text: string) => new URLSearchParams({ a: text }).toString()],
    ['in JSON', (text: string) => JSON.stringify({ a: [text] })],
    ['in JSON in JSON', (text: string) => JSON.stringify({ a: JSON.stringify({ b: text }) })],
    ['in HTML', (text: string) => `<p>${text.replaceAll('"', '&quot;')}</p>`],
    ['in base64', (text: string) => Buffer.from(text).toString('base64')],
    ['in the middle of base64', (text: string) => Buffer.from(`user:${text}@host`).toString('base64')],
    ['at any place of base64', (text: string) => Buffer.from(`a user:${text}`).toString('base64url')],
    ['in hexadecimal', (text: string) => Buffer.from(`x${text}y`).toString('hex')],
  ] as const;

  it.each(around)('finds a secret %s', (_how, write) => {
    const leaks = leaksIn([{ where: 'a log', text: write(secret.value) }], [secret]);
    expect(leaks.length).toBeGreaterThan(0);
    expect(leaks.join()).toMatch(/^a secret, .*: a log/);
    expect(leaks.join()).not.toContain(secret.value);
  });

  it('leaves a secret alone where it belongs, and there only', () => {
    const places = ['message 1', 'message 2'].map((where) => ({ where, text: secret.value }));
    expect(leaksIn(places, [{ ...secret, belongs: /^message 1$/ }])).toEqual(['a secret, plain: message 2']);
    expect(leaksIn([{ where: 'a log', text: 'nothing' }], [secret])).toEqual([]);
  });
});

describe('a whole life of the product', { timeout: 420_000 }, () => {
  const password = 'Kanarie-pa55%2FW0rt';
  let testApp: TestApp;
  let ada: Actor;
  let space: string;
  let proxy: Awaited<ReturnType<typeof openProxy>>;
  const places: Place[] = [];
  const secrets: Secret[] = [
    { name: 'the password of a proxy', value: password },
    { name: 'the password of a proxy, decoded', value: decodeURIComponent(password) },
    { name: 'the credentials of a proxy', value: `kanarie:${decodeURIComponent(password)}` },
    { name: 'the encryption key', value: encryptionKey.toString('base64') },
    { name: 'the encryption key, hexadecimal', value: encryptionKey.toString('hex') },
  ];

  beforeAll(async () => {
    for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
      vi.spyOn(console, method).mockImplementation((...said: unknown[]) => {
        places.push({ where: 'the console', text: said.map(String).join(' ') });
      });
    }
    proxy = await openProxy(`kanarie:${decodeURIComponent(password)}`);
    testApp = await startTestApp({ webexTimeouts: { timeoutMs: 2_000, budgetMs: 2_000 } });
    ada = testApp.as('ada@meridian.example');
    space = testApp.room('direct');
    secrets.push({ name: 'the webhook secret', value: testApp.webhookSecret });
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await testApp.close();
    proxy.close();
  });

  /** What stands in the spaces now; edits and deletions may take it away. */
  const look = async () => void places.push(...(await messagesOf(testApp.simulator)));

  /** Opens an address as a browser does, and keeps what it shows. */
  async function visit(address: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(address, init);
    const shown = response.headers.get('content-type')?.startsWith('text/event-stream')
      ? ''
      : await response.clone().text();
    const path = new URL(response.url).pathname.replace(/^\/connect\/.*/, '/connect');
    places.push({ where: `page ${path}`, text: shown });
    return response;
  }

  /** Notes the secrets of a link: its token belongs into its message alone, the state into the address at Webex. */
  async function keepLink(message: SpaceMessage): Promise<string> {
    const link = linkOf(message);
    secrets.push({
      name: 'the token of a connect link',
      value: link.split('/').at(-1) ?? '',
      belongs: new RegExp(`^message ${message.id}$`),
    });
    const page = await (await fetch(link)).text();
    const state = new URL(consentButtonOf(page)).searchParams.get('state') ?? '';
    // The page's button leads to an address with the state.
    secrets.push({ name: 'an OAuth state', value: state, belongs: /^the page of a connect link$/ });
    places.push({ where: 'the page of a connect link', text: page });
    return link;
  }

  /** Consents as this person, and lands on the transaction's page, whose key belongs into the space and onto that page. */
  async function connects(link: string, person: string): Promise<void> {
    const back = await consent(link, person);
    const page = await visit(back);
    const key = new URL(page.url).searchParams.get('key');
    if (key === null) throw new Error('the page has no key');
    secrets.push({ name: 'the key of a transaction’s page', value: key, belongs: /^(message |page \/transactions\/)/ });
    await visit(back);
    await visit(page.url.replace(key, `${key.slice(0, -1)}_`));
  }

  it('is lived: proxies, connections, refusals, mistakes, failures of Webex and restarts', async () => {
    const faults = faultsOf(testApp);
    const viaProxy = { http_proxy: proxy.address(password), https_proxy: proxy.address(password) };

    // A form with a mistake comes back; then Acme is saved with its proxies, and shown.
    await ada.says(space, 'add');
    const form = await ada.reads(space, (message) => titlesOf(message).includes('Save'));
    await ada.clicks(form, 'Save', { name: '', account_number_external: 'no number', ...viaProxy });
    await ada.reads(space, /Not saved yet/);
    await look();
    const acme = await addOrganization(testApp, ada, { space, name: 'Acme Robotics', inputs: viaProxy });
    await look();
    await ada.says(space, 'show acme');

    // The link's code verifier is sealed as long as the link is open.
    const acmeLink = await keepLink(acme.saved);
    await testApp.withStore(async (db) => {
      const sealer = createSealer([{ id: 'test', key: encryptionKey }]);
      for (const { id, codeVerifier } of await db.select().from(connectLinks)) {
        const place = { table: 'connect_links', column: 'code_verifier', id };
        if (codeVerifier !== null) secrets.push({ name: 'a code verifier', value: sealer.open(codeVerifier, place) });
      }
    });
    expect(secrets.some(({ name }) => name === 'a code verifier')).toBe(true);

    // The port has changed with the restart; the link has not.
    const moved = new URL(new URL(acmeLink).pathname, testApp.url).href;
    await connects(moved, 'carol@acme.example');
    await ada.reads(space, /Acme Robotics is connected/);
    expect(proxy.used()).toBeGreaterThan(0);
    await visit(moved);
    await look();

    // The wrong administrator, one who declines, and one who comes back without a code.
    const cobalt = await addOrganization(testApp, ada, { space, name: 'Cobalt Health' });
    const cobaltLink = await keepLink(cobalt.saved);
    await visit(await consent(cobaltLink, 'elena@cobalt.example', 'decline'));
    await connects(cobaltLink, 'dmitri@borealis.example');
    await ada.reads(space, /Cobalt Health was not connected: wrong organization/);
    await visit(`${testApp.url}/oauth/callback?code=unknown&state=unknown`);
    await visit(`${testApp.url}/connect/${'x'.repeat(43)}`);
    await visit(`${testApp.url}/no/such/page`);

    // A code that Webex takes and does not answer, a proxy that nobody serves, and a command while Webex fails.
    const after = await saidSoFar(ada, space);
    await ada.says(space, 'connect cobalt');
    const again = await keepLink(await ada.reads(space, /The link works once/, { after }));
    await faults.plan({ method: 'POST', route: '/access_token', kind: 'malformed', lost: 'answer' });
    await connects(again, 'elena@cobalt.example');
    await ada.reads(space, /Cobalt Health could not be connected/, { after });
    const number = randomUUID();
    const nowhere = `http://kanarie:${password}@127.0.0.1:9`;
    const lost = await addOrganization(testApp, ada, {
      space,
      name: 'Behind a dead proxy',
      inputs: { account_number_external: number, http_proxy: nowhere },
    });
    await connects(await keepLink(lost.saved), 'dmitri@borealis.example');
    const isLogged = () => testApp.logLines.some((line) => line.includes('Webex could not be reached'));
    await expect.poll(isLogged, eventually).toBe(true);
    await faults.plan({
      method: 'POST',
      route: '/messages',
      kind: 'reset',
      lost: 'answer',
      by: testApp.simulator.bot.email,
    });
    await ada.says(space, 'list');
    await askedLast(ada, space);
    await faults.areSpent();
    await look();
    await testApp.restart();
    for (const path of ['/healthz', '/readyz', '/metrics']) await visit(`${testApp.url}${path}`);
    await ada.says(space, 'transaction');
    await askedLast(ada, space);
  });

  it('S5: an answer with a page’s signed address is saved without it where Webex does not take the answer', async () => {
    const faults = faultsOf(testApp);
    const by = testApp.simulator.bot.email;
    const after = await saidSoFar(ada, space);
    await faults.plan({ method: 'POST', route: '/messages', kind: 'status', status: 503, by });
    await ada.says(space, 'transaction');
    const answer = await ada.reads(space, /\*\*Transaction \d+\*\*/, { after });
    await faults.areSpent();
    expect(linkOf(answer)).toMatch(/\/transactions\/\d+\?key=/);
    const tables = await testApp.withStore(tablesOf);
    expect(tables.find(({ where }) => where === 'table public.notices')?.text).toContain('"transaction_shown"');
    expect(signedPathsIn(tables)).toEqual([]);
  });

  it('has kept every secret where it belongs', async () => {
    await look();
    secrets.push(...(await secretsOf(testApp.simulator)));
    places.push(...(await testApp.withStore(tablesOf)));
    places.push({ where: 'the log', text: testApp.logLines.join('') });
    expect(places.filter(({ where }) => where.startsWith('table ')).length).toBeGreaterThan(15);
    expect(secrets.length).toBeGreaterThan(30);
    expect(leaksIn(places, secrets)).toEqual([]);
  });
});
