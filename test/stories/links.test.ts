// The pages between the space and Webex: connect links, the way back from consent, and the transaction's page, with everything that browsers bring.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MOST_REDEMPTIONS } from '../../src/connections/connect/link-state.ts';
import { connectLinks } from '../../src/connections/connections.schema.ts';
import { transactions } from '../../src/transactions/transactions.schema.ts';
import { addOrganization, askedLast, faultsOf, idsSaid, saidSoFar } from '../helpers/story.ts';
import {
  type Actor,
  authorizeUrlOf,
  consent,
  consentButtonOf,
  linkOf,
  type SpaceMessage,
  startTestApp,
  type TestApp,
  visit,
} from '../helpers/test-app.ts';

const hour = 60 * 60_000;

let testApp: TestApp;
let ada: Actor;
let space: string;
let faults: ReturnType<typeof faultsOf>;
/** The port changes with a restart, so the store is looked at last. */
let acme: string;

beforeAll(async () => {
  testApp = await startTestApp({ provider: { name: 'Meridian Networks', contact: 'webex@meridian.example' } });
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
  const link = linkOf(await ada.reads(space, /The link works once/, { after }));
  // The text to forward follows, with a link of its own.
  await ada.reads(space, /^Please give Meridian Networks access/, { after });
  return link;
}

/** Opens an address without following where it leads. */
const open = (address: string, method = 'GET') => visit(address, { method });

/** The state that Webex gets with a link. */
const stateOf = async (link: string) => new URL(await authorizeUrlOf(link)).searchParams.get('state') ?? '';

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
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    const asked = new URL(consentButtonOf(await response.text()));
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
    await fetch(acme, { headers: { 'sec-purpose': 'prefetch' } });
    const first = await authorizeUrlOf(acme);
    for (const method of ['HEAD', 'GET', 'HEAD']) expect((await open(acme, method)).status).toBe(200);
    expect(await authorizeUrlOf(acme)).toBe(first);
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

describe('the page behind a link', () => {
  it('C5: says who asks for what and why, until when, and how to end it later, with one way on', async () => {
    const response = await open(acme);
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expectPage(response, html);
    const text = html.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ');
    for (const words of [
      'Meridian Networks asks for access to Acme Robotics',
      'webex@meridian.example',
      'full administrator of Acme Robotics',
      'Read your licenses, and how many are in use',
      'to show what you have',
      'Management > Apps > Integrations'.replaceAll('>', '&gt;'),
      testApp.simulator.integration.clientId,
      'works once, until',
      '(in 24 hours)',
    ]) {
      expect(text).toContain(words);
    }
    expect(html.match(/<a class="button"/g)).toHaveLength(1);
    expect(html).not.toMatch(/<form|<button|<input/);
  });

  it('C5: comes with the text to pass it on, whose link works as well', async () => {
    const after = await saidSoFar(ada, space);
    await ada.says(space, 'connect acme');
    const isText = ({ attachments, markdown = '' }: SpaceMessage) =>
      !attachments && /It works once, until/.test(markdown);
    const text = (await ada.reads(space, isText, { after })).markdown ?? '';
    expect(text).toMatch(/^Please give Meridian Networks access to your Webex organization \*\*Acme Robotics\*\*/);
    const link = /\((http\S+\/connect\/[\w-]+)\)/.exec(text)?.[1] ?? '';
    expect((await open(link)).status).toBe(200);
  });

  it('C5: who consents with another address than the record’s is told apart; who has the record’s is not', async () => {
    const inputs = { account_email: 'Dmitri@Borealis.example', sync: 'false', wholesale_status: 'true' };
    const { saved } = await addOrganization(testApp, ada, { space, name: 'Borealis Foods', inputs });
    const expected = await saidSoFar(ada, space);
    await fetch(await consent(linkOf(saved), 'dmitri@borealis.example'));
    const result = await ada.reads(space, /Borealis Foods is connected/, { after: expected });
    expect(result.markdown).not.toMatch(/whom the record names/);
    const other = await saidSoFar(ada, space);
    await fetch(await consent(await newLink('borealis'), 'ada@meridian.example'));
    const unexpected = await ada.reads(space, /Borealis Foods is connected/, { after: other });
    expect(unexpected.markdown).toMatch(
      /ada@meridian\.example authorized the connection, and not Dmitri@Borealis\.example, whom the record names/i,
    );
  });
});

describe('the scopes that a link asks for', () => {
  it('follow the record', async () => {
    const scopesOf = async (link: string) =>
      (new URL(await authorizeUrlOf(link)).searchParams.get('scope') ?? '').split(' ');
    const plain = await scopesOf(acme);
    expect(plain).toContain('spark-admin:roles_read');
    expect(plain.filter((scope) => /wholesale|cjp/.test(scope))).toEqual([]);

    const more = await scopesOf(await newLink('borealis'));
    // S4: nothing is asked that nothing uses.
    expect(more.filter((scope) => scope.includes('wholesale'))).toEqual([
      'spark-admin:wholesale_customers_read',
      'spark-admin:wholesale_customers_write',
      'spark-admin:wholesale_subscribers_read',
    ]);
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
    expect(html).toContain('The same link still works; it expires in 24 hours');
    expect((await open(acme)).status).toBe(200);
  });

  it.each([
    ['access_denied', 'Access was declined', /declined, or Control Hub blocks/],
    ['invalid_scope', 'Webex did not give the permissions', /must add the missing scopes/],
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
      expect(html).toContain('The same link still works; it expires in 24 hours');
    }
    const { id, markdown } = await ada.reads(space, told, { after });
    expect(markdown).toContain('The same link still works; it expires in 24 hours');
    await askedLast(ada, space);
    expect(await idsSaid(testApp, ada, { space, words: told, after })).toEqual([id]);
    expect((await open(link)).status).toBe(200);
  });

  it('C7: where Webex’s own block may be the reason, page and space say where to allow the app, by its App ID', async () => {
    const after = await saidSoFar(ada, space);
    const page = await (await callback(`?error=access_denied&state=${await stateOf(await newLink())}`)).text();
    const { markdown = '' } = await ada.reads(space, /Control Hub blocks/, { after });
    for (const text of [page.replaceAll('&gt;', '>'), markdown.replaceAll('\\', '')]) {
      expect(text).toContain('Management > Apps > Integrations');
      expect(text).toContain(`App ID ${testApp.simulator.integration.clientId}`);
    }
    expect(page).not.toContain('You declined.');
  });

  it.each<[string, RequestInit]>([
    ['HEAD', { method: 'HEAD' }],
    ['Sec-Purpose: prefetch', { headers: { 'sec-purpose': 'prefetch' } }],
    ['Sec-Purpose: prefetch;prerender', { headers: { 'sec-purpose': 'prefetch;prerender' } }],
    ['Sec-Purpose: Prefetch; anonymous-client-ip', { headers: { 'sec-purpose': 'Prefetch; anonymous-client-ip' } }],
    ['Purpose: prefetch', { headers: { purpose: 'prefetch' } }],
    ['X-Purpose: preview', { headers: { 'x-purpose': 'preview' } }],
    ['X-Moz: prefetch', { headers: { 'x-moz': 'prefetch' } }],
  ])('C1: that is only looked at (%s) takes nothing, and the visit goes on', async (_how, init) => {
    const after = await saidSoFar(ada, space);
    const link = await newLink();
    const back = await consent(link, 'carol@acme.example');
    const looked = await visit(back, init);
    expect([looked.status, await looked.text(), looked.headers.get('cache-control')]).toEqual([204, '', 'no-store']);
    expect((await open(link)).status).toBe(200);
    expect((await open(back)).status).toBe(303);
    await ada.reads(space, /Acme Robotics is connected/, { after });
  });

  it('C1: three times at once, and again later, all visits land on the one transaction’s page', async () => {
    const link = await newLink();
    const after = await saidSoFar(ada, space);
    const back = new URL(await consent(link, 'carol@acme.example'));
    const answers = await Promise.all([1, 2, 3].map(() => open(back.href)));
    await ada.reads(space, /Acme Robotics is connected/, { after });
    const state = back.searchParams.get('state');
    for (const query of ['', '&code=another', '&error=access_denied']) {
      answers.push(await callback(`?state=${state}${query}`));
    }
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 303));
    const [place, ...others] = answers.map(({ headers }) => headers.get('location'));
    expect(place).toMatch(/^\/transactions\/\d+\?key=/);
    expect(others).toEqual(others.map(() => place));
    expect(await (await fetch(new URL(place ?? '', testApp.url))).text()).toContain('Acme Robotics is connected');
    await expectDeadLink(await open(link));
  });
});

