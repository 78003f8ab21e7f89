// The form for an organization: what is wrong comes back with everything still in it, what is right is saved once, and secrets stay secret.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inboxEvents } from '../../src/chat/chat.schema.ts';
import { rows } from '../../src/db/database.ts';
import { createSealer } from '../../src/db/seal/seal.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { addOrganization, askedLast, eventually, idsSaid, numberOf, saidSoFar, valuesIn } from '../helpers/story.ts';
import {
  type Actor,
  consent,
  linkOf,
  type Said,
  type SpaceMessage,
  startTestApp,
  type TestApp,
  titlesOf,
} from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let ben: Actor;
let space: string;

beforeAll(async () => {
  testApp = await startTestApp({ admins: ['ada@meridian.example', 'ben@meridian.example'] });
  ada = testApp.as('ada@meridian.example');
  ben = testApp.as('ben@meridian.example');
  space = testApp.room('group');
  await ada.reads(space, /Hello, I am/);
});
afterAll(() => testApp.close());

const isForm = (message: SpaceMessage) => titlesOf(message).includes('Save');

/** `after`: where in the space the messages begin that stand there because of this form. */
async function openForm(): Promise<{ form: SpaceMessage; after: Said }> {
  const after = await saidSoFar(ada, space);
  await ada.tellsBot(space, 'add');
  return { form: await ada.reads(space, isForm, { after }), after };
}

/** The form that comes in the place of another. */
const inPlaceOf =
  ({ id }: SpaceMessage) =>
  (message: SpaceMessage) =>
    isForm(message) && message.id !== id;

const isGone = async (message: SpaceMessage) => !(await ada.messages(space)).some(({ id }) => id === message.id);

const good = {
  name: 'Nord & Süd "GmbH"',
  account_number_external: randomUUID(),
  account_email: 'admin@nord.example',
  sync: 'false',
  wholesale_status: 'true',
  webex_contact_center: 'true',
  base_url_setting: 'eu',
  default_calling_behaviour: 'Cisco Jabber app',
  email_domain: 'nord.example',
  dirsync_enabled: 'true',
  notes: 'First line\nSecond line with "quotes" and \\backslashes\\',
};

describe('a form with something wrong in it', () => {
  it.each([
    ['name', '   ', /Customer Name is missing/],
    ['name', 'x'.repeat(1025), /Customer Name is too long/],
    ['name', 'Acme\u202e', /invisible control character/],
    ['account_number_external', '', /Organization Account Number/],
    ['account_number_external', '12345', /is no organization number/],
    ['account_number_external', Buffer.from(`ciscospark://us/PEOPLE/${randomUUID()}`).toString('base64'), /a person/],
    ['account_email', 'admin', /is not an e-mail address/],
    ['base_url_setting', 'none', /Contact Center Region is missing/],
    ['base_url_setting', 'mars', /is not one of its choices/],
    ['default_calling_behaviour', 'Smoke signals', /is not one of its choices/],
    ['email_domain', 'http://nord.example', /is not a domain name/],
    ['sync', 'perhaps', /is neither on nor off/],
  ])('%s "%s" comes back with everything else still in it', async (field, value, problem) => {
    const { form, after } = await openForm();
    await ada.clicks(form, 'Save', { ...good, [field]: value });
    const again = await ada.reads(space, inPlaceOf(form), { after });
    expect(again.markdown).toMatch(/Not saved yet: correct 1 field/);
    expect(again.markdown).toMatch(problem);
    const { [field]: _changed, ...kept } = { ...good } as Record<string, string>;
    expect(valuesIn(again)).toMatchObject(kept);
    if (/^[ -~]{1,80}$/.test(value) && !['base_url_setting', 'default_calling_behaviour', 'sync'].includes(field)) {
      expect(valuesIn(again)[field]).toBe(value);
    }
    await expect.poll(() => isGone(form), eventually).toBe(true);
  });

  it('says everything that is wrong at once, and can be saved in the end', async () => {
    const { form, after } = await openForm();
    await ada.clicks(form, 'Save', { name: '', account_number_external: '', account_email: '@', email_domain: '@' });
    const again = await ada.reads(space, /Not saved yet: correct 4 fields/, { after });
    await ada.clicks(again, 'Save', good);
    await ada.reads(space, /is saved/, { after });
    await expect.poll(() => isGone(again), eventually).toBe(true);
    const [row] = await testApp.withStore((db) =>
      db.select().from(organizations).where(eq(organizations.account_number_external, good.account_number_external)),
    );
    expect(row).toMatchObject({
      ...good,
      sync: false,
      wholesale_status: true,
      webex_contact_center: true,
      dirsync_enabled: true,
      http_proxy: null,
      createdBy: 'ada@meridian.example',
    });
  });

  it('never sends a proxy back, right or wrong, and says that it must be typed again', async () => {
    const { form, after } = await openForm();
    const proxies = {
      http_proxy: 'http://proxy:s3cret-one@proxy.example:3128',
      https_proxy: 'ftp://proxy:s3cret-two@proxy.example',
    };
    await ada.clicks(form, 'Save', { ...good, ...proxies });
    const again = await ada.reads(space, inPlaceOf(form), { after });
    expect(again.markdown).toMatch(/HTTPS Proxy must begin with http/);
    expect(JSON.stringify(again.attachments)).toMatch(/Type it again: this form never shows/);
    expect(JSON.stringify(again)).not.toMatch(/s3cret|proxy:/);
    expect(testApp.logLines.join('')).not.toContain('s3cret');
  });

  it('Cancel takes the form away and says nothing', async () => {
    const { form } = await openForm();
    const after = await saidSoFar(ada, space);
    await ada.clicks(form, 'Cancel');
    await expect.poll(() => isGone(form), eventually).toBe(true);
    const { id } = await askedLast(ada, space);
    expect(await idsSaid(testApp, ada, { space, words: /./, after })).toEqual([id]);
  });
});

