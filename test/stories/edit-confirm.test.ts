// A record that is to need more than its grant permits: what is lacking is said before it is saved, and what was typed is kept, for its own branch alone.
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSealer } from '../../src/db/seal/seal.ts';
import { proxyPlace } from '../../src/db/seal/sealed-places.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { recordDrafts } from '../../src/organizations/record-drafts.schema.ts';
import { transactions } from '../../src/transactions/transactions.schema.ts';
import { type Branch, makeBranch, spaceWith } from '../helpers/branches.ts';
import { connectOrganization, numberOf, saidByBot, saidSoFar, valuesIn } from '../helpers/story.ts';
import {
  type Actor,
  encryptionKey,
  type SpaceMessage,
  startTestApp,
  type TestApp,
  titlesOf,
} from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let ingrid: Actor;
let alpine: Branch;
let baltic: Branch;
/** Ada, Ingrid and Jonas are in it; it stands at the provider. */
let shared: string;

const name = 'Acme Robotics';
const proxy = 'http://agent:s3cret@proxy.example:3128';

beforeAll(async () => {
  testApp = await startTestApp({ admins: ['ada@meridian.example'] });
  ada = testApp.as('ada@meridian.example');
  alpine = await makeBranch(testApp, { reseller: 'Alpine', customer: 'Arolla', email: 'ingrid@alpine.example' });
  baltic = await makeBranch(testApp, { reseller: 'Baltic', customer: 'Birch', email: 'jonas@baltic.example' });
  shared = await spaceWith(testApp, 'Everybody', [alpine.personId, baltic.personId]);
  ingrid = alpine.admin;
  const administrator = 'carol@acme.example';
  const inputs = { account_email: 'dora@acme.example' };
  await connectOrganization(testApp, ingrid, { space: alpine.space, name, administrator, inputs });
});
afterAll(() => testApp.close());

async function ask(actor: Actor, text: string, answer: RegExp, space = shared): Promise<SpaceMessage> {
  const after = await saidSoFar(actor, space);
  await actor.tellsBot(space, text);
  return actor.reads(space, answer, { after });
}

async function press(actor: Actor, message: SpaceMessage, title: string, answer: RegExp, inputs = {}) {
  const after = await saidSoFar(actor, shared);
  await actor.clicks(message, title, inputs);
  return actor.reads(shared, answer, { after });
}

/** Fills in the form of the record and saves it; reads what is asked. */
async function switchesOn(typed: Record<string, string>): Promise<SpaceMessage> {
  const form = await ask(ingrid, `edit ${name}`, /Edit Acme Robotics/);
  const inputs = { ...valuesIn(form), wholesale_status: 'true', ...typed };
  return press(ingrid, form, 'Save', /would need \d permissions that Webex has not granted/, inputs);
}

const stored = () =>
  testApp.withStore(async (db) => {
    const [found] = await db.select().from(organizations).where(eq(organizations.name, name));
    if (!found) throw new Error('Acme is gone');
    return found;
  });

