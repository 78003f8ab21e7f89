// One consent of the provider's own organization holds all that it manages: from nothing to synced organizations, what is won, lost and renamed, and what
// becomes of all of them where that one grant is lost.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { alterWebex } from '../helpers/altered-webex.ts';
import { press } from '../helpers/asking.ts';
import { connectPartnerIn, PARTNER } from '../helpers/partners.ts';
import {
  addOrganization,
  askedLast,
  eventually,
  faultsOf,
  idsSaid,
  newLink,
  numberOf,
  saidSoFar,
  textToForward,
  timePasses,
} from '../helpers/story.ts';
import { type Actor, buttonsOf, consent, linkOf, startTestApp, type TestApp, titlesOf } from '../helpers/test-app.ts';

const dayMs = 24 * 60 * 60_000;

let testApp: TestApp;
let ada: Actor;
let space: string;
let faults: ReturnType<typeof faultsOf>;

beforeEach(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  space = testApp.room('direct');
  faults = faultsOf(testApp);
});
afterEach(() => testApp.close());

const ask = (text: string, answer: RegExp) => ada.asks(space, text, answer);
const lookDaily = () => testApp.bell.ring('look at what partners manage');

const connectPartner = () => connectPartnerIn(testApp, ada, space);

/** Adds all that is new, and waits for the end. */
async function addAll(count: number): Promise<void> {
  const found = await ask('discover', new RegExp(`${count} new`));
  await press(
    ada,
    space,
    found,
    `Add these ${count}`,
    new RegExp(`${count} organizations of .* are added and connected`),
  );
}

/** Waits until `show` says this. */
const shows = (name: string, words: RegExp) =>
  expect.poll(async () => (await ask(`show ${name}`, /./)).markdown, eventually).toMatch(words);

it('leads from nothing to a synced organization, with a single consent', async () => {
  await connectPartner();
  const found = await ask('discover', /Meridian Managed Services manages 2 organizations: 2 new/);
  expect(found.markdown).toMatch(/Acme Robotics[\s\S]*Borealis Foods/);
  await faults.forgetCalls();
  await press(ada, space, found, 'Add', /1 organization of Meridian Managed Services is added and connected/);
  await shows('acme', /held by the grant of the partner/);
  // The number of Acme is named in each call: nothing is read that would answer for the partner.
  await expect.poll(async () => (await ask('licenses acme', /./)).markdown, eventually).toMatch(/Webex Room Systems/);
  expect(await faults.calls('GET', '/organizations/{orgId}')).not.toEqual([]);
  expect(await faults.calls('GET', '/roles')).toEqual([]);
  await ask('roles acme', /Webex lists the partner’s roles to a partner/);
  // The first sync may still be reading people.
  await expect
    .poll(async () => (await ask('sync acme roles', /./)).markdown, eventually)
    .toMatch(/cannot be synced[\s\S]*Webex lists the partner’s roles to a partner/);
  expect(await faults.calls('POST', '/access_token')).toEqual([]);
  // Its first check is due at once.
  await testApp.bell.look();
  await shows('acme', /everything works/);
  expect((await ask('discover', /manages 2 organizations: 1 new/)).markdown).not.toContain('Acme');
});

it('is refreshed in place of what it holds, which says so', async () => {
  await connectPartner();
  await addAll(2);
  const shown = await ask('show acme', /held by the grant of the partner/);
  expect(titlesOf(shown)).not.toContain('Refresh');
  const answered = await ask('refresh acme', /The grant of Meridian Managed Services holds it, and is refreshed/);
  expect(answered.markdown).not.toMatch(/right now/);
  await press(ada, space, answered, 'Show the partner', /2 organizations hang on the grant of Meridian/);
  await faults.person('ada@meridian.example', 'revoke');
  await timePasses(testApp, 8 * dayMs);
  await shows('acme', /Lost: connect it again/);
  const lost = await ask('refresh acme', /the grant of Meridian Managed Services held it/);
  expect(lost.markdown).not.toMatch(/erased/);
});