describe('an organization that exists already', () => {
  it.each([
    ['its number in capitals', (uuid: string) => uuid.toUpperCase()],
    ['its base64 id', (uuid: string) => webexId(uuid, 'base64url')],
    ['that in the other alphabet, padded', (uuid: string) => webexId(uuid, 'base64')],
    ['that of another cluster', (uuid: string) => webexId(uuid, 'base64url', 'urn:TEAM:eu-central-1_k')],
  ])('is named by %s, and the form stays', async (_how, written) => {
    const { form, after } = await openForm();
    await ada.clicks(form, 'Save', { name: 'Another', account_number_external: written(good.account_number_external) });
    const answer = await ada.reads(space, /This organization exists already/, { after });
    expect(answer.markdown).toContain('Nord');
    expect(titlesOf(answer)).toEqual(['Show']);
    expect(await isGone(form)).toBe(false);
  });

  it('is saved by its base64 id and found by its UUID', async () => {
    const uuid = randomUUID();
    const { form, after } = await openForm();
    await ada.clicks(form, 'Save', { name: 'By id', account_number_external: webexId(uuid, 'base64') });
    await ada.reads(space, /By id is saved/, { after });
    await ada.tellsBot(space, `show ${uuid}`);
    await ada.reads(space, /\*\*By id\*\*[\s\S]*Account/, { after });
  });
});

const webexId = (uuid: string, encoding: BufferEncoding, cluster = 'us') =>
  Buffer.from(`ciscospark://${cluster}/ORGANIZATION/${uuid}`).toString(encoding);

/** What came of the events that were handled more than once. */
const handledAgain = () =>
  testApp.withStore(async (db) => {
    const clicks = await db.select().from(inboxEvents).where(eq(inboxEvents.resource, 'attachmentActions'));
    return clicks.filter(({ attempts }) => attempts > 1).map(({ outcome }) => outcome);
  });

const savedWithNumber = (number: string) =>
  testApp.withStore((db) => db.select().from(organizations).where(eq(organizations.account_number_external, number)));

