// Webex answers in ways that it does not document: an odd value costs itself, nothing of another organization is kept, and no grant is lost.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, test } from 'vitest';
import { connections } from '../../src/connections/connections.schema.ts';
import { licenses, roles } from '../../src/directory/directory.schema.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { type Alteration, type Asked, alterWebex } from '../helpers/altered-webex.ts';
import {
  addOrganization,
  askedLast,
  connectOrganization,
  eventually,
  faultsOf,
  idsSaid,
  metricOf,
  saidSoFar,
} from '../helpers/story.ts';
import { type Actor, consent, linkOf, type SpaceMessage, startTestApp, type TestApp } from '../helpers/test-app.ts';

const carol = 'carol@acme.example';
const elena = 'elena@cobalt.example';
const dayMs = 24 * 3600_000;

let testApp: TestApp;
let ada: Actor;
let space: string;

beforeAll(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  space = testApp.room('direct');
  await ada.reads(space, /Hello, I am/);
  await addOrganization(testApp, ada, { space, name: 'Acme Robotics' });
});
afterAll(() => testApp.close());

/** Asks for a link for Acme, has Carol or another consent, and waits for the end that the space reads. */
async function connectAcme(
  alterations: Alteration[],
  { by = carol, end = /Acme Robotics is connected/ }: { by?: string; end?: RegExp } = {},
): Promise<{ result: SpaceMessage; asked: Asked[] }> {
  const after = await saidSoFar(ada, space);
  await ada.tellsBot(space, 'connect acme');
  const link = linkOf(await ada.reads(space, /Connect Acme Robotics|The link works once/, { after }));
  const { asked } = await alterWebex(testApp, alterations);
  await fetch(await consent(link, by));
  const result = await ada.reads(space, end, { after });
  return { result, asked };
}

const kept = () =>
  testApp.withStore(async (db) => {
    const [acme] = await db.select().from(organizations).where(eq(organizations.name, 'Acme Robotics'));
    const id = acme?.id ?? '';
    const [connection] = await db.select().from(connections).where(eq(connections.organizationId, id));
    return {
      connection,
      roles: await db.select().from(roles).where(eq(roles.organizationId, id)),
      licenses: await db.select().from(licenses).where(eq(licenses.organizationId, id)),
    };
  });

const changed = (path: string, change: (body: never) => void): Alteration => ({
  path,
  change: ({ body }) => void change(body as never),
});
const list = (path: string, change: (items: Record<string, unknown>[]) => void): Alteration =>
  changed(path, ({ items }: { items: Record<string, unknown>[] }) => change(items));

