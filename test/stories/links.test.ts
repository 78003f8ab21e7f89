// The pages between the space and Webex: connect links, the way back from consent, and the transaction's page, with everything that browsers bring.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connections } from '../../src/connections/connections.schema.ts';
import { transactions } from '../../src/transactions/transactions.schema.ts';
import { addOrganization, askedLast, faultsOf, idsSaid, saidSoFar } from '../helpers/story.ts';
import { type Actor, consent, linkOf, startTestApp, type TestApp } from '../helpers/test-app.ts';

const hour = 60 * 60_000;

let testApp: TestApp;
let ada: Actor;
let space: string;
let faults: ReturnType<typeof faultsOf>;
/** The port changes with a restart, so the store is looked at last. */
let acme: string;

beforeAll(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  space = testApp.room('direct');
  faults = faultsOf(testApp);
  const { saved } = await addOrganization(testApp, ada, { space, name: 'Acme Robotics' });
  acme = linkOf(saved);
});
afterAll(() => testApp.close());

async function newLink(name = 'acme'): Promise<string> {
  const after = await saidSoFar(ada, space);
  await ada.says(space, `connect ${name}`);
  return linkOf(await ada.reads(space, /The link works once/, { after }));
}

/** Opens an address without following where it leads. */
const open = (address: string, method = 'GET') => fetch(address, { method, redirect: 'manual' });

/** The state that Webex gets with a link. */
async function stateOf(link: string): Promise<string> {
  const location = (await open(link)).headers.get('location') ?? '';
  return new URL(location).searchParams.get('state') ?? '';
}

const callback = (query: string) => open(`${testApp.url}/oauth/callback${query}`);

function expectPage(response: Response, html: string): void {
  expect(response.headers.get('content-type')).toMatch(/^text\/html/);
  expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'/);
  expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.get('x-powered-by')).toBeNull();
  expect(html).not.toMatch(/<script|onerror|javascript:|at .*\.ts|node_modules/i);
}

/** The same page for every link that leads nowhere: it says what to do, and not which links there were. */
async function expectDeadLink(response: Response): Promise<void> {
  const html = await response.text();
  expect(response.status).toBe(410);
  expectPage(response, html);
  expect(html).toContain('This link does not work');
  expect(html).toContain('Ask whoever sent you the link for a new one');
}

