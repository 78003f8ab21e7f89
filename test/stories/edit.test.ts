// Editing a record: what was changed is told, what cannot be saved comes back as it was typed, and nobody's work is lost unseen.
import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inboxEvents } from '../../src/chat/chat.schema.ts';
import { connections } from '../../src/connections/connections.schema.ts';
import { createSealer } from '../../src/db/seal/seal.ts';
import { proxyPlace } from '../../src/db/seal/sealed-places.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { addOrganization, askedLast, eventually, idsSaid, saidByBot, saidSoFar, valuesIn } from '../helpers/story.ts';
import {
  type Actor,
  buttonsOf,
  consent,
  encryptionKey,
  linkOf,
  type SpaceMessage,
  startTestApp,
  type TestApp,
  titlesOf,
} from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let ben: Actor;
let space: string;

beforeEach(async () => {
  testApp = await startTestApp({ admins: ['ada@meridian.example', 'ben@meridian.example'] });
  ada = testApp.as('ada@meridian.example');
  ben = testApp.as('ben@meridian.example');
  space = testApp.room('direct');
});
afterEach(() => testApp.close());

async function add(name: string, inputs: Record<string, string> = {}): Promise<SpaceMessage> {
  return (await addOrganization(testApp, ada, { space, name, inputs: { sync: 'false', ...inputs } })).saved;
}

async function connect(name: string, administrator: string, inputs: Record<string, string> = {}): Promise<void> {
  const after = await saidSoFar(ada, space);
  await fetch(await consent(linkOf(await add(name, inputs)), administrator));
  await ada.reads(space, new RegExp(`${name} is connected`), { after });
}

const isForm = (message: SpaceMessage) => titlesOf(message).includes('Save');

async function openForm(name: string): Promise<SpaceMessage> {
  const after = await saidSoFar(ada, space);
  await ada.tellsBot(space, `edit ${name}`);
  return ada.reads(space, isForm, { after });
}

/** Saves a form as it stands, but for what was typed; reads the new message that fits. */
async function save(form: SpaceMessage, typed: Record<string, string>, answer: RegExp, who = ada) {
  const after = await saidSoFar(ada, space);
  await who.clicks(form, 'Save', { ...(valuesIn(form) as Record<string, string>), ...typed });
  return ada.reads(space, answer, { after });
}

const isGone = async (message: SpaceMessage) => !(await ada.messages(space)).some(({ id }) => id === message.id);

const stored = (name: string) =>
  testApp.withStore(async (db) => {
    const [found] = await db.select().from(organizations).where(eq(organizations.name, name));
    if (!found) throw new Error(`there is no record of ${name}`);
    return found;
  });

/** The ids of what the space was told that fits. */
const told = (words: RegExp) => idsSaid(testApp, ada, { space, words });

