// The default calling behaviour of people: a dry run first, set where a person has no choice, put back, applied after a sync, and refused in words.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, press } from '../helpers/asking.ts';
import { type Branch, makeBranch } from '../helpers/branches.ts';
import { asksWebex, connectOrganization, faultsOf, newLink, saidSoFar, valuesIn } from '../helpers/story.ts';
import { buttonsOf, consent, type SpaceMessage, startTestApp, type TestApp, titlesOf } from '../helpers/test-app.ts';

let testApp: TestApp;
let alpine: Branch;
let baltic: Branch;
/** The card of an early dry run. */
let firstLook: SpaceMessage;
/** The card of people whose own choices were overwritten. */
let overwritten: SpaceMessage;
let faults: ReturnType<typeof faultsOf>;

const path = '/people/{personId}/features/callingBehavior';
const carol = 'carol@acme.example';
const choice = 'Calling in Webex App (Unified CM)';
const unifiedCm = 'NATIVE_SIP_CALL_TO_UCM';
const switchedOn = { apply_calling_behaviour: 'yes' };

beforeAll(async () => {
  testApp = await startTestApp();
  faults = faultsOf(testApp);
  alpine = await makeBranch(testApp, { reseller: 'Alpine', customer: 'Arolla', email: 'ingrid@alpine.example' });
  baltic = await makeBranch(testApp, { reseller: 'Baltic', customer: 'Birch', email: 'jonas@baltic.example' });
  const inputs = { sync: 'true', default_calling_behaviour: choice };
  await connectOrganization(testApp, alpine.admin, {
    ...{ inputs, space: alpine.space, name: 'Acme Robotics', administrator: carol },
  });
});
afterAll(() => testApp.close());

const asks = ({ admin, space }: Branch, text: string, answer: RegExp) => ask(admin, space, text, answer);
const presses = (message: Parameters<typeof press>[2], title: string, answer: RegExp, inputs = {}) =>
  press(alpine.admin, alpine.space, message, title, answer, inputs);

/** Switches the setting at the reseller. */
async function applies(): Promise<void> {
  const shown = await asks(alpine, 'settings Alpine', /Settings/);
  const form = await presses(shown, 'Change for Alpine', /Settings for Alpine/);
  await presses(form, 'Save', /changed the settings of Alpine/, switchedOn);
}

/** What Webex has for each person of Acme, by the person's name, as its own administrator reads it. */
async function behaviours(): Promise<Map<string, string | null>> {
  const own = testApp.simulator.people.find(({ email }) => email === carol);
  const { items } = (await asksWebex(testApp, own ?? { token: '' }, 'GET', '/people')) as unknown as {
    items: { id: string; displayName: string }[];
  };
  const found = items.map(async ({ id, displayName }): Promise<[string, string | null]> => {
    const read = await asksWebex(testApp, own ?? { token: '' }, 'GET', `/people/${id}/features/callingBehavior`).catch(
      () => ({ behaviorType: 'hidden' }),
    );
    return [displayName, read['behaviorType'] ?? null];
  });
  return new Map(await Promise.all(found));
}

it('is not looked at before people were synced; the card says what a look costs', async () => {
  const none = await asks(alpine, 'calling acme', /Calling behaviour of Acme Robotics/);
  expect(none.markdown).toMatch(/people were not read yet/);
  expect(none.markdown).toMatch(/do not say “Apply the default calling behaviour on user sync”/);
  await presses(none, 'Sync people', /Acme Robotics is synced/);
  const shown = await asks(alpine, 'calling acme', /about 13 reads for 13 people/);
  expect(titlesOf(shown)).toContain('Dry run');
});

it('is looked at without changing anything, and cannot be applied where the settings do not say so', async () => {
  await faults.forgetCalls();
  const shown = await asks(alpine, 'calling acme', /about 13 reads/);
  const looked = await presses(shown, 'Dry run', /What the calling behaviour would change at Acme Robotics/);
  expect(looked.markdown).toMatch(/Nothing was changed/);
  // Carol and seven of a dozen have none of their own; one has Unified CM already.
  expect(looked.markdown).toMatch(
    /Would be changed:\*\* 8[\s\S]*Already so:\*\* 1[\s\S]*Own choice of the person:\*\* 3[\s\S]*Cannot be read:\*\* 1/,
  );
  expect(looked.markdown).toMatch(/It cannot be applied now[\s\S]*Switch it on with settings/);
  expect(titlesOf(looked)).not.toContain('Apply');
  expect(await faults.calls('PUT', path)).toEqual([]);
});

