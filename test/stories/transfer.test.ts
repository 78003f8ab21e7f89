// Import and export in chat: a file is checked, confirmed and written; what is wrong is said by row and field; nobody reaches another's branch.
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditEntries } from '../../src/audit/audit.schema.ts';
import { connections } from '../../src/connections/connections.schema.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { importRows } from '../../src/transfer/transfer.schema.ts';
import { giveConnection } from '../helpers/connections.ts';
import { askedLast, faultsOf, idsSaid, saidSoFar } from '../helpers/story.ts';
import { type Actor, type Said, type SpaceMessage, startTestApp, type TestApp, titlesOf } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let space: string;

beforeAll(async () => {
  testApp = await startTestApp({ admins: ['ada@meridian.example', 'ben@meridian.example'] });
  ada = testApp.as('ada@meridian.example');
  space = testApp.room('direct');
});
afterAll(() => testApp.close());

/** A number that no organization has. */
const number = () => randomUUID();

const csv = (rows: readonly (readonly string[])[]) => rows.map((row) => row.join(',')).join('\r\n');

/** Sends a file that is refused as a whole. */
async function sendsInVain(bytes: string | Uint8Array, answer: RegExp): Promise<void> {
  const after = await saidSoFar(ada, space);
  await ada.sendsFile(space, 'import', { name: 'customers.csv', bytes });
  await ada.reads(space, (message) => isRefusal(message) && answer.test(message.markdown ?? ''), { after });
}

const isRefusal = ({ markdown = '' }: SpaceMessage) => markdown.includes('cannot be imported');

/** Sends the file and reads what each row would do: in the card, and in the file that comes after it. */
async function sends(
  bytes: string | Uint8Array,
  answer: RegExp = /^/,
): Promise<{ card: SpaceMessage; text: string; after: Said }> {
  const after = await saidSoFar(ada, space);
  await ada.sendsFile(space, 'import', { name: 'customers.csv', bytes });
  const card = await ada.reads(space, (message) => isVerdict(message) && answer.test(message.markdown ?? ''), {
    after,
  });
  const { text } = await ada.opensFile(await ada.reads(space, fileNamed(/would do/), { after }));
  return { card, text, after };
}

const isVerdict = (message: SpaceMessage) =>
  titlesOf(message).includes('Confirm') || /Nothing to import/.test(message.markdown ?? '');

const fileNamed = (name: RegExp) => (message: SpaceMessage) =>
  (message.files ?? []).length > 0 && name.test(message.markdown ?? '');

