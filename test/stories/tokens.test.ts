// Tokens that are entered on a page of ours, of an organization's own service app or of ours: tried at Webex, stored, refreshed, lost and entered anew.
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MOST_REDEMPTIONS } from '../../src/connections/connect/link-state.ts';
import { connections } from '../../src/connections/connections.schema.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { alterWebex } from '../helpers/altered-webex.ts';
import { makeBranch } from '../helpers/branches.ts';
import { makeOwnApp, tokensOfApp } from '../helpers/service-apps.ts';
import {
  addOrganization,
  askedLast,
  connectOrganization,
  faultsOf,
  metricOf,
  numberOf,
  saidSince,
  saidSoFar,
  timePasses,
} from '../helpers/story.ts';
import {
  type Actor,
  linkOf,
  type Said,
  type SpaceMessage,
  startTestApp,
  type TestApp,
  titlesOf,
  visit,
} from '../helpers/test-app.ts';

const dayMs = 86_400_000;
const acme = 'Acme Robotics';
const borealis = 'Borealis Foods';
const cobalt = 'Cobalt Health';

let testApp: TestApp;
let ada: Actor;
let space: string;
let faults: ReturnType<typeof faultsOf>;
let own: Awaited<ReturnType<typeof makeOwnApp>>;

beforeAll(async () => {
  testApp = await startTestApp({ provider: { name: 'Meridian Networks', contact: 'webex@meridian.example' } });
  ada = testApp.as('ada@meridian.example');
  space = testApp.room('direct');
  faults = faultsOf(testApp);
  own = await makeOwnApp(testApp, { name: 'Robot keeper', owner: acme });
  await addOrganization(testApp, ada, { space, name: acme });
});
afterAll(() => testApp.close());

const connectionOf = async (name: string) => {
  const [found] = await testApp.withStore((db) =>
    db
      .select()
      .from(connections)
      .innerJoin(organizations, eq(organizations.id, connections.organizationId))
      .where(eq(organizations.name, name)),
  );
  return found?.connections;
};

async function lives(ms: number) {
  await timePasses(testApp, ms);
  await expect.poll(() => testApp.isIdle()).toBe(true);
}

const forward = /^Please give Meridian Networks the tokens/;

/** Asks for a page, and waits for the text to forward. */
async function pageFor(typed: string): Promise<{ link: string; card: SpaceMessage; after: Said }> {
  const after = await saidSoFar(ada, space);
  await ada.says(space, typed);
  const card = await ada.reads(space, /Enter tokens for/, { after });
  await ada.reads(space, forward, { after });
  return { link: linkOf(card), card, after };
}

const send = (link: string, fields: Record<string, string>) =>
  visit(link, { method: 'POST', body: new URLSearchParams(fields) });

/** What is right, as the page for developers shows it. */
async function rightFields(app = own, clientSecret = app.clientSecret) {
  const { accessToken, refreshToken } = await app.tokens();
  return {
    client_id: app.clientId,
    client_secret: clientSecret,
    refresh_token: refreshToken,
    access_token: accessToken,
  };
}

const valueIn = (html: string, name: string) =>
  new RegExp(`<input id="own_app-${name}"[^>]* value="([^"]*)"`).exec(html)?.[1];
const problemAt = (html: string, name: string, form = 'own_app') =>
  new RegExp(`<span id="${form}-${name}-about"><span class="problem">([^<]*)`).exec(html)?.[1];

async function expectDead(link: string): Promise<void> {
  const response = await visit(link);
  expect(response.status).toBe(410);
  expect(await response.text()).toContain('This link does not work');
}