describe('a Connect', () => {
  test.each<[string, Alteration[]]>([
    [
      'one more organization without a name',
      [list('/organizations', (all) => all.push({ id: 'x', displayName: null }))],
    ],
    ['one without an id before it', [list('/organizations', (all) => all.unshift({ id: null, displayName: 'X' }))]],
    ['a null among them', [list('/organizations', (all) => all.unshift(null as never))]],
    [
      'its own name null, and its age odd',
      [list('/organizations', ([own]) => void Object.assign(own ?? {}, { displayName: null, created: 7 }))],
    ],
    [
      'a person with nulls',
      [changed('/people/me', (me: object) => void Object.assign(me, { displayName: null, type: null }))],
    ],
    [
      'a person without an organization',
      [changed('/people/me', (me: object) => void Object.assign(me, { orgId: null, emails: null }))],
    ],
  ])('R1: %s: the record’s own item decides', async (_, alterations) => {
    await connectAcme(alterations);
  });

  test('R2: nulls are absent, and an odd role is left out, counted and logged once', async () => {
    const before = testApp.logLines.length;
    const counted = (await metricOf(testApp, leftOut('/roles'))) ?? 0;
    const alterations = [
      list('/roles', (all) => all.push({ id: 'odd', name: null }, { id: 'odd too' })),
      list('/licenses', (all) => {
        all.splice(2);
        for (const one of all) Object.assign(one, { siteUrl: null, siteType: null, consumedByWorkspaces: null });
        Object.assign(all[0] ?? {}, { totalUnits: '42', consumedUnits: '7' });
      }),
    ];
    const { result } = await connectAcme(alterations);
    expect(result.markdown).toContain('7 of 42 used');
    await connectAcme(alterations);
    // Two at each read: a reconnect reads them before it replaces the connection, too.
    expect(await metricOf(testApp, leftOut('/roles'))).toBeGreaterThanOrEqual(counted + 4);
    const said = testApp.logLines.slice(before).filter((line) => line.includes('"route":"/roles"'));
    expect(said.filter((line) => line.includes('items.*.name'))).toHaveLength(1);
    const now = await kept();
    expect(now.roles.map(({ webexId }) => webexId)).not.toContain('odd');
    expect(now.roles.length).toBeGreaterThan(0);
    expect(now.licenses).toHaveLength(2);
  });

  test('R3: totals are stored and shown, rounded down, and the largest as a bound', async () => {
    const totals = [4294967295, 2 ** 53 - 2, 2 ** 60, 12.5, -1];
    const { result } = await connectAcme([
      list('/licenses', (all) => {
        const [one = {}] = all;
        const made = totals.map((totalUnits, n) => ({
          ...one,
          id: `l${n}`,
          name: `L${n}`,
          totalUnits,
          consumedUnits: n,
        }));
        all.splice(0, all.length, ...made);
      }),
    ]);
    for (const words of [
      '0 of 4294967295 used',
      '1 of 9007199254740990 used',
      '2 of more than 9007199254740991 used',
      '3 of 12 used',
      '4 used, no limit',
    ]) {
      expect(result.markdown).toContain(words);
    }
    expect((await kept()).licenses.map(({ totalUnits }) => totalUnits)).toEqual([
      4294967295,
      2 ** 53 - 2,
      2 ** 53 - 1,
      12,
      -1,
    ]);
  });

  test('R5: where the link to the next page has lost the organization, no other one’s licenses are kept', async () => {
    const { asked } = await connectAcme(
      [
        {
          path: '/licenses',
          change: ({ headers }, { url }) =>
            url.searchParams.has('page')
              ? undefined
              : { headers: { ...headers, link: `<${url.origin}/v1/licenses?page=2>; rel="next"` } },
        },
      ],
      { by: 'ada@meridian.example' },
    );
    const pages = asked.filter(({ url }) => url.pathname.endsWith('/licenses')).map(({ url }) => url.searchParams);
    // A reconnect reads them twice: before it replaces the connection, and to sync them.
    expect(pages.map((query) => query.has('page'))).toEqual([false, true, false, true]);
    expect(new Set(pages.map((query) => query.get('orgId'))).size).toBe(1);
    const acme = testApp.simulator.organizations.find(({ displayName }) => displayName === 'Acme Robotics');
    expect(pages[1]?.get('orgId')).toBe(acme?.id);
  });

  test('R6: another person’s grant beside a stray one is not revoked', async () => {
    await connectOrganization(testApp, ada, {
      space,
      name: 'Borealis Foods',
      administrator: 'dmitri@borealis.example',
    });
    const dmitri = testApp.simulator.people.find(({ email }) => email === 'dmitri@borealis.example');
    const { asked, result } = await connectAcme(
      [
        {
          path: '/authorizations',
          change({ headers, body }, { url }) {
            if (!url.searchParams.has('page'))
              return { headers: { ...headers, link: `<${url.href}&page=2>; rel="next"` } };
            const [one] = body.items;
            return {
              body: {
                items: [
                  { ...one, id: 'of-dmitri', personId: dmitri?.personId },
                  { ...one, id: 'of-nobody', personId: null },
                ],
              },
            };
          },
        },
      ],
      { by: elena, end: /Acme Robotics was not connected/ },
    );
    expect(result.markdown).toContain('The grant was revoked at Webex');
    const revoked = asked.filter(({ method }) => method === 'DELETE').map(({ url }) => url.pathname);
    expect(revoked.length).toBeGreaterThan(0);
    expect(revoked.join()).not.toMatch(/of-dmitri|of-nobody/);
  });

  test.each<[string, number, object]>([
    ['R7: lifetimes as text', 200, { expires_in: '1209600', refresh_token_expires_in: '7776000' }],
    ['R8: a token type of null, with status 201', 201, { token_type: null }],
  ])('%s: connected, and both deadlines are right', async (_, status, change) => {
    const { result } = await connectAcme([
      { path: '/access_token', change: ({ body }) => ({ status, body: { ...body, ...change } }) },
    ]);
    expect(result.markdown).toMatch(/Access token expires:\*\* in 14 days/);
    expect(result.markdown).toMatch(/Refresh token expires:\*\* in 90 days/);
    const { connection } = await kept();
    const lifetimeMs = Number(connection?.refreshTokenExpiresAt) - Number(connection?.obtainedAt);
    expect(Math.round(lifetimeMs / dayMs)).toBe(90);
  });

  test('R9: scopes behind commas are each granted', async () => {
    const { result } = await connectAcme([
      { path: '/access_token', change: ({ body }) => ({ body: { ...body, scope: body.scope.replaceAll(' ', ',') } }) },
    ]);
    expect(result.markdown).not.toMatch(/scope/i);
    expect((await kept()).connection?.scopes).toContain('spark-admin:roles_read');
  });

  test.each<[string, unknown]>([
    ['no access token', { token_type: 'Bearer' }],
    ['a token of a kind that we do not know', { access_token: 'x', token_type: 'mac' }],
    ['no JSON', 'granted'],
    ['nothing', ''],
  ])(
    'R8: a code is not asked for again after an answer with %s, and nobody says that Webex refused it',
    async (_, body) => {
      const { result, asked } = await connectAcme([{ path: '/access_token', change: () => ({ body }) }], {
        end: /Acme Robotics could not be connected/,
      });
      expect(asked.filter(({ url }) => url.pathname.endsWith('/access_token'))).toHaveLength(1);
      expect(result.markdown).toContain('its answer cannot be used');
      expect(result.markdown).toMatch(/ask for a new link/i);
      expect(result.markdown).not.toMatch(/refuse/i);
    },
  );
});