describe('a connect link', () => {
  it('leads to Webex with a state and a challenge, and is kept by nobody on the way', async () => {
    const response = await open(acme);
    expect(response.status).toBe(302);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    const asked = new URL(response.headers.get('location') ?? '');
    expect(asked.href.startsWith(`${testApp.simulator.apiUrl}/authorize?`)).toBe(true);
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: testApp.simulator.integration.clientId,
      redirect_uri: `${testApp.url}/oauth/callback`,
      state: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    expect(asked.href).not.toContain(acme.split('/').at(-1));
  });

  it('is not used up by link previews, HEAD requests and being opened twice', async () => {
    const first = (await open(acme)).headers.get('location');
    for (const method of ['HEAD', 'GET', 'HEAD']) expect((await open(acme, method)).status).toBe(302);
    expect((await open(acme)).headers.get('location')).toBe(first);
  });

  it.each([
    ['made up', () => `${testApp.url}/connect/${'A'.repeat(43)}`],
    ['cut', () => acme.slice(0, -5)],
    ['continued', () => `${acme}x`],
    ['with HTML in it', () => `${testApp.url}/connect/%3Cscript%3Ealert(1)%3C%2Fscript%3E`],
    ['very long', () => `${testApp.url}/connect/${'A'.repeat(4000)}`],
    ['with a zero byte', () => `${testApp.url}/connect/%00`],
  ])('that is %s gets the page of a link that does not work', async (_how, address) => {
    const response = await open(address());
    await expectDeadLink(response);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('with broken percent signs is no server error', async () => {
    const response = await open(`${testApp.url}/connect/%E0%A4%A`);
    expect(response.status).toBe(400);
    expectPage(response, await response.text());
  });

  it('without a token leads nowhere', async () => {
    const response = await open(`${testApp.url}/connect/`);
    expect(response.status).toBe(404);
    expectPage(response, await response.text());
  });
});

describe('the scopes that a link asks for', () => {
  it('follow the record', async () => {
    const scopesOf = async (link: string) =>
      (new URL((await open(link)).headers.get('location') ?? '').searchParams.get('scope') ?? '').split(' ');
    const plain = await scopesOf(acme);
    expect(plain).toContain('spark-admin:roles_read');
    expect(plain.filter((scope) => /wholesale|cjp/.test(scope))).toEqual([]);

    const wholesale = await addOrganization(testApp, ada, {
      space,
      name: 'Borealis Foods',
      inputs: { wholesale_status: 'true' },
    });
    const more = await scopesOf(linkOf(wholesale.saved));
    expect(more.filter((scope) => scope.includes('wholesale'))).not.toEqual([]);
    expect(more.filter((scope) => scope.includes('cjp'))).toEqual([]);

    const center = await addOrganization(testApp, ada, {
      space,
      name: 'Cobalt Health',
      inputs: { webex_contact_center: 'true', base_url_setting: 'eu' },
    });
    const most = await scopesOf(linkOf(center.saved));
    expect(most.filter((scope) => scope.includes('cjp'))).not.toEqual([]);
    expect(most.filter((scope) => scope.includes('wholesale'))).toEqual([]);
  });
});

describe('the way back from consent', () => {
  it.each([
    ['no parameters', () => ''],
    ['a code alone', () => '?code=something'],
    ['a state that is not ours', () => '?code=something&state=made-up'],
    ['an empty state', () => '?code=something&state='],
    ['a very long state', () => `?code=something&state=${'x'.repeat(5000)}`],
    ['HTML for a state', () => '?code=a&state=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E'],
    ['a zero byte for a state', () => '?code=a&state=%00'],
    ['an error without a state', () => '?error=access_denied'],
  ])('with %s: belongs to no link', async (_how, query) => {
    const response = await callback(query());
    await expectDeadLink(response);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('with a state that came twice: belongs to no link, even where both are right', async () => {
    const state = await stateOf(acme);
    const response = await callback(`?code=a&state=${state}&state=${state}`);
    await expectDeadLink(response);
  });

  it.each([
    ['no code', ''],
    ['an empty code', '&code='],
    ['two codes', '&code=a&code=b'],
    ['an absurdly long code', `&code=${'x'.repeat(5000)}`],
    ['an error that is none', '&error=%00%3Cscript%3E'],
  ])('with %s: says so, and the link goes on working', async (_how, query) => {
    const response = await callback(`?state=${await stateOf(acme)}${query}`);
    const html = await response.text();
    expect(response.status).toBe(400);
    expectPage(response, html);
    expect(html).toContain('Webex sent no authorization code');
    expect(html).toContain('it still works');
    expect((await open(acme)).status).toBe(302);
  });

  it.each([
    ['access_denied', 'You declined', /declined, or Control Hub blocks/],
    ['invalid_scope', 'The integration lacks a permission', /must add the missing scopes/],
    ['temporarily_unavailable', 'Webex did not give access', /without a grant \(temporarily\\_unavailable\)/],
    ['<img src=x onerror=alert(1)>', 'Webex did not give access', /without a grant \(.*img/],
  ])('with the error %s: a page, and the space is told once', async (error, title, told) => {
    const link = await newLink();
    const after = await saidSoFar(ada, space);
    const query = `?error=${encodeURIComponent(error)}&error_description=%3Cscript%3E&state=${await stateOf(link)}`;
    for (let visit = 1; visit <= 2; visit++) {
      const response = await callback(query);
      const html = await response.text();
      expectPage(response, html.replaceAll('&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt;', ''));
      expect(html).toContain(title);
      expect(html).toContain('Acme Robotics was not connected');
    }
    const { id } = await ada.reads(space, told, { after });
    await askedLast(ada, space);
    expect(await idsSaid(testApp, ada, { space, words: told, after })).toEqual([id]);
    expect((await open(link)).status).toBe(302);
  });

  it('that is only looked at (HEAD) takes nothing', async () => {
    const after = await saidSoFar(ada, space);
    const back = await consent(await newLink(), 'carol@acme.example');
    expect((await open(back, 'HEAD')).status).toBe(405);
    expect((await open(back)).status).toBe(303);
    await ada.reads(space, /Acme Robotics is connected/, { after });
  });

  it('twice at the same time: one goes on, the others read that the link works no more', async () => {
    const link = await newLink();
    const after = await saidSoFar(ada, space);
    const back = await consent(link, 'carol@acme.example');
    const answers = await Promise.all([1, 2, 3].map(() => open(back)));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 410, 410]);
    await ada.reads(space, /Acme Robotics is connected/, { after });
    await expectDeadLink(await open(link));
  });
});

describe('the transaction’s page', () => {
  let page: URL;
  beforeAll(async () => {
    const after = await saidSoFar(ada, space);
    const response = await open(await consent(await newLink(), 'carol@acme.example'));
    page = new URL(response.headers.get('location') ?? '', testApp.url);
    await ada.reads(space, /Acme Robotics is connected/, { after });
  });

  it('opens with its own key', async () => {
    expect(page.search).not.toMatch(/code|state/);
    const response = await open(page.href);
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'/);
    expect(html).toContain('Acme Robotics is connected');
    expect((await open(page.href, 'HEAD')).status).toBe(200);
  });

  it.each([
    ['no key', () => page.pathname],
    ['an empty key', () => `${page.pathname}?key=`],
    ['a wrong signature', () => `${page.pathname}${page.search.slice(0, -2)}xx`],
    ['a later end', () => `${page.pathname}?key=zzzzzzzz${page.search.slice(page.search.indexOf('.'))}`],
    ['its key twice', () => `${page.pathname}${page.search}&${page.search.slice(1)}`],
    ['the key of another transaction', () => `/transactions/1${page.search}`],
    ['the key for another spelling of its number', () => `${page.pathname.replace(/(\d+)$/, '0$1')}${page.search}`],
    ['the number of none', () => `/transactions/99999${page.search}`],
    ['a word for a number', () => `/transactions/latest${page.search}`],
  ])('with %s: there is no such page', async (_how, path) => {
    const response = await open(`${testApp.url}${path()}`);
    const html = await response.text();
    expect(response.status).toBe(404);
    expectPage(response, html);
    expect(html).toContain('There is no such page');
    expect(html).not.toContain('Acme');
  });
});

describe('after its time', () => {
  it('neither a link works, nor the way back, nor a page', async () => {
    const link = await newLink();
    const back = await consent(link, 'carol@acme.example');
    const after = await saidSoFar(ada, space);
    const landed = (await open(await consent(await newLink(), 'carol@acme.example'))).headers.get('location') ?? '';
    await ada.reads(space, /Acme Robotics is connected/, { after });
    await faults.advance(25 * hour);

    for (const address of [link, back]) await expectDeadLink(await open(address));
    const expired = await open(new URL(landed, testApp.url).href);
    expect(expired.status).toBe(410);
    expect(await expired.text()).toContain('This page has expired');
  });
});

describe('in the end', () => {
  it('there is one connection, and one transaction for each consent that was carried to its end', async () => {
    const rows = await testApp.withStore(async (db) => ({
      connections: await db.select().from(connections),
      transactions: await db.select().from(transactions),
    }));
    expect(rows.connections).toHaveLength(1);
    expect(rows.transactions.map(({ status, pending }) => [status, pending])).toEqual(
      Array.from({ length: 4 }, () => ['success', null]),
    );
  });
});