describe('a record', () => {
  it('is edited in a form that holds it, and the space reads what was changed', async () => {
    await add('Acme Robotics', { notes: 'Two sites', account_email: 'carol@acme.example' });
    const before = await stored('Acme Robotics');
    await ada.tellsBot(space, 'show acme');
    const shown = await ada.reads(space, /Account/);
    const after = await saidSoFar(ada, space);
    await ada.clicks(shown, 'Edit');
    const form = await ada.reads(space, isForm, { after });
    expect(form.markdown).toMatch(/Edit Acme Robotics/);
    expect(valuesIn(form)).toMatchObject({
      name: 'Acme Robotics',
      account_number_external: before.account_number_external,
      account_email: 'carol@acme.example',
      sync: 'false',
      notes: 'Two sites',
      base_url_setting: 'none',
    });

    const changes = { name: 'Acme Robots', notes: '', wholesale_status: 'true', base_url_setting: 'eu' };
    const answer = await save(form, changes, /changed the record of Acme Robots/);
    expect(answer.markdown).toMatch(/ada@meridian\.example changed/);
    expect(answer.markdown).toMatch(/Customer Name:\*\* Acme Robotics → Acme Robots/);
    expect(answer.markdown).toMatch(/Please Note:\*\* Two sites → Not set/);
    expect(answer.markdown).toMatch(/Wholesale Customer:\*\* No → Yes/);
    expect(answer.markdown).toMatch(/Contact Center Region:\*\* Not set → EU \(Frankfurt\)/);
    expect(answer.markdown).not.toMatch(/Admin Account Email|Sync on Create/);
    expect(titlesOf(answer)).toEqual(['Show']);
    await expect.poll(() => isGone(form), eventually).toBe(true);
    const { updatedAt, ...record } = await stored('Acme Robots');
    expect(record).toEqual({
      ...before,
      name: 'Acme Robots',
      searchName: 'acme robots',
      notes: null,
      wholesale_status: true,
      base_url_setting: 'eu',
      updatedAt: undefined,
    });
    expect(updatedAt.getTime()).toBeGreaterThan(before.updatedAt.getTime());
  });

  it('comes back with all that was typed where something is wrong, and can be saved in the end', async () => {
    await add('Acme Robotics');
    const form = await openForm('acme');
    const typed = { account_email: 'carol', notes: 'Kept', webex_contact_center: 'true' };
    const again = await save(form, typed, /Not saved yet: correct 2 fields/);
    expect(again.markdown).toMatch(/Edit Acme Robotics[\s\S]*is not an e-mail address[\s\S]*Region is missing/);
    expect(valuesIn(again)).toMatchObject(typed);
    await save(again, { account_email: '', base_url_setting: 'us' }, /Please Note:\*\* Not set → Kept/);
    await expect.poll(() => isGone(again), eventually).toBe(true);
  });

  it('that was saved as it stands is left alone, and so is one that a double click saves', async () => {
    await add('Acme Robotics');
    const before = await stored('Acme Robotics');
    await save(await openForm('acme'), {}, / is saved as the form says/);
    expect(await stored('Acme Robotics')).toEqual(before);

    const form = await openForm('acme');
    const inputs = { ...(valuesIn(form) as Record<string, string>), notes: 'Twice' };
    const after = await saidSoFar(ada, space);
    await Promise.all([ada.clicks(form, 'Save', inputs), ada.clicks(form, 'Save', inputs)]);
    const changed = await ada.reads(space, /changed the record/, { after });
    await ada.reads(space, / is saved as the form says/, { after });
    expect(await told(/changed the record/)).toEqual([changed.id]);
  });

  it('is saved and told once where the click is handled again after a crash', async () => {
    await add('Acme Robotics');
    const changed = await save(await openForm('acme'), { notes: 'Once' }, /changed the record/);
    const { updatedAt } = await stored('Acme Robotics');
    // As if the process had died between saving the record and noting that the click was handled.
    await testApp.withStore((db) =>
      db
        .update(inboxEvents)
        .set({ handledAt: null, outcome: null, leasedUntil: new Date(0) })
        .where(
          sql`${inboxEvents.id} in (select id from inbox_events where resource = 'attachmentActions' order by received_at desc limit 1)`,
        ),
    );
    const handledAgain = () =>
      testApp.withStore(async (db) => {
        const clicks = await db.select().from(inboxEvents).where(eq(inboxEvents.resource, 'attachmentActions'));
        return clicks.filter(({ attempts }) => attempts > 1).map(({ outcome }) => outcome);
      });
    await expect.poll(handledAgain, eventually).toEqual(['queued']);
    expect((await stored('Acme Robotics')).updatedAt).toEqual(updatedAt);
    await askedLast(ada, space);
    expect(await told(/changed the record/)).toEqual([changed.id]);
    expect(await told(/ is saved as the form says|Not saved yet/)).toEqual([]);
  });
});

describe('two people', () => {
  it('who edit one record: the second reads what the first has changed, keeps what was typed, and decides', async () => {
    space = testApp.room('group');
    await add('Acme Robotics');
    const adas = await openForm('acme');
    const bens = await openForm('acme');
    await save(adas, { notes: 'Ada was here' }, /changed the record/);

    const again = await save(
      bens,
      { notes: 'Ben was here', email_domain: 'acme.example' },
      /this record was changed meanwhile/,
      ben,
    );
    expect(again.markdown).toMatch(/Edit Acme Robotics[\s\S]*Please Note in the record now: Ada was here/);
    expect(valuesIn(again)).toMatchObject({ notes: 'Ben was here', email_domain: 'acme.example' });
    expect((await stored('Acme Robotics')).notes).toBe('Ada was here');

    const answer = await save(again, { notes: 'Both were here' }, /ben@meridian\.example changed the record/, ben);
    expect(answer.markdown).toMatch(/Please Note:\*\* Ada was here → Both were here/);
    expect(await stored('Acme Robotics')).toMatchObject({ notes: 'Both were here', email_domain: 'acme.example' });
  });
});