describe('the page for tokens', () => {
  it('is offered by word and by button, with a text to forward', async () => {
    const after = await saidSoFar(ada, space);
    await ada.says(space, 'connect acme');
    const card = await ada.reads(space, /The link works once/, { after });
    expect(titlesOf(card)).toContain('Enter tokens');
    await ada.clicks(card, 'Enter tokens');
    const offered = await ada.reads(space, /Enter tokens for Acme Robotics/, { after });
    expect(offered.markdown).toContain('Never type them here');
    expect(linkOf(offered)).toMatch(/\/tokens\/[\w-]{43}$/);
    const text = await ada.reads(space, forward, { after });
    expect(text.markdown).toContain('/tokens/');
    const ways = await ada.asks(space, 'migrate acme', /How is Acme Robotics to be held/);
    expect(titlesOf(ways)).toContain('By its own app');
  });

  it('is kept by nobody, may send its form to us alone, and works without script', async () => {
    const { link } = await pageFor('connect acme own app');
    for (const method of ['HEAD', 'GET', 'GET']) expect((await visit(link, { method })).status).toBe(200);
    const response = await visit(link);
    const html = await response.text();
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('content-security-policy')).toContain("form-action 'self'");
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(html).not.toMatch(/<script|onerror|javascript:/i);
    for (const input of html.match(/<input[^>]*>/g) ?? []) expect(input).toContain('autocomplete="off"');
    expect(html).toContain('Enter tokens for Acme Robotics');
    expect(html).toContain('spark-admin:organizations_read');
    expect(html).not.toContain(link.split('/').at(-1));
  });

  it.each([
    ['a link to a consent', (token: string) => `/connect/${token}`],
    ['a made up one', () => `/tokens/${'A'.repeat(43)}`],
  ])('is not reached by %s', async (_what, path) => {
    const { link } = await pageFor('connect acme tokens');
    const address = new URL(path(link.split('/').at(-1) ?? ''), testApp.url).href;
    await expectDead(address);
    const posted = await send(address, await rightFields());
    expect([405, 410]).toContain(posted.status);
  });

  it('ends with connect revoke', async () => {
    const { link } = await pageFor('connect acme tokens');
    await ada.asks(space, 'connect revoke acme', /revoked/);
    await expectDead(link);
    expect((await send(link, await rightFields())).status).toBe(410);
  });

  it('ends with the lifetime of links', async () => {
    const { link } = await pageFor('connect acme tokens');
    await faults.advance(25 * 3_600_000);
    await expectDead(link);
  });

  it('is given to nobody of another branch, typed or sent', async () => {
    const branch = await makeBranch(testApp, { reseller: 'North', customer: 'Polar', email: 'nora@north.example' });
    const after = await saidSoFar(branch.admin, branch.space);
    await branch.admin.tellsBot(branch.space, 'connect acme tokens');
    const refused = await branch.admin.reads(branch.space, /./, { after });
    const organizationId = (await connectionIdOf(acme)) ?? '';
    await branch.admin.sends(await anyCard(branch.admin, branch.space), {
      action: 'connect_tokens',
      organization_id: organizationId,
    });
    await branch.admin.tellsBot(branch.space, 'help');
    await branch.admin.reads(branch.space, /What I can do/, { after });
    const said = (await saidSince(branch.admin, branch.space, after)).map(({ markdown }) => markdown ?? '');
    expect(refused.markdown).not.toContain('/tokens/');
    expect(said.filter((text) => /\/tokens\/|Enter tokens for/.test(text))).toEqual([]);
  });
});

const connectionIdOf = async (name: string) => {
  const [found] = await testApp.withStore((db) =>
    db.select({ id: organizations.id }).from(organizations).where(eq(organizations.name, name)),
  );
  return found?.id;
};

/** A card from which anything may be sent. */
async function anyCard(actor: Actor, room: string): Promise<SpaceMessage> {
  const after = await saidSoFar(actor, room);
  await actor.tellsBot(room, 'customers');
  return actor.reads(room, (message) => titlesOf(message).length > 0, { after });
}