it('adds many below a customer that is chosen, and says what is new each day', async () => {
  await connectPartner();
  await ask('customers add North as reseller', /North is added/);
  await faults.managed(PARTNER, { add: 25 });
  const found = await ask('discover', /27 new/);
  expect(titlesOf(found)).toEqual(expect.arrayContaining(['Next', 'Add these 10', 'Add all 27']));
  const form = await press(ada, space, found, 'Add all 27', /Add 27 organizations/);
  await press(ada, space, form, 'Add all', /27 organizations of .* are added and connected/, { customer: 'North' });
  await ask('list', /28 organizations/);
  await ask('customers', /North[\s\S]*27/);
  // Their roles are the partner's: they are not waited for.
  await expect
    .poll(async () => (await ask('onboard North', /./)).markdown, eventually)
    .toMatch(/\*\*Roles and licenses\*\* – ✅/);
  // What was added is told of no more; what was won since is.
  await faults.managed(PARTNER, { items: [{ name: 'Cobalt Health', managed: true }] });
  const after = await saidSoFar(ada, space);
  await lookDaily();
  await ada.reads(space, /manages 1 organization that is not here[\s\S]*New: Cobalt Health\./, { after });
  await lookDaily();
  await askedLast(ada, space);
  expect(await idsSaid(testApp, ada, { space, words: /that is not here/, after })).toHaveLength(1);
});

it('asks which of two partners is meant, and stays with that one', async () => {
  await connectPartner();
  const second = 'Cobalt Health';
  const form = await press(ada, space, await ask('connect partner', /serves as a partner/), 'Another partner', /as a/);
  const after = await saidSoFar(ada, space);
  await ada.clicks(form, 'Save', { name: second, account_number_external: numberOf(testApp, second) });
  const link = await ada.reads(space, /Partner Full Administrator/, { after });
  await ada.reads(space, textToForward, { after });
  await fetch(await consent(linkOf(link), 'elena@cobalt.example'));
  await ada.reads(space, /Cobalt Health is connected/, { after });

  const both = await ask('connect partner', /Several organizations serve as a partner/);
  const offered = buttonsOf(both).filter(({ title }) => title === 'Discover');
  expect(new Set(offered.map(({ data }) => (data as { partner_id?: string }).partner_id)).size).toBe(2);
  const which = await ask('discover', /Which one is to be asked/);
  const [first, other] = buttonsOf(which).filter(({ title }) => title === 'Discover');
  const asked = await saidSoFar(ada, space);
  await ada.sends(which, other?.data as object);
  await ada.reads(space, /Cobalt Health could not be asked[\s\S]*no organization besides its own/, { after: asked });
  await ada.sends(which, first?.data as object);
  const found = await ada.reads(space, /Meridian Managed Services manages 2 organizations/, { after: asked });
  const adding = await press(ada, space, found, 'Add these 2', /2 organizations are being added/);
  const added = await ada.reads(space, /2 organizations of Meridian .* are added/, { after: asked });
  for (const message of [adding, added]) {
    await press(ada, space, message, 'Discover', /Meridian Managed Services manages 2 organizations\. All of them/);
  }
});

it('loses one customer alone, with words of its own, and holds it again by itself', async () => {
  await connectPartner();
  await addAll(2);
  await testApp.bell.look();
  const after = await saidSoFar(ada, space);
  await faults.managed(PARTNER, { items: [{ name: 'Acme Robotics', managed: false }] });
  await lookDaily();
  await ada.reads(space, /does not manage 1 organization any more that is here[\s\S]*more: Acme Robotics\./, { after });
  await testApp.bell.look();
  await expect
    .poll(
      () =>
        testApp.bell.ring('look for deadlines').then(() =>
          idsSaid(testApp, ada, {
            space,
            words: /Acme Robotics has lost its connection[\s\S]*partner does not manage it/,
            after,
          }),
        ),
      eventually,
    )
    .toHaveLength(1);
  await shows('borealis', /held by the grant of the partner/);
  await faults.managed(PARTNER, { items: [{ name: 'Acme Robotics', managed: true }] });
  await lookDaily();
  await shows('acme', /held by the grant of the partner/);
});