describe('a sync of lists that cannot be read whole', () => {
  const unreadable = [
    list('/locations', ([one]) => void Object.assign(one ?? {}, { name: null })),
    list('/licenses', ([one]) => void Object.assign(one ?? {}, { name: null })),
    list('/people', ([one]) => void Object.assign(one ?? {}, { id: null })),
  ];
  const leadsBack: Alteration = {
    path: '/people',
    change: ({ headers }, { url }) => ({ headers: { ...headers, link: `<${url.href}>; rel="next"` } }),
  };

  it('removes nothing, and says so', async () => {
    await connectAcme([]);
    const whole = await ada.asks(space, 'sync acme', /Acme Robotics is synced/);
    const counts = ['Licenses', 'Locations', 'People'].map((title) => whole.markdown?.match(`${title}:.*`)?.[0]);
    await alterWebex(testApp, unreadable);
    const done = await ada.asks(space, 'sync acme', /Acme Robotics is synced/);
    expect(done.markdown).toMatch(/Changes:\*\* None/);
    const after = await saidSoFar(ada, space);
    await ada.clicks(done, 'Steps');
    const steps = await ada.reads(space, /Sync people/, { after });
    expect(steps.markdown?.match(/1 item could not be read: nothing was removed/g)).toHaveLength(3);
    for (const [title, words] of [
      ['licenses', /7 licenses of Acme/],
      ['locations', /3 locations of Acme/],
      ['people', /13 people of Acme/],
    ] as const) {
      await ada.asks(space, `${title} acme`, words);
    }
    expect(counts).toEqual([
      expect.stringContaining('7 synced'),
      expect.stringContaining('3 synced'),
      expect.stringContaining('13 synced'),
    ]);
  });

  it('does not end where a page names itself as the next one, and removes nobody', async () => {
    const { asked } = await alterWebex(testApp, [leadsBack]);
    await ada.asks(space, 'sync acme people', /Sync Acme Robotics/);
    const reads = () => asked.filter(({ url }) => url.pathname.endsWith('/people'));
    await expect.poll(() => reads().length, eventually).toBeGreaterThan(0);
    await ada.asks(space, 'people acme', /13 people of Acme/);
    const running = await ada.asks(space, 'sync acme people', /Acme Robotics is being synced already/);
    const after = await saidSoFar(ada, space);
    await ada.clicks(running, 'Cancel');
    await ada.reads(space, /The sync of Acme Robotics was canceled/, { after });
    await ada.asks(space, 'people acme', /13 people of Acme/);
  });
});

describe('an API that Cisco has switched off', () => {
  const off = (path: string): Alteration => ({ path, change: () => ({ status: 410, body: { message: 'Gone' } }) });

  test('R11: is told to the administrators once, and held against no organization', async () => {
    const after = await saidSoFar(ada, space);
    for (let connects = 1; connects <= 2; connects++) {
      const { result } = await connectAcme([off('/roles')]);
      expect(result.markdown).toContain('Licenses:');
    }
    const told = await ada.reads(space, /switched this API off: update Hubkeeper\*\*/, { after });
    expect(told.markdown).toContain('GET /roles');
    await askedLast(ada, space);
    const all = await idsSaid(testApp, ada, { space, words: /switched this API off: update Hubkeeper\*\*/, after });
    expect(all).toEqual([told.id]);
  });

  test('R11: a step that cannot do without it ends at once, and says so', async () => {
    const { result, asked } = await connectAcme([off('/people/me')], { end: /Acme Robotics could not be connected/ });
    expect(result.markdown).toContain(
      'Cisco has switched this API off (GET /people/me): the operator must update Hubkeeper',
    );
    expect(asked.filter(({ url }) => url.pathname.endsWith('/people/me'))).toHaveLength(1);
  });

  test.each([
    [403, 'whoever authorized the connection may not read it'],
    [405, 'Webex does not offer it to this organization, which may lack a license'],
  ])('R11: %i on one feature is that feature’s finding, in words', async (status, words) => {
    // A living connection would not be replaced by one that cannot read its licenses.
    await testApp.withStore((db) => db.delete(connections));
    const { result } = await connectAcme([{ path: '/licenses', change: () => ({ status, body: {} }) }], {
      end: /Webex refused to list its licenses/,
    });
    expect(result.markdown).toContain(words);
  });
});