describe('a code that Webex refuses', () => {
  const bogus = async (link: string, code = 'bogus') => callback(`?state=${await stateOf(link)}&code=${code}`);

  it('C2: gives the link back, and whoever can sign in connects with it all the same', async () => {
    const link = await newLink();
    const after = await saidSoFar(ada, space);
    const page = (await bogus(link)).headers.get('location') ?? '';
    const failed = await ada.reads(space, /Acme Robotics could not be connected/, { after });
    expect(failed.markdown).toMatch(/The same link works again/);
    expect(await (await fetch(new URL(page, testApp.url))).text()).toMatch(/Open the connect link again/);
    const again = await saidSoFar(ada, space);
    await fetch(await consent(link, 'carol@acme.example'));
    await ada.reads(space, /Acme Robotics is connected/, { after: again });
    await expectDeadLink(await open(link));
  });

  it('C2: gives it back a few times, and then no more', async () => {
    const link = await newLink();
    for (let tries = 1; tries <= MOST_REDEMPTIONS; tries++) {
      const after = await saidSoFar(ada, space);
      expect((await bogus(link, `bogus-${tries}`)).status).toBe(303);
      const failed = await ada.reads(space, /Acme Robotics could not be connected/, { after });
      const isLast = tries === MOST_REDEMPTIONS;
      expect(/The same link works again/.test(failed.markdown ?? '')).toBe(!isLast);
    }
    await expectDeadLink(await open(link));
  });

  it('C2: gives nothing back that was revoked meanwhile', async () => {
    const link = await newLink();
    const after = await saidSoFar(ada, space);
    await faults.plan({ method: 'POST', route: '/access_token', kind: 'slow', delayMs: 9_000, times: 1_000 });
    await bogus(link);
    await ada.says(space, 'connect revoke acme');
    await ada.reads(space, /Acme Robotics has no open connect link|of Acme Robotics (is|are) revoked/, { after });
    await faults.forget();
    await ada.reads(space, /Acme Robotics could not be connected/, { after });
    await expectDeadLink(await open(link));
  });

  it('C2: is given back after any refusal, since the grant never came', async () => {
    const link = await newLink();
    const after = await saidSoFar(ada, space);
    const back = await consent(link, 'carol@acme.example');
    await faults.plan({ method: 'POST', route: '/access_token', kind: 'status', status: 403 });
    await fetch(back);
    await ada.reads(space, /Acme Robotics could not be connected/, { after });
    expect((await open(link)).status).toBe(200);
  });
});