describe('an import', () => {
  it('is checked, confirmed and written, and gives a connect link for each new organization', async () => {
    const numbers = [number(), number()];
    const file = csv([
      ['name', 'account_number_external', 'account_email', 'notes', 'http_proxy'],
      [
        'Northwind',
        numbers[0] ?? '',
        'it@northwind.example',
        "'=2+2",
        'http://user:secret-of-a-proxy@proxy.example.com:3128',
      ],
      ['Tailspin', numbers[1] ?? '', '', '', ''],
    ]);
    const { card, text, after } = await sends(file, /Import 2 organizations from customers\.csv/);
    expect(text).toMatch(/2,new,Northwind,/);
    expect(text).not.toContain('secret-of-a-proxy');

    await ada.clicks(card, 'Confirm');
    await ada.reads(space, /2 organizations imported/, { after });
    const links = await ada.opensFile(await ada.reads(space, fileNamed(/2 connect links/), { after }));
    const [, ...lines] = links.text.trim().split('\r\n');
    expect(lines.map((line) => /http\S+\/connect\/[\w-]+/.test(line))).toEqual([true, true]);
    const link = /http\S+\/connect\/[\w-]+/.exec(lines[0] ?? '')?.[0] ?? '';
    expect((await fetch(link)).status).toBe(200);

    await testApp.withStore(async (db) => {
      const [northwind] = await db.select().from(organizations).where(eq(organizations.name, 'Northwind'));
      expect(northwind).toMatchObject({ notes: '=2+2', account_number_external: numbers[0], roomId: space });
      expect(northwind?.http_proxy).not.toContain('secret-of-a-proxy');
      const left = await db.select().from(importRows);
      expect(left.map(({ values, http_proxy }) => [values, http_proxy])).toEqual(left.map(() => [null, null]));
      const entries = await db.select().from(auditEntries).where(eq(auditEntries.act, 'organization.added'));
      expect(entries.map(({ organizationName }) => organizationName)).toEqual(
        expect.arrayContaining(['Northwind', 'Tailspin']),
      );
    });
  });

  it('changes what a file has, leaves what it lacks, and finds a second time that all is the same', async () => {
    const uuid = number();
    const first = csv([
      ['name', 'account_number_external', 'account_email', 'notes'],
      ['Fabrikam', uuid, 'it@fabrikam.example', 'Two sites'],
    ]);
    const added = await sends(first);
    await ada.clicks(added.card, 'Confirm');
    await ada.reads(space, /1 organization imported/, { after: added.after });
    const base64 = Buffer.from(`ciscospark://us/ORGANIZATION/${uuid}`).toString('base64');
    const changed = csv([
      ['Customer Name', 'Organization Account Number', 'Wholesale Customer'],
      ['Fabrikam AG', base64, 'yes'],
    ]);
    const { card, text, after } = await sends(changed, /1 organization/);
    expect(text).toContain('name: Fabrikam → Fabrikam AG | wholesale_status: No → Yes');
    await ada.clicks(card, 'Confirm');
    await ada.reads(space, /1 organization imported/, { after });
    await sends(changed, /Nothing to import/);
    await testApp.withStore(async (db) => {
      const [record] = await db.select().from(organizations).where(eq(organizations.account_number_external, uuid));
      expect(record).toMatchObject({
        name: 'Fabrikam AG',
        wholesale_status: true,
        account_email: 'it@fabrikam.example',
        notes: 'Two sites',
      });
    });
  });

  it('says everything that is wrong with a row, and writes the others', async () => {
    const uuid = number();
    const file = csv([
      ['name', 'account_number_external', 'account_email', 'webex_contact_center', 'customer'],
      ['Right', uuid, '', '', ''],
      ['', 'no-number', 'nobody', 'true', 'Atlantis'],
      ['Twice', uuid, '', '', ''],
    ]);
    const { card, text, after } = await sends(file, /Row 3/);
    const wrong = text.split('\r\n').find((line) => line.startsWith('3,')) ?? '';
    for (const field of ['name', 'account_number_external', 'account_email', 'base_url_setting', 'customer']) {
      expect(wrong).toContain(`${field}: `);
    }
    expect(text).toMatch(/4,wrong,Twice,.*Row 2 has the same number/);
    await ada.clicks(card, 'Confirm');
    await ada.reads(space, /1 organization imported/, { after });
  });

  it('leaves alone what somebody changed after the check, and says so', async () => {
    const uuid = number();
    const row = (name: string) =>
      csv([
        ['name', 'account_number_external'],
        [name, uuid],
      ]);
    const added = await sends(row('Adatum'));
    await ada.clicks(added.card, 'Confirm');
    await ada.reads(space, /1 organization imported/, { after: added.after });
    const slow = await sends(row('Adatum slow'));
    const quick = await sends(row('Adatum quick'));
    await ada.clicks(quick.card, 'Confirm');
    await ada.reads(space, /1 organization imported/, { after: quick.after });
    await ada.clicks(slow.card, 'Confirm');
    await ada.reads(space, /0 organizations imported, 1 row not written/, { after: slow.after });
    const left = await ada.opensFile(
      await ada.reads(space, fileNamed(/not written, with the reasons/), { after: slow.after }),
    );
    expect(left.text).toContain('Somebody changed the record after the check');
  });

  it('says whose grant lacks what a row switches on, before anything is written', async () => {
    const uuid = await testApp.withStore(async (db) => {
      const given = { name: 'Wingtip', roomId: space, now: testApp.simulator.now(), daysLeft: 60 };
      const id = await giveConnection(db, { ...given, authorizedEmail: 'wanda@wingtip.example' });
      const scopes = ['spark:people_read', 'spark-admin:organizations_read'];
      await db.update(connections).set({ scopes }).where(eq(connections.organizationId, id));
      const [record] = await db.select().from(organizations).where(eq(organizations.id, id));
      return record?.account_number_external ?? '';
    });
    const file = (wholesale: string) =>
      csv([
        ['name', 'account_number_external', 'wholesale_status'],
        ['Wingtip', uuid, wholesale],
      ]);
    const { card, text } = await sends(file('true'), /1 row switches on what the connection does not permit yet/);
    expect(text).toMatch(/permissions: as granted → wanda@wingtip\.example must reconnect, to .*wholesale/i);
    await ada.clicks(card, 'Cancel');
    const unchanged = await sends(file('false'), /Nothing to import/);
    expect(unchanged.card.markdown).not.toMatch(/does not permit/);
  });

  it('is canceled, and cannot be confirmed then', async () => {
    const { card, after } = await sends(
      csv([
        ['name', 'account_number_external'],
        ['Contoso', number()],
      ]),
    );
    await ada.clicks(card, 'Cancel');
    await ada.reads(space, /The import is canceled/, { after });
    const inputs = { action: 'confirm_import', import_id: idIn(card) };
    const later = await sends(
      csv([
        ['name', 'account_number_external'],
        ['Contoso', number()],
      ]),
    );
    await ada.sends(later.card, inputs);
    await ada.reads(space, /does not wait to be confirmed/, { after: later.after });
  });

  it.each<[string, string | Uint8Array, RegExp]>([
    [
      'an older encoding',
      Buffer.from('name,account_number_external\nM\u00fcller,x', 'latin1'),
      /Row 2, column name is not written in UTF-8/,
    ],
    ['an open quotation mark', 'name,account_number_external\n"open,x', /Row 2 has a quotation mark/],
    ['unknown columns', 'name,account_number_external,colour\nx,y,z', /“colour”/],
    ['a workbook', 'PK\u0003\u0004', /workbook/],
    ['no rows', 'name,account_number_external\n\n', /no row beside/],
    ['nothing', ' ', /no row beside/],
  ])('is refused as a whole for %s', async (_what, bytes, words) => {
    await sendsInVain(bytes, words);
  });

  it('is refused for a file of more than 10 MB', async () => {
    await sendsInVain(Buffer.alloc(10 * 1024 * 1024 + 1, 'x'), /larger than 10 MB/);
  });

  it.each([
    [410, /malware/],
    [428, /could not scan/],
  ])('is refused where Webex answers %i', async (status, words) => {
    const faults = faultsOf(testApp);
    await faults.plan({ method: 'GET', route: '/contents/{contentId}', kind: 'status', status });
    await sendsInVain('name,account_number_external\nx,y', words);
    await faults.areSpent();
  });

  it('waits while Webex scans the file', async () => {
    const faults = faultsOf(testApp);
    const scanning = { kind: 'status', status: 423, times: 2, retryAfterSeconds: 0 } as const;
    await faults.plan({ method: 'GET', route: '/contents/{contentId}', ...scanning });
    await sends(
      csv([
        ['name', 'account_number_external'],
        ['Scanned', number()],
      ]),
      /Import 1 organization/,
    );
    await faults.areSpent();
  });

  it('without a file says how, with a template that is understood', async () => {
    const after = await saidSoFar(ada, space);
    const how = await ada.asks(space, 'import', /Import organizations from a CSV file/);
    await ada.clicks(how, 'Template');
    const { text } = await ada.opensFile(await ada.reads(space, fileNamed(/Template for an import/), { after }));
    await sends(text.replace('\r\n', `\r\nTemplated,,${number()},,,,,,,,,,,\r\n`), /Import 1 organization/);
  });
});