describe('what is entered', () => {
  it('is asked for again where it is missing or no token, and Webex is not asked', async () => {
    const { link } = await pageFor('connect acme tokens');
    await faults.forgetCalls();
    const response = await send(link, { client_id: own.clientId, client_secret: 'a b', access_token: 'x\ny' });
    const html = await response.text();
    expect(response.status).toBe(422);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(valueIn(html, 'client_id')).toBe(own.clientId);
    expect(problemAt(html, 'client_secret')).toContain('This is no client secret');
    expect(problemAt(html, 'refresh_token')).toBe('Enter the refresh token.');
    expect(problemAt(html, 'access_token')).toContain('This is no access token');
    expect(html).not.toContain('a b');
    expect((await visit(link, { method: 'POST', body: '{}' })).status).toBe(422);
    expect(await faults.calls('POST', '/access_token')).toEqual([]);
  });

  it('is refused at its field, keeps the client id and no secret, and is taken once it is right', async () => {
    const { link, after } = await pageFor('connect acme tokens');
    const right = await rightFields();
    const wrongSecret = 'f'.repeat(64);
    const refused = await send(link, { ...right, client_secret: wrongSecret });
    const html = await refused.text();
    expect(refused.status).toBe(422);
    expect(problemAt(html, 'client_secret')).toContain('does not accept this client ID with the secret');
    expect(valueIn(html, 'client_id')).toBe(own.clientId);
    for (const secret of [wrongSecret, right.refresh_token, right.access_token]) expect(html).not.toContain(secret);
    const told = await ada.reads(space, /Acme Robotics could not be connected/, { after });
    expect(told.markdown).toContain('The same link works again');
    // Opened once more, it says what was wrong.
    expect(problemAt(await (await visit(link)).text(), 'client_secret')).toContain('does not accept this client ID');

    const dead = await send(link, { ...right, refresh_token: 'g'.repeat(64) });
    expect(dead.status).toBe(422);
    expect(problemAt(await dead.text(), 'refresh_token')).toContain('does not accept the refresh token');

    const taken = await send(link, right);
    expect(taken.status).toBe(303);
    const page = new URL(taken.headers.get('location') ?? '', testApp.url);
    expect(page.pathname).toMatch(/^\/transactions\/\d+$/);
    const result = await ada.reads(space, /Acme Robotics is connected/, { after });
    expect(result.markdown).toMatch(/Authorized by:\*\* A service app of its own/);
    expect(result.markdown).toMatch(/Refresh token expires:\*\* .*in 90 days/);
    expect(result.markdown).toMatch(/Roles:\*\* \d+ synced/);
    expect(await (await visit(page.href)).text()).toContain('Try the tokens at Webex');
    // Sent twice, it leads to the same place.
    expect((await send(link, right)).headers.get('location')).toBe(taken.headers.get('location'));
    await expectDead(link);
    expect(await connectionOf(acme)).toMatchObject({
      ...{ way: 'service_app', appClientId: own.clientId, authorizedEmail: null, state: 'connected' },
      appClientSecret: expect.not.stringContaining(own.clientSecret),
    });
  });

  it('is audited: who was shown the link, that tokens were entered, and what is stored', async () => {
    const audit = await ada.asks(space, 'audit acme', /Tokens entered/);
    expect(audit.markdown).toContain('Connect link shown');
    expect(audit.markdown).toContain('Connection made');
  });

  it('counts once where the form is sent twice at the same time', async () => {
    const { link, after } = await pageFor('connect acme tokens');
    const right = await rightFields();
    const answers = await Promise.all([send(link, right), send(link, right)]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    const [one, other] = answers.map(({ headers }) => headers.get('location'));
    expect(one).toBe(other);
    await ada.reads(space, /Acme Robotics is connected/, { after });
  });

  it.each(['oauth', 'webex'])('is refused at its field however Webex says so: %s', async (tokenErrorBody) => {
    await faults.switches({ tokenErrorBody });
    const { link } = await pageFor('connect acme tokens');
    const right = await rightFields();
    for (const [field, words] of [
      ['client_secret', 'does not accept this client ID'],
      ['refresh_token', 'does not accept the refresh token'],
    ] as const) {
      const refused = await send(link, { ...right, [field]: 'f'.repeat(64) });
      expect(problemAt(await refused.text(), field)).toContain(words);
    }
  });

  it('is not stored where Webex does not say when it ends: nobody could be warned', async () => {
    await faults.switches({ refreshTokenLifetime: 'unsaid' });
    const { link } = await pageFor('connect acme tokens');
    const refused = await send(link, await rightFields());
    expect(await refused.text()).toContain('did not say when these tokens expire');
    await faults.switches({ refreshTokenLifetime: 'said' });
  });

  it('may be wrong a few times, then the link has ended', async () => {
    const { link } = await pageFor('connect acme tokens');
    const wrong = { ...(await rightFields()), client_secret: 'f'.repeat(64) };
    for (let tries = 1; tries < MOST_REDEMPTIONS; tries++) expect((await send(link, wrong)).status).toBe(422);
    const last = await send(link, wrong);
    expect(last.status).toBe(303);
    const page = await (await visit(new URL(last.headers.get('location') ?? '', testApp.url).href)).text();
    expect(page).toContain('Whoever sent you the link can send you a new one');
    await expectDead(link);
  });
});

describe('an organization that its own app holds', () => {
  it('is refreshed with the id and secret of that app, whatever Webex does with the refresh token', async () => {
    for (const switches of [{ refreshToken: 'replaced_and_old_dies' }, { refreshToken: 'kept' }]) {
      await faults.switches(switches);
      for (let day = 0; day < 60; day += 12) await lives(12 * dayMs);
    }
    const connection = await connectionOf(acme);
    expect(connection).toMatchObject({ state: 'connected', failures: 0 });
    const shown = await ada.asks(space, 'show acme', /service app of its own/);
    expect(shown.markdown).toContain(own.clientId);
    const forecast = await ada.asks(space, 'forecast', /0 of 1 organizations? hangs? on people/);
    expect(forecast.markdown).toContain('held by a service app of its own');
  });

  it('is warned of before its deadline, which a person must move', async () => {
    const after = await saidSoFar(ada, space);
    await faults.switches({ refreshRenews: 'never' });
    for (let day = 0; day < 84; day += 12) await lives(12 * dayMs);
    const warning = await ada.reads(space, /Acme Robotics expires/, { after });
    expect(warning.markdown).toContain('press Reconnect, then Enter tokens');
    expect(warning.markdown).not.toContain('opens it and accepts');
    await faults.switches({ refreshRenews: 'always' });
    const { link, after: asked } = await pageFor('migrate acme tokens');
    expect((await send(link, await rightFields())).status).toBe(303);
    await ada.reads(space, /Acme Robotics is connected/, { after: asked });
  });

  it('R16: stays where a gateway answers 401 without a code, and is lost where that lasts', async () => {
    const after = await saidSoFar(ada, space);
    const bare = { method: 'POST', route: '/access_token', times: 1, kind: 'status', status: 401 } as const;
    await faults.plan(bare);
    const answer = await ada.asks(space, 'refresh acme', /could not be refreshed/);
    expect(answer.markdown).toContain('the connection stays');
    expect(answer.markdown).not.toContain('WEBEX_CLIENT_ID');
    expect(await connectionOf(acme)).toMatchObject({ state: 'failing', stateReason: 'invalid_client' });
    await ada.asks(space, 'refresh acme', /is refreshed|has a new access token|keeps its tokens/);
    expect(await connectionOf(acme)).toMatchObject({ state: 'connected', refusedAt: null, failures: 0 });
    await faults.plan(bare);
    await ada.asks(space, 'refresh acme', /could not be refreshed/);
    await faults.plan({ ...bare, times: 100 });
    await lives(70 * 60_000);
    expect(await connectionOf(acme)).toMatchObject({ state: 'lost', stateReason: 'invalid_client' });
    await ada.reads(space, /Acme Robotics has lost its connection/, { after });
    await faults.forget();
    await ada.asks(space, 'refresh acme', /is refreshed|has a new access token|keeps its tokens/);
    const said = (await saidSince(ada, space, after)).map(({ markdown }) => markdown ?? '');
    expect(said.filter((text) => text.includes('WEBEX_CLIENT_ID'))).toEqual([]);
  });

  it('is lost alone where its secret is replaced, tells nobody that ours is wrong, and gets a new link', async () => {
    const after = await saidSoFar(ada, space);
    const newSecret = await own.newSecret();
    // Webex names the code: no gateway has answered.
    await faults.switches({ tokenErrorBody: 'oauth' });
    const answer = await ada.asks(space, 'refresh acme', /has lost its connection/);
    expect(answer.markdown).toContain('the secret was replaced, or the app was deleted');
    expect(titlesOf(answer)).toContain('Enter tokens');
    await faults.switches({ tokenErrorBody: 'webex' });
    await askedLast(ada, space);
    const said = (await saidSince(ada, space, after)).map(({ markdown }) => markdown ?? '');
    expect(said.filter((text) => text.includes('WEBEX_CLIENT_ID'))).toEqual([]);
    expect(await metricOf(testApp, 'hubkeeper_connections{state="lost"}')).toBe(1);
    await ada.clicks(answer, 'Enter tokens');
    const page = await ada.reads(space, /Enter tokens for Acme Robotics/, { after });
    await ada.reads(space, forward, { after });
    expect((await send(linkOf(page), await rightFields(own, newSecret))).status).toBe(303);
    await ada.reads(space, /Acme Robotics is connected/, { after });
    expect(await connectionOf(acme)).toMatchObject({ state: 'connected', appClientId: own.clientId });
  });

  it('is asked for tokens where links for all are wanted', async () => {
    const after = await saidSoFar(ada, space);
    await ada.sends(await anyCard(ada, space), {
      action: 'connect_all',
      organization_ids: (await connectionIdOf(acme)) ?? '',
    });
    await ada.reads(space, forward, { after });
  });

  it('is lost where the app is deauthorized', async () => {
    const after = await saidSoFar(ada, space);
    await own.deauthorize();
    await lives(8 * dayMs);
    const lost = await ada.reads(space, /Acme Robotics has lost its connection/, { after });
    expect(lost.markdown).toContain('refresh token of its own service app');
    expect(titlesOf(lost)).toContain('Enter tokens');
  });
});

describe('tokens of another organization', () => {
  it('are not even refreshed where the access token says so, and replace nothing', async () => {
    await connectOrganization(testApp, ada, { space, name: cobalt, administrator: 'elena@cobalt.example' });
    const other = await makeOwnApp(testApp, { name: 'Food keeper', owner: borealis });
    const { link, after } = await pageFor('connect cobalt tokens');
    await faults.forgetCalls();
    const right = await rightFields(other);
    const refused = await send(link, right);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toMatch(/class="problem" role="alert">[^<]*(another organization|another one)/);
    expect(await faults.calls('POST', '/access_token')).toEqual([]);
    const { access_token: _none, ...without } = right;
    expect((await send(link, without)).status).toBe(422);
    await ada.reads(space, /Cobalt Health could not be connected/, { after });
    expect(await connectionOf(cobalt)).toMatchObject({ way: 'consent', state: 'connected' });
  });

  it('are refused of a partner’s app that reads the organization as a customer', async () => {
    const app = await makeOwnApp(testApp, { name: 'Provider keeper', owner: 'Meridian Managed Services' });
    await faults.switches({ machineAccountReach: 'managed' });
    const { link } = await pageFor('connect acme tokens');
    await faults.forgetCalls();
    const right = await rightFields(app);
    const early = await send(link, right);
    expect(early.status).toBe(422);
    expect(await early.text()).toMatch(/role="alert">[^<]*another organization/);
    expect(await faults.calls('POST', '/access_token')).toEqual([]);
    const { access_token: _none, ...without } = right;
    const late = await send(link, without);
    expect(late.status).toBe(422);
    expect(await late.text()).toMatch(/role="alert">[^<]*another organization/);
    expect(await connectionOf(acme)).toMatchObject({ appClientId: own.clientId, state: 'lost' });
    await faults.switches({ machineAccountReach: 'own' });
  });

  it('of an app that may do less than the consent replace nothing, and the consent is not revoked', async () => {
    const app = await makeOwnApp(testApp, { name: 'Lesser keeper', owner: cobalt });
    await faults.switches({ refreshToken: 'replaced_and_old_dies' });
    const before = await connectionOf(cobalt);
    await alterWebex(testApp, [
      {
        path: '/access_token',
        change: ({ body }) => ({ body: { ...body, scope: body.scope?.replace('spark-admin:organizations_read', '') } }),
      },
    ]);
    const { link, after } = await pageFor('connect cobalt tokens');
    await send(link, await rightFields(app));
    const told = await ada.reads(space, /may not read what the record of Cobalt Health needs[\s\S]*generate new ones/, {
      after,
    });
    expect(told.markdown).toMatch(/organizations\\?_read \(not granted\)/);
    expect(told.markdown).toContain('Webex may have replaced the refresh token: generate new ones.');
    expect(await connectionOf(cobalt)).toMatchObject({ way: 'consent', connectedAt: before?.connectedAt });
    await faults.switches({ refreshToken: 'kept' });
    await ada.asks(space, 'refresh cobalt', /is refreshed|has a new access token|keeps its tokens/);
  });

  it('are not refreshed where the access token shows that they would replace nothing', async () => {
    const app = await makeOwnApp(testApp, { name: 'Tried keeper', owner: cobalt });
    const setSync = (sync: boolean) =>
      testApp.withStore((db) => db.update(organizations).set({ sync }).where(eq(organizations.name, cobalt)));
    await setSync(true);
    const right = await rightFields(app);
    // Whichever token of the app asks.
    await alterWebex(testApp, [{ path: '/licenses', change: () => ({ status: 403, body: { message: 'no' } }) }]);
    const { link, after } = await pageFor('connect cobalt tokens');
    await faults.forgetCalls();
    const refused = await send(link, right);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toMatch(/role="alert">[^<]*may not read all that this connection needs/);
    const told = await ada.reads(
      space,
      /may not read what the record of Cobalt Health needs[\s\S]*The same link works again/,
      {
        after,
      },
    );
    expect(told.markdown).not.toContain('may have replaced the refresh token');
    expect(await faults.calls('POST', '/access_token')).toEqual([]);
    expect(await connectionOf(cobalt)).toMatchObject({ way: 'consent', state: 'connected' });
    await setSync(false);
  });

  it('of the right organization take the place of a consent, and disconnect says what stays at Webex', async () => {
    const app = await makeOwnApp(testApp, { name: 'Health keeper', owner: cobalt });
    const { link, after } = await pageFor('migrate cobalt tokens');
    expect((await send(link, await rightFields(app))).status).toBe(303);
    await ada.reads(space, /Cobalt Health is connected/, { after });
    expect(await connectionOf(cobalt)).toMatchObject({ way: 'service_app', appClientId: app.clientId });
    const asked = await ada.asks(space, 'disconnect cobalt', /Disconnect Cobalt Health\?/);
    expect(asked.markdown).toContain('ends a service app in Control Hub');
    expect(asked.markdown).toContain('new tokens of its service app must be entered');
    await ada.clicks(asked, 'Disconnect');
    await ada.reads(space, /The access to Cobalt Health may still stand at Webex/, { after });
  });
});

describe('a pair of tokens', () => {
  const pair = ({ accessToken, refreshToken }: { accessToken: string; refreshToken: string }) => ({
    form: 'pair',
    refresh_token: refreshToken,
    access_token: accessToken,
  });

  it('of a consent to our integration connects by that consent, and ends nobody’s grant where it is refused', async () => {
    const [granted] = await faults.grantMany(1);
    const { organization, administrator } = granted ?? {};
    if (!granted || !organization || !administrator) throw new Error('nobody has consented');
    const inputs = { account_number_external: organization.id };
    await addOrganization(testApp, ada, { space, name: organization.displayName, inputs });
    const elsewhere = await pageFor('connect cobalt tokens');
    const { access_token: _none, ...without } = pair(granted);
    const refused = await send(elsewhere.link, without);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toMatch(/role="alert">[^<]*another organization/);

    const { link, after } = await pageFor(`connect ${organization.displayName} tokens`);
    expect((await send(link, pair(granted))).status).toBe(303);
    const result = await ada.reads(space, new RegExp(`${organization.displayName} is connected`), { after });
    expect(result.markdown).toContain(administrator.email);
    expect(await connectionOf(organization.displayName)).toMatchObject({
      ...{ way: 'consent', appClientId: null, authorizedEmail: administrator.email, state: 'connected' },
    });
  });

  it('of our service app connects by that, and has no deadline', async () => {
    const { clientId } = testApp.simulator.serviceApp;
    const tokens = await tokensOfApp(testApp, { clientId, organization: borealis });
    await addOrganization(testApp, ada, { space, name: borealis });
    const { link, after } = await pageFor('connect borealis tokens');
    expect((await send(link, pair(tokens))).status).toBe(303);
    const result = await ada.reads(space, /Borealis Foods is connected/, { after });
    expect(result.markdown).toContain('Replaced by itself');
    expect(await connectionOf(borealis)).toMatchObject({ way: 'service_app', appClientId: null });
  });

  it('moves to our service app from one of its own', async () => {
    const app = await makeOwnApp(testApp, { name: 'Food keeper of its own', owner: borealis });
    const { link, after } = await pageFor('migrate borealis tokens');
    expect((await send(link, await rightFields(app))).status).toBe(303);
    await ada.reads(space, /Borealis Foods is connected/, { after });
    expect(await connectionOf(borealis)).toMatchObject({ appClientId: app.clientId });
    const before = await saidSoFar(ada, space);
    // Its owner is not connected, and so nothing comes of it: but it is tried.
    await ada.says(space, 'migrate borealis service app');
    await ada.reads(space, /owns the service app is not connected/, { after: before });
    expect(await connectionOf(borealis)).toMatchObject({ appClientId: app.clientId, state: 'connected' });
  });

  it('is all that the record of a partner takes: a service app manages no customers', async () => {
    const partner = 'Meridian Managed Services';
    const before = await saidSoFar(ada, space);
    const form = await ada.asks(space, 'connect partner', /as a partner/);
    await ada.clicks(form, 'Save', { name: partner, account_number_external: numberOf(testApp, partner) });
    const card = await ada.reads(space, /One consent serves all organizations/, { after: before });
    expect(titlesOf(card)).not.toContain('Enter tokens');
    const app = await makeOwnApp(testApp, { name: 'Partner keeper', owner: partner });
    const { link } = await pageFor(`connect ${partner} tokens`);
    const html = await (await visit(link)).text();
    expect(html).toContain('A pair of tokens that was issued to us');
    expect(html).not.toContain('Client secret');
    await faults.forgetCalls();
    const refused = await send(link, await rightFields(app));
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain('its grant serves others');
    expect(await faults.calls('POST', '/access_token')).toEqual([]);
  });

  it('of another app is refused, and the page says where it belongs', async () => {
    const app = await makeOwnApp(testApp, { name: 'Food keeper once more', owner: borealis });
    const { link } = await pageFor('connect borealis tokens');
    const refused = await send(link, pair(await app.tokens()));
    expect(refused.status).toBe(422);
    expect(problemAt(await refused.text(), 'refresh_token', 'pair')).toContain('with its client ID and secret');
    expect(problemAt(await (await visit(link)).text(), 'refresh_token', 'pair')).toContain('from us');
  });
});

describe('where Webex does not answer', () => {
  it('the browser goes on to the transaction, which tries again and stores them', async () => {
    const app = await makeOwnApp(testApp, { name: 'Health keeper again', owner: cobalt });
    const { link, after } = await pageFor('connect cobalt tokens');
    await faults.plan({ method: 'POST', route: '/access_token', kind: 'status', status: 503, times: 1 });
    expect((await send(link, await rightFields(app))).status).toBe(303);
    await ada.reads(space, /Cobalt Health is connected/, { after });
    await faults.areSpent();
  });
});