describe('a switch that needs more than was granted', () => {
  it('says what is lacking, who must reconnect and what goes on, before anything is saved', async () => {
    const before = await stored();
    const { markdown, ...asked } = await switchesOn({ notes: 'Sells wholesale' });
    expect(markdown).toContain('Nothing is saved yet');
    expect(markdown).toMatch(/wholesale\\_customers\\_read: to read the wholesale customer and its packages/);
    expect(markdown).toMatch(
      /carol@acme\.example authorized the present connection; the record names dora@acme\.example/,
    );
    expect(markdown).toMatch(/Until then:\*\* The connection stays, its tokens are refreshed/);
    expect(markdown).toMatch(/Wholesale Customer:\*\* No → Yes/);
    expect(titlesOf({ ...asked, markdown } as SpaceMessage)).toEqual(['Save anyway', 'Back to the form', 'Cancel']);
    expect(await stored()).toEqual(before);
  });

  it('leads back to the form with all that was typed, proxies too, which no message shows', async () => {
    const asked = await switchesOn({ notes: 'Typed once', https_proxy: proxy });
    const form = await press(ingrid, asked, 'Back to the form', /Edit Acme Robotics/);
    expect(valuesIn(form)).toMatchObject({ notes: 'Typed once', wholesale_status: 'true', https_proxy: '' });
    expect(JSON.stringify(form)).toMatch(/Kept as you typed it/);
    const wrong = await press(ingrid, form, 'Save', /correct 1 field/, { ...valuesIn(form), account_email: '@' });
    expect(JSON.stringify(wrong)).toMatch(/Kept as you typed it/);
    // Another one, which the form that comes back does not hold: it asks for that again, and the first one stays.
    const other = { ...valuesIn(wrong), account_email: '@', https_proxy: 'http://other:s3cret@proxy.example:3128' };
    const lost = await press(ingrid, wrong, 'Save', /HTTPS Proxy: Type it again/, other);
    const again = { ...valuesIn(lost), account_email: '', notes: 'Typed twice' };
    const last = await press(ingrid, lost, 'Save', /would need 3 permissions/, again);
    const after = await saidSoFar(ada, shared);
    await Promise.all([ingrid.clicks(last, 'Save anyway'), ingrid.clicks(last, 'Save anyway')]);
    await ada.reads(shared, /changed the record[\s\S]*Typed twice/, { after });
    await ada.reads(shared, /is saved as the form says/, { after });
    const { id, https_proxy, wholesale_status, account_email } = await stored();
    expect({ wholesale_status, account_email }).toEqual({ wholesale_status: true, account_email: null });
    const sealer = createSealer([{ id: 'test', key: encryptionKey }]);
    expect(sealer.open(https_proxy ?? '', proxyPlace('https_proxy', id))).toBe(proxy);
    expect(JSON.stringify(await saidByBot(testApp, ada, shared))).not.toContain('s3cret');
    // Back to how it was, which asks for nothing.
    const back = await ask(ingrid, `edit ${name}`, /Edit Acme Robotics/);
    const inputs = { ...valuesIn(back), wholesale_status: 'false', https_proxy: 'none' };
    await press(ingrid, back, 'Save', /changed the record[\s\S]*Yes → No/, inputs);
  });

  it('overwrites nobody: what changed meanwhile is marked in the form that comes back', async () => {
    const asked = await switchesOn({ email_domain: 'acme.example' });
    const other = await ask(ada, `edit ${name}`, /Edit Acme Robotics/);
    await press(ada, other, 'Save', /changed the record/, { ...valuesIn(other), notes: 'Ada was here' });
    const conflict = await press(ingrid, asked, 'Save anyway', /this record was changed meanwhile/);
    expect(conflict.markdown).toMatch(/Please Note in the record now: Ada was here/);
    expect(valuesIn(conflict)).toMatchObject({ email_domain: 'acme.example', wholesale_status: 'true' });
    expect((await stored()).email_domain).toBeNull();
  });

  it('is nothing to an administrator of another branch, by card or by a guessed id', async () => {
    const asked = await switchesOn({ notes: 'Only for Alpine' });
    const before = await stored();
    const [draft] = await testApp.withStore((db) => db.select().from(recordDrafts));
    for (const title of ['Save anyway', 'Back to the form'])
      await press(baltic.admin, asked, title, /What was typed is not kept any more. Nothing was saved/);
    for (const action of ['save-record-draft', 'edit-record-draft']) {
      const after = await saidSoFar(ada, shared);
      await baltic.admin.sends(asked, { action, draft_id: draft?.id ?? '' });
      await ada.reads(shared, /is not kept any more/, { after });
    }
    const after = await saidSoFar(ada, shared);
    const guessed = { ...valuesIn(asked), action: 'save-edited-organization', name: 'Jonas was here' };
    const id = { organization_id: before.id, seen_at: before.updatedAt.toISOString(), draft_id: draft?.id ?? '' };
    await baltic.admin.sends(asked, { ...guessed, ...id });
    await ada.reads(shared, /That organization no longer exists/, { after });
    expect(await stored()).toEqual(before);
  });

  it('is forgotten after a day, and the card says so', async () => {
    const asked = await switchesOn({ notes: 'Too late' });
    await testApp.withStore((db) => db.delete(recordDrafts));
    await press(ingrid, asked, 'Save anyway', /Type edit with the name of the organization for a new form/);
  });
});

describe('the number of a connected organization', () => {
  it('can be edited once it is disconnected, and nothing of its history is lost', async () => {
    const number = randomUUID();
    const before = await stored();
    const history = await testApp.withStore((db) => db.select({ id: transactions.id }).from(transactions));
    const form = await ask(ingrid, `edit ${name}`, /Edit Acme Robotics/);
    const typed = { ...valuesIn(form), account_number_external: number };
    const bound = await press(ingrid, form, 'Save', /To change it, type disconnect with its name first/, typed);
    await ask(baltic.admin, `disconnect ${name}`, /No organization matches/);
    const confirm = await ask(ingrid, `disconnect ${name}`, /Disconnect Acme Robotics\?/);
    await press(baltic.admin, confirm, 'Disconnect', /That organization no longer exists/);
    await press(ingrid, confirm, 'Disconnect', /disconnected Acme Robotics/);
    await press(ingrid, bound, 'Save', /changed the record[\s\S]*Organization Account Number/, typed);

    const { account_number, updatedAt, ...after } = await stored();
    expect(after).toEqual({
      ...before,
      account_number_external: number,
      isConnected: false,
      account_number: undefined,
      updatedAt: undefined,
    });
    expect(Buffer.from(account_number, 'base64url').toString()).toContain(number);
    const kept = await testApp.withStore((db) => db.select({ id: transactions.id }).from(transactions));
    expect(kept.map(({ id }) => id)).toEqual(expect.arrayContaining(history.map(({ id }) => id)));
    await ask(ingrid, `transactions ${name}`, /Connect Acme Robotics/);
    const audit = await ask(ingrid, `audit ${name}`, /Audit of Acme Robotics/);
    expect(audit.markdown).toMatch(/[Dd]isconnected/);
    await ask(ingrid, `show ${number}`, /Acme Robotics\*\* Not connected/);
    await ask(baltic.admin, `show ${number}`, /No organization matches/);
    await ask(ingrid, `show ${numberOf(testApp, name)}`, /No organization matches/);
  });
});