const idIn = (card: SpaceMessage): string => /"import_id":"([^"]+)"/.exec(JSON.stringify(card))?.[1] ?? '';

describe('an export', () => {
  const exported = async (text: string) => {
    const after = await saidSoFar(ada, space);
    await ada.says(space, text);
    const csvFile = await ada.opensFile(await ada.reads(space, fileNamed(/organizations\.csv/), { after }));
    const json = await ada.opensFile(await ada.reads(space, fileNamed(/organizations\.json/), { after }));
    return { csv: csvFile.text, json: JSON.parse(json.text) as Record<string, unknown>[] };
  };

  it('holds what list shows, without secrets, and is the same when it is sent back', async () => {
    const uuid = number();
    const file = csv([
      ['name', 'account_number_external', 'notes', 'https_proxy'],
      ['=Litware', uuid, '"a;b ""c"""', 'https://u:another-secret@proxy.example.com:1'],
    ]);
    const { card, after } = await sends(file);
    await ada.clicks(card, 'Confirm');
    await ada.reads(space, /1 organization imported/, { after });
    const { csv: text, json } = await exported('export litware not connected');
    expect(json).toEqual([
      expect.objectContaining({
        name: '=Litware',
        account_number_external: uuid,
        https_proxy: 'kept',
        connection_state: 'not connected',
        access_token_expires: null,
      }),
    ]);
    expect(text).toContain("'=Litware");
    expect(text + JSON.stringify(json)).not.toContain('another-secret');
    await sends(text, /Nothing to import/);
  });

  it('of all is the same for each row when it is sent back', async () => {
    const { csv: text, json } = await exported('export');
    expect(json.length).toBeGreaterThan(3);
    const { card } = await sends(text, /Nothing to import/);
    expect(card.markdown).toMatch(new RegExp(`Same: nothing to do\\W+${json.length} rows`));
  });

  it('of nothing says how to go on', async () => {
    await ada.asks(space, 'export zzzz', /No organization matches/);
  });
});

describe('two people', () => {
  it('confirm only what each has sent', async () => {
    const ben = testApp.as('ben@meridian.example');
    const group = testApp.room('group');
    const after = await saidSoFar(ada, group);
    const bytes = csv([
      ['name', 'account_number_external'],
      ['Wingtip', number()],
    ]);
    await ada.sendsFile(group, 'import', { name: 'wingtip.csv', bytes, mention: true });
    const card = await ada.reads(group, isVerdict, { after });
    await ben.clicks(card, 'Confirm');
    await ben.reads(group, /does not wait to be confirmed/, { after });
    await ben.clicks(card, 'Cancel');
    await askedLast(ada, group);
    await ada.clicks(card, 'Confirm');
    await ada.reads(group, /1 organization imported/, { after });
    expect(await idsSaid(testApp, ada, { space: group, words: /The import is canceled/, after })).toEqual([]);
  });
});