it('loses nobody where Webex lists its own organization alone, says so once, and marks all until that ends', async () => {
  await connectPartner();
  await addAll(2);
  await testApp.bell.look();
  const all = ['Acme Robotics', 'Borealis Foods'];
  await faults.managed(PARTNER, { items: all.map((name) => ({ name, managed: false })) });
  const after = await saidSoFar(ada, space);
  await lookDaily();
  await ada.reads(space, /could not be asked what it manages[\s\S]*no organization besides its own/, { after });
  await timePasses(testApp, 1.2 * dayMs);
  await lookDaily();
  await ask('discover gone', /no organization besides its own[\s\S]*Nothing is marked as gone/);
  await testApp.bell.look();
  const shown = /none of its customers[\s\S]*Partner Full Administrator/;
  await shows('meridian', shown);
  await shows('acme', shown);
  await ask('list acme', /not everything works/);
  await shows('acme', /held by the grant of the partner/);

  await faults.managed(PARTNER, { items: all.map((name) => ({ name, managed: true })) });
  await ask('discover gone', /Not managed any more: none/);
  await timePasses(testApp, dayMs / 20);
  await shows('meridian', /everything works/);
  await shows('acme', /everything works/);
  expect(await idsSaid(testApp, ada, { space, words: /does not manage|Not everything works/, after })).toEqual([]);
  expect(await idsSaid(testApp, ada, { space, words: /could not be asked what/, after })).toHaveLength(2);
});

it('keeps its grant where somebody consents who manages no customer', async () => {
  await connectPartner();
  await addAll(2);
  await timePasses(testApp, 2 * dayMs);
  const fred = { email: 'fred@meridian.example', displayName: 'Fred', of: PARTNER, isAdministrator: true };
  await faults.addPerson(fred);
  const link = await ask('connect meridian', /The link works once/);
  const after = await saidSoFar(ada, space);
  await fetch(await consent(linkOf(link), fred.email));
  await ada.reads(
    space,
    /may not read what the record of Meridian[^\n]* needs: customers of the partner[\s\S]*Partner Full Administrator/,
    { after },
  );
  await shows('meridian', /authorized by ada@meridian\.example|ada@meridian\.example/i);
  await testApp.bell.look();
  await shows('acme', /held by the grant of the partner[\s\S]*everything works/);
});

it.each([
  ['own_grant', /everything works/],
  ['same_grant', /everything works/],
  ['ends_first', /Lost: connect it again/],
])(
  'is checked at once where its grantor consents for a customer, too, which makes %s',
  async (secondConsent, partner) => {
    await connectPartner();
    await addAll(2);
    await testApp.bell.look();
    await shows('meridian', /everything works/);
    await faults.switches({ secondConsent });
    await timePasses(testApp, dayMs / 4);
    const after = await saidSoFar(ada, space);
    await ada.says(space, 'connect borealis');
    const link = await ada.reads(space, /The link works once/, { after });
    await fetch(await consent(linkOf(link), 'ada@meridian.example'));
    await ada.reads(space, /Borealis Foods is connected/, { after });
    await testApp.bell.look();
    await shows('meridian', partner);
    await shows('acme', secondConsent === 'ends_first' ? /Lost: connect it again/ : /held by the grant of the partner/);
    await shows('borealis', /ada@meridian\.example \(a partner’s administrator\)/);
  },
);

it.each([
  ['own_grant', /everything works/],
  ['same_grant', /everything works/],
  ['ends_first', /Lost: connect it again/],
])(
  'is checked at once where its grantor opens the link of somebody else’s organization, too, which makes %s',
  async (secondConsent, partner) => {
    await connectPartner();
    await testApp.bell.look();
    await shows('meridian', /everything works/);
    await addOrganization(testApp, ada, { space, name: 'Cobalt Health' });
    await faults.switches({ secondConsent });
    await timePasses(testApp, dayMs / 4);
    const { link, after } = await newLink(ada, space, 'cobalt');
    await fetch(await consent(link, 'ada@meridian.example'));
    await ada.reads(space, /not of Cobalt Health/, { after });
    await testApp.bell.look();
    await shows('meridian', partner);
  },
);