it('needs another grant once the settings say so, which is asked for and said once', async () => {
  const after = await saidSoFar(alpine.admin, alpine.space);
  await applies();
  const lacking = await alpine.admin.reads(alpine.space, /set the calling behaviour of the people/, { after });
  expect(lacking.markdown).toMatch(/Acme Robotics/);
  const refused = await asks(alpine, 'calling acme', /does not allow to set the calling behaviour/);
  expect(titlesOf(refused)).toContain('Reconnect');
  await connectAgain();
  const shown = await asks(alpine, 'show acme', /Acme Robotics/);
  expect(shown.markdown).not.toMatch(/Not permitted/);
});

it('is set by no sync before a dry run of it was applied', async () => {
  await faults.forgetCalls();
  const done = await asks(alpine, 'sync acme people', /Acme Robotics is synced/);
  expect(done.markdown).toMatch(
    /not applied: Syncs set it at Acme Robotics only once a dry run[\s\S]*Type calling Acme Robotics for a dry run/,
  );
  expect(await faults.calls('PUT', path)).toEqual([]);
  await presses(done, 'Calling behaviour', /about 13 reads for 13 people/);
});

it('is set for whoever has no choice of their own, after 429s and lost answers too, and put back', async () => {
  const before = await behaviours();
  const shown = await asks(alpine, 'calling acme', /about 13 reads/);
  const looked = await presses(shown, 'Dry run', /would change at Acme Robotics[\s\S]*Applying it changes 8 people/);
  expect(looked.markdown).toContain(choice);
  firstLook = looked;
  await faults.plan({ by: carol, method: 'PUT', route: path, kind: 'reset', lost: 'answer', times: 2 });
  await faults.plan({ by: carol, route: path, kind: 'status', status: 429, retryAfterSeconds: 0, times: 2 });
  const done = await presses(looked, 'Apply', /The calling behaviour is set at Acme Robotics/, {
    overwrite: 'false',
    profile: 'default',
  });
  expect(done.markdown).toMatch(/Changed:\*\* 8/);
  await faults.areSpent();
  const set = await behaviours();
  for (const [name, was] of before) expect([name, set.get(name)]).toEqual([name, was ?? unifiedCm]);
  await asks(alpine, 'audit acme', /Calling behaviour applied[\s\S]*Calling behaviour apply confirmed/);
  // Somebody chooses otherwise meanwhile: that stays.
  await faults.employees('Acme Robotics', {
    items: [{ displayName: 'Ana Abel', callingBehaviour: 'call_with_app_registered_for_tel' }],
  });
  const back = await presses(done, 'Put back 8 people', /The calling behaviour is put back at Acme Robotics/);
  expect(back.markdown).toMatch(/Put back:\*\* 7[\s\S]*left alone:\*\* 1/);
  const after = await behaviours();
  expect(after.get('Ana Abel')).toBe('CALL_WITH_APP_REGISTERED_FOR_TEL');
  expect([...after].filter(([name]) => name !== 'Ana Abel')).toEqual(
    [...before].filter(([name]) => name !== 'Ana Abel'),
  );
  const again = await presses(done, 'Put back 8 people', /was not changed/);
  expect(again.markdown).toMatch(/Nobody is left/);
});

it('overwrites own choices, with a profile of Unified CM, where the card says so', async () => {
  const shown = await asks(alpine, 'calling acme', /about 13 reads/);
  const looked = await presses(
    shown,
    'Dry run',
    /would change at Acme Robotics[\s\S]*4 people with an own choice keep it/,
  );
  const profile = /"value":"(Y2lzY29[^"]+)"/.exec(JSON.stringify(looked.attachments))?.[1] ?? '';
  expect(JSON.stringify(looked.attachments)).toContain('Head office');
  await presses(firstLook, 'Apply', /does not count any more/, { overwrite: 'true', profile });
  overwritten = await presses(looked, 'Apply', /is set at Acme Robotics/, { overwrite: 'true', profile });
  expect(overwritten.markdown).toMatch(/Changed:\*\* 11/);
  const set = await behaviours();
  expect([...set.values()].filter((behaviour) => behaviour === unifiedCm)).toHaveLength(12);
});