describe('saving once', () => {
  it('U10: two people save the same organization at the same time: one saves, the other reads that it is saved', async () => {
    const { form: first, after } = await openForm();
    const { form: second } = await openForm();
    const number = randomUUID();
    await Promise.all([
      ada.clicks(first, 'Save', { name: 'Race', account_number_external: number }),
      ben.clicks(second, 'Save', { name: 'Race', account_number_external: number }),
    ]);
    await ada.reads(space, /Race is saved/, { after });
    await ada.reads(space, /Already saved: Race/, { after });
    expect(await savedWithNumber(number)).toHaveLength(1);
  });

  it('U10: a double click saves once, with one link', async () => {
    const { form, after } = await openForm();
    const number = randomUUID();
    const save = () => ada.clicks(form, 'Save', { name: 'Double', account_number_external: number });
    await Promise.all([save(), save()]);
    const saved = await ada.reads(space, /Double is saved/, { after });
    await ada.reads(space, /Already saved: Double/, { after });
    await askedLast(ada, space);
    expect(await idsSaid(testApp, ada, { space, words: /Double is saved/ })).toEqual([saved.id]);
    expect(await savedWithNumber(number)).toHaveLength(1);
  });

  it('a click that is handled again after a crash is not answered with "exists already"', async () => {
    const { form, after } = await openForm();
    const number = randomUUID();
    await ada.clicks(form, 'Save', { name: 'Crash', account_number_external: number });
    const saved = await ada.reads(space, /Crash is saved/, { after });
    // As if the process had died between saving the record and noting that the click was handled.
    await testApp.withStore(async (db) => {
      await db
        .update(inboxEvents)
        .set({ handledAt: null, outcome: null, leasedUntil: new Date(0) })
        .where(
          sql`${inboxEvents.id} in (select id from inbox_events where resource = 'attachmentActions' order by received_at desc limit 1)`,
        );
    });
    await expect.poll(handledAgain, eventually).toEqual(['queued']);
    await askedLast(ada, space);
    expect(await idsSaid(testApp, ada, { space, words: /exists already: Crash|Already saved: Crash/ })).toEqual([]);
    expect(await idsSaid(testApp, ada, { space, words: /Crash is saved/ })).toEqual([saved.id]);
  });
});

describe('proxies', () => {
  const proxy = proxyServer();
  beforeAll(proxy.start);
  afterAll(proxy.stop);

  it('are stored sealed, leave no trace in the store, and carry what is asked in the organization’s name', async () => {
    const address = `http://agent:pa%40ss-w0rd@127.0.0.1:${proxy.port()}`;
    const { saved, after } = await addOrganization(testApp, ada, {
      space,
      name: 'Cobalt Health',
      inputs: { http_proxy: address, https_proxy: 'https://agent:pa%40ss-w0rd@proxy.example:8443' },
    });
    await fetch(await consent(linkOf(saved), 'elena@cobalt.example'));
    await ada.reads(space, /Cobalt Health is connected/, { after });

    const webex = new URL(testApp.simulator.apiUrl).host;
    expect(new Set(proxy.targets())).toEqual(new Set([webex]));
    expect(proxy.credentials()).toEqual(new Set(['agent:pa@ss-w0rd']));
    // The bot itself goes straight.
    const through = proxy.targets().length;
    await askedLast(ada, space);
    expect(proxy.targets()).toHaveLength(through);

    const { row, dump } = await testApp.withStore(async (db) => {
      const [found] = await db
        .select()
        .from(organizations)
        .where(eq(organizations.account_number_external, numberOf(testApp, 'Cobalt Health')));
      const tables = await rows<{ name: string }>(
        db,
        sql`select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema in ('public', 'pgboss')`,
      );
      const texts = await Promise.all(
        tables.map(({ name }) => rows(db, sql.raw(`select t::text as row from ${name} t`))),
      );
      return { row: found, dump: JSON.stringify(texts) };
    });
    if (!row?.http_proxy || !row.https_proxy) throw new Error('the proxies were not stored');
    const sealer = createSealer([{ id: 'test', key: Buffer.alloc(32, 7) }]);
    expect(sealer.open(row.http_proxy, { table: 'organizations', column: 'http_proxy', id: row.id })).toBe(address);
    expect(dump).toContain(row.id);
    expect(dump).not.toMatch(/pa%40ss|pa@ss|proxy\.example:8443/);
    expect(testApp.logLines.join('')).not.toMatch(/pa%40ss|pa@ss/);
  });
});

/** A small forward proxy that asks for credentials: CONNECT tunnels and absolute addresses. */
function proxyServer() {
  const targets: string[] = [];
  const credentials = new Set<string>();
  const server = createServer((request, response) => {
    note(new URL(request.url ?? '').host, request.headers['proxy-authorization']);
    response.writeHead(501).end();
  });
  server.on('connect', (request, socket, head) => {
    note(request.url ?? '', request.headers['proxy-authorization']);
    const { hostname, port } = new URL(`http://${request.url}`);
    const upstream = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
  });
  const note = (target: string, header: string | undefined) => {
    targets.push(target);
    credentials.add(Buffer.from(header?.replace('Basic ', '') ?? '', 'base64').toString());
  };
  return {
    targets: () => targets,
    credentials: () => credentials,
    port: () => (server.address() as AddressInfo).port,
    start: () => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