it.each(['granted', 'invalid_scope'])(
  'stays where somebody consents who administers nothing: %s',
  async (scopesOfOthers) => {
    await connectPartner();
    await addAll(2);
    await faults.switches({ scopesOfOthers });
    const after = await saidSoFar(ada, space);
    await ada.says(space, 'connect meridian');
    const link = await ada.reads(space, /The link works once/, { after });
    await fetch(await consent(linkOf(link), 'ben@meridian.example'));
    await ada.reads(space, /could not be connected|is no administrator|was not connected/, { after });
    await testApp.bell.look();
    await shows('meridian', /ada@meridian\.example[\s\S]*everything works/);
    await shows('acme', /held by the grant of the partner/);
  },
);

it('takes a customer over from a consent only where it can do as much', async () => {
  await connectPartner();
  const number = numberOf(testApp, 'Acme Robotics');
  const form = await ask('add', /Add a Webex organization/);
  const after = await saidSoFar(ada, space);
  await ada.clicks(form, 'Save', {
    name: 'Acme',
    account_number_external: number,
    account_email: 'carol@acme.example',
  });
  const link = await ada.reads(space, /The link works once/, { after });
  await fetch(await consent(linkOf(link), 'carol@acme.example'));
  await ada.reads(space, /Acme is connected/, { after });
  await faults.plan({ method: 'GET', route: '/licenses', by: 'ada@meridian.example', kind: 'status', status: 403 });
  await ask(
    'migrate acme partner',
    /stays as it is: its partner’s grant may do less[\s\S]*licenses \(Webex answers 403\)/,
  );
  await faults.areSpent();
  await shows('acme', /carol@acme\.example/);
  await ask('migrate acme partner', /Acme is held by the grant of Meridian[\s\S]*what its record needs/);
});

it('leaves what holds others its own grant', async () => {
  await connectPartner();
  const choice = await ask('migrate meridian', /How is Meridian Managed Services to be held/);
  expect(titlesOf(choice)).toEqual(['By a consent']);
  await ask('migrate meridian partner', /can be held by a consent alone: its grant serves other organizations/);
  await shows('meridian', /ada@meridian\.example/);
});

it('says who can bring its connection back, in warnings and where it is lost', async () => {
  await connectPartner();
  await faults.switches({ refreshRenews: 'never' });
  const after = await saidSoFar(ada, space);
  await timePasses(testApp, 61 * dayMs);
  const warning = await ada.reads(space, /Meridian Managed Services expires in/, { after });
  expect(warning.markdown).toContain('A Partner Full Administrator of the organization opens it and accepts.');
  await faults.person('ada@meridian.example', 'revoke');
  const lost = await ask('refresh meridian', /Meridian Managed Services has lost its connection/);
  expect(lost.markdown).toContain('A Partner Full Administrator of the organization must reconnect it.');
});

it('stands at the provider, where no branch reads what hangs on it', async () => {
  await connectPartner();
  await ask('customers add North', /North is added/);
  await ask(
    'move meridian to North',
    /Meridian Managed Services stays where it stands[\s\S]*another branch would read/,
  );
  const after = await saidSoFar(ada, space);
  const bytes = `name,account_number_external,customer\n${PARTNER},${numberOf(testApp, PARTNER)},North\n`;
  await ada.sendsFile(space, 'import', { name: 'customers.csv', bytes });
  await ada.reads(space, /customer: Its grant holds other organizations, so it stays where it stands/, { after });
});

it('loses nobody, and no name, where Webex lists some that cannot be read', async () => {
  await connectPartner();
  await ask('discover', /manages 2 organizations: 2 new/);
  await alterWebex(testApp, [
    {
      path: '/organizations',
      change({ body }) {
        for (const one of body.items) {
          if (one.displayName === 'Acme Robotics') one.displayName = null;
          if (one.displayName === 'Borealis Foods') one.id = null;
        }
        return undefined;
      },
    },
  ]);
  await lookDaily();
  const found = await ask('discover', /manages 2 organizations: 2 new/);
  expect(found.markdown).toMatch(/Acme Robotics[\s\S]*Borealis Foods/);
  await ask('discover gone', /Not managed any more: none/);
});