describe('the organization’s number', () => {
  it('stays while the organization is connected, and the form says so', async () => {
    await connect('Acme Robotics', 'carol@acme.example');
    const { account_number_external: number } = await stored('Acme Robotics');
    const typed = { account_number_external: randomUUID(), notes: 'Kept' };
    const again = await save(await openForm('acme'), typed, /Not saved yet: correct 1 field/);
    expect(again.markdown).toContain(`must stay ${number} while the organization is connected`);
    expect(valuesIn(again)).toMatchObject(typed);
    await save(again, { account_number_external: number.toUpperCase() }, /Please Note:\*\* Not set → Kept/);
    expect(await stored('Acme Robotics')).toMatchObject({ account_number_external: number, notes: 'Kept' });
  });

  it('may change where nobody has connected it, unless another record has it', async () => {
    await add('Acme Robotics');
    await add('Borealis Foods');
    const { account_number_external: taken } = await stored('Borealis Foods');
    const form = await openForm('acme');
    const refused = await save(form, { account_number_external: taken }, /exists already: Borealis Foods/);
    expect(titlesOf(refused)).toEqual(['Show']);
    expect(await isGone(form)).toBe(false);
    const number = randomUUID();
    await save(form, { account_number_external: number }, /Organization Account Number:/);
    const { account_number_external, account_number } = await stored('Acme Robotics');
    expect(account_number_external).toBe(number);
    expect(Buffer.from(account_number, 'base64url').toString()).toContain(number);
  });
});

describe('a stored proxy', () => {
  const secret = 'http://agent:s3cret-one@proxy.example:3128';
  const other = 'http://agent:s3cret-two@proxy.example:3128';

  it('is never sent back, kept by an empty field, replaced by another and removed by a word', async () => {
    await add('Acme Robotics', { http_proxy: secret, https_proxy: secret });
    const before = await stored('Acme Robotics');
    const form = await openForm('acme');
    expect(valuesIn(form)).toMatchObject({ http_proxy: '', https_proxy: '' });
    expect(JSON.stringify(form).match(/Leave it empty to keep it, or type none to remove it/g)).toHaveLength(2);

    await save(form, { notes: 'Other' }, /Please Note/);
    const kept = await stored('Acme Robotics');
    expect([kept.http_proxy, kept.https_proxy]).toEqual([before.http_proxy, before.https_proxy]);

    const typed = { http_proxy: other, https_proxy: 'None', account_email: '@' };
    const again = await save(await openForm('acme'), typed, /Not saved yet: correct 1 field/);
    expect(valuesIn(again)).toMatchObject({ http_proxy: '', https_proxy: 'none' });
    const answer = await save(again, { http_proxy: other, account_email: '' }, /changed the record/);
    expect(answer.markdown).toMatch(/HTTP Proxy:\*\* Set, stored encrypted → Another, stored encrypted/);
    expect(answer.markdown).toMatch(/HTTPS Proxy:\*\* Set, stored encrypted → Not set/);
    const after = await stored('Acme Robotics');
    const sealer = createSealer([{ id: 'test', key: encryptionKey }]);
    expect(sealer.open(after.http_proxy ?? '', proxyPlace('http_proxy', after.id))).toBe(other);
    expect(after.https_proxy).toBeNull();

    // The same again changes nothing, although it would be sealed in another way.
    await save(await openForm('acme'), { http_proxy: other }, / is saved as the form says/);
    expect(JSON.stringify(await saidByBot(testApp, ada, space))).not.toMatch(/s3cret/);
    expect(testApp.logLines.join('')).not.toContain('s3cret');
  });
});

describe('what a changed record needs', () => {
  it('a wrong region is mended by the button of its finding, and proven again at once', async () => {
    await connect('Cobalt Health', 'elena@cobalt.example', { webex_contact_center: 'true', base_url_setting: 'eu' });
    await testApp.bell.look();
    const found = await ada.reads(space, /the contact center answers in US/);
    const after = await saidSoFar(ada, space);
    await ada.clicks(found, 'Edit');
    const form = await ada.reads(space, isForm, { after });
    await save(form, { base_url_setting: 'us' }, /Contact Center Region:\*\* EU \(Frankfurt\) → US/);
    await testApp.bell.look();
    await ada.reads(space, /^✅ Cobalt Health works again in full/, { after });
  });

  it('scopes that a switched-on feature needs are told once, and the answer has Reconnect', async () => {
    await connect('Acme Robotics', 'carol@acme.example');
    const asked = await save(await openForm('acme'), { wholesale_status: 'true' }, /has not granted/);
    const after = await saidSoFar(ada, space);
    await ada.clicks(asked, 'Save anyway');
    const answer = await ada.reads(space, /changed the record[\s\S]*Wholesale Customer:\*\* No → Yes/, { after });
    expect(titlesOf(answer)).toEqual(['Reconnect', 'Show']);
    expect(buttonsOf(answer)[0]?.data).toMatchObject({ action: 'connect' });
    const notice = await ada.reads(space, /Acme Robotics needs permissions that were not granted/);
    expect(notice.markdown).toMatch(/to read the wholesale customer/);
    await save(await openForm('acme'), { notes: 'Other' }, /Please Note/);
    await askedLast(ada, space);
    expect(await told(/permissions that were not granted/)).toEqual([notice.id]);
    const [connection] = await testApp.withStore((db) => db.select().from(connections));
    expect(connection?.notifiedMissingScopes).toContain('spark-admin:wholesale_customers_read');
  });
});