describe('a proxy', () => {
  test.each([
    ['407 Proxy Authentication Required', 'wants another user or password (407)'],
    ['403 Forbidden', 'refuses to connect us to Webex (403)'],
  ])('P3: that answers %s is named at once, without its password', async (status, words) => {
    const proxy = createServer().on('connect', (_request, socket) => void socket.end(`HTTP/1.1 ${status}\r\n\r\n`));
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void proxy.close());
    const { port } = proxy.address() as AddressInfo;
    const http_proxy = `http://user:proxy-canary@127.0.0.1:${port}`;
    const name = `Behind ${port}`;
    const { saved, after } = await addOrganization(testApp, ada, {
      space,
      name,
      inputs: { http_proxy, account_number_external: randomUUID() },
    });
    await fetch(await consent(linkOf(saved), carol));
    const result = await ada.reads(space, /could not be connected/, { after });
    expect(result.markdown).toContain(`The proxy 127.0.0.1:${port} ${words}.`);
    expect(result.markdown).toContain('Check the proxy in the record');
    expect(result.markdown).not.toMatch(/canary|refused the authorization/);
  });
});

const leftOut = (route: string) => `hubkeeper_webex_items_left_out_total{method="GET",route="${route}"}`;

describe('beside odd webhooks of strangers', () => {
  const asBot = (method: string, path: string) =>
    fetch(`${testApp.simulator.apiUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${testApp.simulator.bot.token}` },
    });
  const webhooks = async () =>
    ((await (await asBot('GET', '/webhooks')).json()) as { items: { id: string; name: string }[] }).items;
  const odd = [
    { id: 'odd1', name: null, targetUrl: 'http://localhost:9/x', resource: 'rooms', event: 'created', filter: null },
    { id: 'odd2', name: 7, targetUrl: null, resource: null, event: null },
    { name: 'Hubkeeper', id: null },
    null,
  ];

  test('R4: a first start makes our four, and catches up beside odd memberships and filters of null', async () => {
    await testApp.stop();
    for (const { id } of await webhooks()) await asBot('DELETE', `/webhooks/${id}`);
    await alterWebex(
      testApp,
      [
        list('/webhooks', (all) => {
          for (const one of all ?? []) Object.assign(one, { filter: null });
          all?.unshift(...(odd as never[]));
        }),
        list('/memberships', (all) => {
          Object.assign(all[0] ?? {}, { personId: null });
          all.unshift({ id: null }, null as never);
        }),
      ].map((one) => ({ ...one, method: 'GET' })),
    );
    await testApp.start();
    expect((await webhooks()).map(({ name }) => name)).toEqual(['Hubkeeper', 'Hubkeeper', 'Hubkeeper', 'Hubkeeper']);
    await expect.poll(async () => (await fetch(`${testApp.url}/readyz`)).status, eventually).toBe(200);
    // The start's own look may still be under way, and a look that rings meanwhile is the same one.
    await testApp.bell.ring('webhooks');
    const after = await saidSoFar(ada, space);
    await faultsOf(testApp).disableWebhooks();
    await ada.says(space, 'show nothing of this name');
    await testApp.bell.ring('webhooks');
    await ada.reads(space, /nothing of this name/, { after });
  });

  it('is not ready while none of ours stands', async () => {
    const faults = faultsOf(testApp);
    for (const { id } of await webhooks()) await asBot('DELETE', `/webhooks/${id}`);
    await faults.plan({ method: 'POST', route: '/webhooks', kind: 'status', status: 500 });
    await testApp.bell.ring('webhooks');
    const response = await fetch(`${testApp.url}/readyz`);
    expect([response.status, await response.json()]).toMatchObject([503, { failing: ['webhooks'] }]);
    await faults.areSpent();
    await testApp.bell.ring('webhooks');
    await expect.poll(async () => (await fetch(`${testApp.url}/readyz`)).status, eventually).toBe(200);
  });
});