it('takes all that hangs on it along where it is lost, tells of that once, and brings it back', async () => {
  await connectPartner();
  await addAll(2);
  await ask('show meridian', /2 organizations hang on the grant of Meridian/);
  const after = await saidSoFar(ada, space);
  await faults.person('ada@meridian.example', 'revoke');
  await timePasses(testApp, 8 * dayMs);
  await shows('acme', /Lost: connect it again/);
  await shows('borealis', /Lost: connect it again/);
  await testApp.bell.ring('look for deadlines');
  await ada.reads(space, /Meridian Managed Services has lost its connection[\s\S]*2 organizations hang on the grant/, {
    after,
  });
  await timePasses(testApp, 8 * dayMs);
  await testApp.bell.ring('look for deadlines');
  await askedLast(ada, space);
  expect(await idsSaid(testApp, ada, { space, words: /(Acme|Borealis)[^\n]*(has lost|still not)/, after })).toEqual([]);
  const link = await ask('connect meridian', /The link works once/);
  await fetch(await consent(linkOf(link), 'ada@meridian.example'));
  await ada.reads(space, /Meridian Managed Services is connected/, { after });
  await shows('acme', /held by the grant of the partner/);
  await shows('borealis', /held by the grant of the partner/);
});

it('takes all that hangs on it along where its record is deleted, and brings it back with an undo', async () => {
  await connectPartner();
  await addAll(2);
  const card = await ask('delete meridian', /Delete Meridian Managed Services\?/);
  expect(card.markdown).toContain('The connections of 2 organizations held by its grant');
  await press(ada, space, card, 'Delete', /deleted Meridian Managed Services/, { typed_name: PARTNER });
  await shows('acme', /Lost: connect it again/);
  await shows('borealis', /Lost: connect it again/);
  await ask('undo meridian', /brought Meridian Managed Services back/);
  await shows('acme', /held by the grant of the partner/);
  await shows('borealis', /held by the grant of the partner/);
});

it('takes the name that Webex has given an organization since', async () => {
  await connectPartner();
  await addAll(2);
  await faults.managed(PARTNER, { items: [{ name: 'Borealis Foods', rename: 'Borealis Group' }] });
  const after = await saidSoFar(ada, space);
  await lookDaily();
  await ada.reads(space, /1 organization .* has another name[\s\S]*Borealis Foods[\s\S]*calls it Borealis Group/, {
    after,
  });
  await lookDaily();
  await askedLast(ada, space);
  expect(await idsSaid(testApp, ada, { space, words: /has another name/, after })).toHaveLength(1);
  const found = await ask('discover renamed', /1 renamed/);
  expect(found.markdown).toContain('Webex calls it Borealis Group now');
  await press(ada, space, found, 'Take the name', /Renamed at Webex: none/);
  await ask('show borealis group', /Borealis Group/);
  await faults.managed(PARTNER, { items: [{ name: 'Borealis Group', rename: `Borealis ${'x'.repeat(1_024)}` }] });
  const long = await ask('discover renamed', /1 renamed/);
  const kept = await press(ada, space, long, 'Take the name', /Borealis Group keeps its name[\s\S]*is too long/);
  await press(ada, space, kept, 'Keep our name', /Renamed at Webex: none/);
  await ask('show borealis group', /Borealis Group/);
});

it('lists what carries a tag of Partner Hub, and says where Webex does not tell', async () => {
  await connectPartner();
  const items = [
    { name: 'Acme Robotics', tags: ['Gold', 'East, far'] },
    { name: 'Borealis Foods', tags: ['Silver'] },
  ];
  await faults.managed(PARTNER, { items });
  const all = await ask('discover', /2 new/);
  expect(all.markdown).toMatch(/Acme Robotics[\s\S]*Gold, East, far[\s\S]*Borealis Foods[\s\S]*Silver/);
  const gold = await ask('discover new tag gold', /New here, with the tag gold/);
  expect(gold.markdown).toContain('Acme Robotics');
  expect(gold.markdown).not.toContain('Borealis');
  expect(titlesOf(gold)).not.toContain('Add all 2');
  await press(ada, space, gold, 'Without the tag', /Borealis Foods/);
  await ask('discover tag bronze', /New here, with the tag bronze: none/);
  await faults.plan({ by: ada.email, route: '/partner/tags', kind: 'status', status: 403, times: 1 });
  const untold = await ask('discover tag silver', /Webex does not say which tags they have/);
  expect(untold.markdown).toContain('Borealis Foods');
});