describe('the other links of an organization', () => {
  it('C3: end when one of them has connected it, also on the way back from Webex', async () => {
    const [first, second, third] = [await newLink(), await newLink(), await newLink()];
    const elsewhere = await newLink('borealis');
    const after = await saidSoFar(ada, space);
    const late = await consent(first, 'carol@acme.example');
    await fetch(await consent(second, 'carol@acme.example'));
    await ada.reads(space, /Acme Robotics is connected/, { after });
    for (const address of [first, late, third]) await expectDeadLink(await open(address));
    // Those of another organization, and those asked for from now on, work.
    for (const link of [elsewhere, await newLink()]) expect((await open(link)).status).toBe(200);
  });

  it('C3: an older consent that is slow never takes the place of a newer connection, and the space reads so', async () => {
    const [older, newer] = [await newLink(), await newLink()];
    const [back, fast] = [await consent(older, 'carol@acme.example'), await consent(newer, 'ada@meridian.example')];
    const after = await saidSoFar(ada, space);
    await faults.holdUp('carol@acme.example');
    await fetch(back);
    await fetch(fast);
    const stands = await ada.reads(space, /Acme Robotics is connected/, { after });
    expect(stands.markdown).toContain('ada@meridian.example');
    await faults.forget();
    const told = await ada.reads(space, /Acme Robotics was connected meanwhile/, { after });
    expect(told.markdown).toMatch(/authorized by ada@meridian\.example.*not stored/s);
  });

  it.each([
    ['typed', 'connect revoke acme'],
    ['typed in capitals', 'connect REVOKE   Acme Robotics'],
  ])('C3: are ended by hand, %s; the connection stays', async (_how, words) => {
    const [one, other] = [await newLink(), await newLink()];
    const after = await saidSoFar(ada, space);
    await ada.says(space, words);
    await ada.reads(space, /open connect links of Acme Robotics are revoked/, { after });
    for (const link of [one, other]) await expectDeadLink(await open(link));
    const again = await saidSoFar(ada, space);
    await ada.says(space, words);
    await ada.reads(space, /Acme Robotics has no open connect link/, { after: again });
    await ada.says(space, 'show acme');
    await ada.reads(space, /Connected/, { after: again });
  });

  it('C3: are ended by the button beneath a link, and by nobody who is no administrator', async () => {
    const [group, ben] = [testApp.room('group'), testApp.as('ben@meridian.example')];
    const after = await saidSoFar(ada, group);
    await ada.tellsBot(group, 'connect acme');
    const card = await ada.reads(group, /The link works once/, { after });
    await ben.clicks(card, 'Revoke links');
    await ben.reads(group, /only Hubkeeper’s administrators can do this/, { after });
    expect((await open(linkOf(card))).status).toBe(200);
    await ada.clicks(card, 'Revoke links');
    await ada.reads(group, /of Acme Robotics (is|are) revoked/, { after });
    await expectDeadLink(await open(linkOf(card)));
  });

  it('C3: which organization is meant is asked, and said how to type it', async () => {
    const after = await saidSoFar(ada, space);
    await ada.says(space, 'connect revoke');
    const choice = await ada.reads(space, /Which organization do you mean/, { after });
    expect(choice.markdown).toContain('**connect revoke**');
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

/** What a person reads on a page, in one line. */
const textOf = (html: string) =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** A record of a customer that nobody has connected yet, and its link. */
async function aCustomer(): Promise<{ name: string; administrator: string; link: string }> {
  const [granted] = await faults.grantMany(1);
  if (!granted) throw new Error('the simulator made no customer');
  const { id, displayName: name } = granted.organization;
  const number = Buffer.from(id, 'base64').toString().split('/').at(-1) ?? '';
  const { saved } = await addOrganization(testApp, ada, { space, name, inputs: { account_number_external: number } });
  return { name, administrator: granted.administrator.email, link: linkOf(saved) };
}

/** The provider decides how long links live; then a link is asked for. */
async function linkThatLives(hours: number): Promise<string> {
  const after = await saidSoFar(ada, space);
  await ada.says(space, 'settings');
  await ada.clicks(await ada.reads(space, /Settings of this space/, { after }), 'Change for Provider');
  const form = await ada.reads(space, /Settings for Provider/, { after });
  await ada.clicks(form, 'Save', { link_lifetime_hours: String(hours) });
  await ada.reads(space, /changed the/, { after });
  return newLink();
}

describe('a customer whose account lacks a right', () => {
  it.each([
    ['GET', '/licenses', 403, 'your roles, your locations', 'your licenses'],
    ['GET', '/roles', 403, 'your licenses, your locations', 'your roles'],
    ['GET', '/licenses', 405, 'your roles, your locations', 'your licenses'],
  ] as const)('C8: %s %s %s: reads what works, what does not and who must act, without codes', async (...row) => {
    const [method, route, status, works, lacks] = row;
    const { name, administrator, link } = await aCustomer();
    const after = await saidSoFar(ada, space);
    await faults.plan({ method, route, kind: 'status', status, by: administrator, times: 100 });
    const landed = await fetch(await consent(link, administrator));
    await ada.reads(space, new RegExp(`${name} is connected, but not everything worked`), { after });
    const text = textOf(await (await fetch(landed.url)).text());
    await faults.forget();
    expect(text).toContain(`What works: the connection itself, ${works}. What does not: ${lacks}.`);
    expect(text).toContain('A full administrator of your organization must accept');
    expect(text).not.toMatch(/http_|GET \/|tracking id|ROUTERGW|replay|operator/);
    expect(text).not.toMatch(/Acme|Borealis|Cobalt/);
  });

  it('C8: who administers another organization is addressed as “you”, and reads no other customer’s name', async () => {
    const after = await saidSoFar(ada, space);
    const landed = await fetch(await consent(await newLink('cobalt'), 'carol@acme.example'));
    await ada.reads(space, /Cobalt Health was not connected: wrong organization/, { after });
    const text = textOf(await (await fetch(landed.url)).text());
    expect(text).toContain('You signed in with an account that does not administer Cobalt Health. Nothing was stored.');
    expect(text).toContain('Sign in with an account that is a full administrator of Cobalt Health');
    expect(text).not.toMatch(/Acme|Carol|carol/);
  });

  it('C8: nor codes and names where Webex does not say whose account it is, or somebody of ours cancels', async () => {
    const after = await saidSoFar(ada, space);
    await faults.plan({ method: 'GET', route: '/people/me', kind: 'status', status: 403, by: 'elena@cobalt.example' });
    const landed = await fetch(await consent(await newLink('cobalt'), 'elena@cobalt.example'));
    await ada.reads(space, /Cobalt Health could not be connected/, { after });
    const text = textOf(await (await fetch(landed.url)).text());
    expect(text).toContain('Webex does not let your account do what this connection needs');
    expect(text).not.toMatch(/http_|people|tracking/);

    await faults.holdUp('elena@cobalt.example');
    const held = await fetch(await consent(await newLink('cobalt'), 'elena@cobalt.example'));
    const id = new URL(held.url).pathname.split('/').at(-1);
    const canceling = await saidSoFar(ada, space);
    await ada.says(space, `cancel ${id}`);
    await ada.reads(space, /cancel/i, { after: canceling });
    const open = textOf(await (await fetch(held.url)).text());
    expect(open).toContain('Whoever sent you the link');
    await faults.forget();
    await ada.reads(space, /Cobalt Health was not connected: the transaction was canceled/, { after: canceling });
    const canceled = textOf(await (await fetch(held.url)).text());
    expect(canceled).toContain('Whoever sent you the link has canceled this.');
    for (const each of [open, canceled]) expect(each).not.toContain('ada@');
  });
});

describe('a lifetime that the provider has set', () => {
  it('C6: is what an expired link says, as well as one that is unknown', async () => {
    const short = await linkThatLives(2);
    await faults.advance(3 * hour);
    const expired = await open(short);
    await expectDeadLink(expired.clone());
    expect(await expired.text()).toContain('A connect link works once, and for 2 hours.');
    const unknown = await open(`${testApp.url}/connect/${'A'.repeat(43)}`);
    expect(await unknown.text()).toContain('works once, and for 2 hours.');
    const hourly = await linkThatLives(1);
    await faults.advance(2 * hour);
    expect(await (await open(hourly)).text()).toContain('works once, and for 1 hour.');
    // A link keeps the lifetime that it was given.
    expect(await (await open(short)).text()).toContain('works once, and for 2 hours.');
  });
});

describe('in the end', () => {
  it('each link that was used belongs to one transaction, and nothing of a consent is left in any', async () => {
    const rows = await testApp.withStore(async (db) => ({
      links: await db.select().from(connectLinks),
      transactions: await db.select().from(transactions),
    }));
    const used = rows.links.filter(({ redeemedAt }) => redeemedAt !== null);
    expect(used.length).toBeGreaterThan(5);
    expect(new Set(used.map(({ transactionId }) => transactionId)).size).toBe(used.length);
    expect(used.map(({ codeVerifier }) => codeVerifier)).toEqual(used.map(() => null));
    const redemptions = rows.links.reduce((sum, link) => sum + link.redemptions, 0);
    expect(rows.transactions).toHaveLength(redemptions);
    expect(rows.transactions.map(({ pending }) => pending)).toEqual(rows.transactions.map(() => null));
    expect(rows.transactions.map(({ reason }) => reason)).toContain('overtaken');
  });
});