it('is applied by itself after a sync of people: to those who are new or have changed alone', async () => {
  await asks(alpine, 'sync acme people', /Acme Robotics is synced/);
  await faults.employees('Acme Robotics', {
    items: [
      { displayName: 'Zoe New' },
      { displayName: 'Yan New', callingBehaviour: 'CALL_WITH_APP_REGISTERED_FOR_TEL' },
    ],
  });
  await faults.forgetCalls();
  const done = await asks(alpine, 'sync acme people', /Acme Robotics is synced/);
  expect(done.markdown).toMatch(/Calling behaviour:\*\* 1 changed and 1 own choice of the person/);
  expect(await faults.calls('GET', path)).toHaveLength(2);
  expect(await faults.calls('PUT', path)).toHaveLength(1);
  expect((await behaviours()).get('Zoe New')).toBe(unifiedCm);
  const undo = await asks(alpine, 'undo acme', /Calling behaviour of Acme Robotics/);
  expect(titlesOf(undo)).toContain('Put back 12 people');
  // The card from before does not put Zoe back unseen.
  const more = await presses(overwritten, 'Put back 11 people', /12 people can be put back by now/);
  expect(titlesOf(more)).toContain('Put back 12 people');
  expect(await faults.calls('PUT', path)).toHaveLength(1);
});

it('is set by no sync where the record has another choice, until a dry run of that was applied', async () => {
  const choose = async (other: string) => {
    const form = await asks(alpine, 'edit acme', /Edit Acme Robotics/);
    const values = valuesIn(form) as Record<string, string>;
    await presses(form, 'Save', /changed the record of Acme Robotics/, { ...values, default_calling_behaviour: other });
  };
  await choose('Cisco Jabber app');
  await faults.forgetCalls();
  const done = await asks(alpine, 'sync acme people', /Acme Robotics is synced/);
  expect(done.markdown).toMatch(/Syncs set it at Acme Robotics only once a dry run/);
  expect(await faults.calls('PUT', path)).toEqual([]);
  await choose(choice);
});

it('is refused in words where the grantor may only read, and the sync goes on', async () => {
  await faults.person(carol, 'read-only');
  await faults.employees('Acme Robotics', { items: [{ displayName: 'Xia New' }] });
  const done = await asks(alpine, 'sync acme people', /could not be synced in full/);
  expect(done.markdown).toMatch(/does not let carol@acme\.example change the people of Acme Robotics/);
  expect(done.markdown).toMatch(/takes a full or user administrator/);
  expect(done.markdown).toMatch(/People:\*\* 16 synced/);
});

it('is set by no sync any more where an apply was not done to its end', async () => {
  const shown = await asks(alpine, 'calling acme', /about 16 reads/);
  const looked = await presses(shown, 'Dry run', /would change at Acme Robotics/);
  await presses(looked, 'Apply', /was not set for everybody/, { overwrite: 'false', profile: 'default' });
  const done = await asks(alpine, 'sync acme people', /Acme Robotics is synced/);
  expect(done.markdown).toMatch(/not applied: Syncs set it at Acme Robotics only once a dry run/);
});

it('of another branch is seen, looked at and set by nobody', async () => {
  const shown = await asks(alpine, 'calling acme', /Calling behaviour of Acme Robotics/);
  await asks(baltic, 'calling acme', /No organization matches/);
  const own = await asks(baltic, 'list', /No organization|Type add/);
  await faults.forgetCalls();
  for (const title of ['Dry run', 'Put back 12 people']) {
    const data = buttonsOf(shown).find((button) => button.title === title)?.data as object;
    expect([title, data]).toEqual([title, expect.anything()]);
    const after = await saidSoFar(baltic.admin, baltic.space);
    await baltic.admin.sends(own, data);
    await baltic.admin.reads(baltic.space, /no longer exists/, { after });
  }
  expect(await faults.calls('GET', path)).toEqual([]);
});

async function connectAgain(): Promise<void> {
  const { link, after } = await newLink(alpine.admin, alpine.space, 'acme');
  await fetch(await consent(link, carol));
  await alpine.admin.reads(alpine.space, /Acme Robotics is connected/, { after });
}
