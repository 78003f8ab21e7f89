// Somebody leaves: what hangs on the person is planned for, asked of others, and seen to be done.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ask as askIn, press, spaceAt } from '../helpers/asking.ts';
import { connectOrganization, saidSoFar } from '../helpers/story.ts';
import { type Actor, consent, startTestApp, type TestApp, titlesOf } from '../helpers/test-app.ts';

const LEAVES = 'ada@meridian.example';

let testApp: TestApp;
let ada: Actor;
let space: string;

beforeEach(async () => {
  testApp = await startTestApp();
  ada = testApp.as(LEAVES);
  space = testApp.room('direct');
});
afterEach(() => testApp.close());

const ask = (text: string, answer: RegExp) => ada.asks(space, text, answer);

it('begins with all that hangs on the person, and ends when somebody else holds it', async () => {
  for (const name of ['Acme Robotics', 'Borealis Foods']) {
    await connectOrganization(testApp, ada, { space, name, administrator: LEAVES });
  }
  await ask('admins', /2 of 2 organizations hang on people, 2 on ada@meridian\.example/);
  await ask('admins leave', /does not know these words[\s\S]*admins leaving with the e-mail/);
  await ask('forecast', /2 of 2 organizations hang on people, 2 on ada@meridian\.example/);
  const plan = await ask(`admins leaving ${LEAVES}`, /2 organizations hang on ada@meridian\.example/);
  expect(plan.markdown).toMatch(/Done:\*\* 0 of 2/);
  expect(titlesOf(plan)).toEqual(['Link', 'Link', 'Texts to forward', 'All administrators']);
  const texts = await press(ada, space, plan, 'Texts to forward', /2 texts to forward/);
  const { name, text } = await ada.opensFile(texts);
  expect(name).toBe('texts-to-forward.txt');
  expect(text).toMatch(
    /Acme Robotics[\s\S]*----------[\s\S]*Borealis Foods|Borealis Foods[\s\S]*----------[\s\S]*Acme Robotics/,
  );

  const links = text.match(/https?:\S+\/connect\/[\w-]+/g) ?? [];
  const isOfAcme = text.indexOf('Acme Robotics') < text.indexOf('Borealis Foods');
  const after = await saidSoFar(ada, space);
  await fetch(await consent(links[isOfAcme ? 0 : 1] ?? '', 'carol@acme.example'));
  await ada.reads(space, /Acme Robotics is connected/, { after });
  const half = await ask(`admins leaving ${LEAVES}`, /1 organization hangs on/);
  expect(half.markdown).toMatch(/Done:\*\* 1 of 2/);
  await fetch(await consent(links[isOfAcme ? 1 : 0] ?? '', 'dmitri@borealis.example'));
  await ada.reads(space, /Borealis Foods is connected/, { after });
  await ask(`admins leaving ${LEAVES}`, /Nothing hangs on ada@meridian\.example any more[\s\S]*2 of 2/);
  await ask('admins leaving nobody@acme.example', /Nobody called/);
});

it('is planned for in each branch alone: neither plans nor counts of others are shown', async () => {
  const group = testApp.room('group');
  await askIn(ada, group, 'customers add North as reseller', /North is added/);
  await askIn(ada, group, 'admins add ben@meridian.example reseller administrator North', /administrator at North/);
  for (const name of ['Acme Robotics', 'Borealis Foods']) {
    const inputs = name === 'Acme Robotics' ? { customer: 'North' } : {};
    await connectOrganization(testApp, ada, { space, name, administrator: LEAVES, inputs });
  }
  await ask(`admins leaving ${LEAVES}`, /2 organizations hang on[\s\S]*Done:\*\* 0 of 2/);
  const ben = testApp.as('ben@meridian.example');
  const own = await spaceAt(testApp, 'North', ben);
  const plan = await askIn(ben, own, `admins leaving ${LEAVES}`, /1 organization hangs on/);
  expect(plan.markdown).toMatch(/Done:\*\* 0 of 1/);
  await askIn(ben, own, 'forecast', /1 of 1 organization hangs on people/);
});
