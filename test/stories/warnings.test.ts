// The space is warned before a connection ends: once for each threshold, over restarts, until somebody connects again.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Actor, consent, type House, linkOf, openHouse, titlesOf } from '../helpers/house.ts';
import { askedLast, connectOrganization, countIn, fateOf, saidByBot } from '../helpers/story.ts';

const dayMs = 24 * 60 * 60_000;

let house: House;
let ada: Actor;
let space: string;

beforeEach(async () => {
  house = await openHouse();
  ada = house.as('ada@meridian.example');
  space = house.room('direct');
  // Webex's other policy renews the deadline with each refresh, and nothing ever ends.
  await fateOf(house).switches({ refreshRenews: 'never' });
});
afterEach(() => house.close());

const daysPass = (days: number) => fateOf(house).advance(days * dayMs);

const connect = (name: string, administrator: string) =>
  connectOrganization(house, ada, { space, name, administrator });

/** Reads the one warning that came since `after`, once everything before is through. */
async function warningAfter(after: number, text: RegExp) {
  const warning = await ada.reads(space, text, { after });
  await askedLast(ada, space);
  const all = (await ada.messages(space)).slice(after).filter(({ markdown }) => markdown?.startsWith('⚠️'));
  expect(all.map(({ id }) => id)).toEqual([warning.id]);
  return warning;
}

describe('a connection that Webex does not renew', () => {
  it('is warned of 30, 14, 7, 3 and 1 day(s) before its end and at the end, once each, over restarts', async () => {
    await connect('Acme Robotics', 'carol@acme.example');
    for (const [passed, left] of [
      [60, '30 days left'],
      [16, '14 days left'],
      [7, '7 days left'],
      [4, '3 days left'],
      [2, '24 hours left'],
    ] as const) {
      const after = await countIn(ada, space);
      await daysPass(passed);
      const warning = await warningAfter(after, /⚠️ \*\*Acme Robotics must be connected again soon/);
      expect(warning.markdown).toContain(left);
      const snoozes = left === '24 hours left' ? [] : ['Snooze 1 day', 'Snooze 3 days', 'Snooze 7 days'];
      expect(titlesOf(warning)).toEqual(['Reconnect', ...snoozes, 'Acknowledge']);
      await house.restart();
    }
    const after = await countIn(ada, space);
    await daysPass(1);
    await ada.reads(space, /Acme Robotics (has ended|has lost its connection)/, { after });
  }, 240_000);

  it('is re-armed by a reconnect from the warning itself', async () => {
    await connect('Acme Robotics', 'carol@acme.example');
    const before = await countIn(ada, space);
    await daysPass(60);
    const warning = await ada.reads(space, /must be connected again soon/, { after: before });
    const after = await countIn(ada, space);
    await ada.clicks(warning, 'Reconnect');
    await fetch(
      await consent(linkOf(await ada.reads(space, /Connect Acme Robotics/, { after })), 'carol@acme.example'),
    );
    await ada.reads(space, /Acme Robotics is connected/, { after });
    await daysPass(59);
    const quiet = await countIn(ada, space);
    await askedLast(ada, space);
    expect((await saidByBot(house, ada, space)).filter(({ markdown }) => markdown?.startsWith('⚠️'))).toHaveLength(1);
    await daysPass(1);
    await warningAfter(quiet, /30 days left/);
  });

  it('can be put off, and comes back', async () => {
    await connect('Acme Robotics', 'carol@acme.example');
    const before = await countIn(ada, space);
    await daysPass(60);
    const warning = await ada.reads(space, /must be connected again soon/, { after: before });
    await ada.clicks(warning, 'Snooze 3 days');
    await ada.reads(
      space,
      /ada@meridian\.example put the next warning of \*\*Acme Robotics\*\* off: it comes in 3 days/,
    );
    const after = await countIn(ada, space);
    await daysPass(3);
    await warningAfter(after, /27 days left/);
  });

  it('shows who takes care of it', async () => {
    await connect('Acme Robotics', 'carol@acme.example');
    const before = await countIn(ada, space);
    await daysPass(60);
    const warning = await ada.reads(space, /must be connected again soon/, { after: before });
    await ada.clicks(warning, 'Acknowledge');
    await ada.reads(space, /👍 ada@meridian\.example takes care of \*\*Acme Robotics\*\*/);
    const after = await countIn(ada, space);
    await ada.says(space, 'expiring');
    await ada.reads(space, /1 within 30 days[\s\S]*Acme Robotics[\s\S]*ada@meridian\.example takes care/, { after });
  });
});

describe('several connections', () => {
  it('come in one message, the most urgent first, and `expiring` lists them by deadline', async () => {
    await connect('Borealis Foods', 'dmitri@borealis.example');
    await daysPass(2);
    await connect('Acme Robotics', 'carol@acme.example');
    const after = await countIn(ada, space);
    await daysPass(70);
    const warning = await warningAfter(after, /2 connections end soon/);
    expect(warning.markdown).toMatch(/Borealis Foods[\s\S]*18 days left[\s\S]*Acme Robotics[\s\S]*20 days left/);

    await ada.clicks(warning, 'Snooze 1 day', { organization_id: '' });
    const choice = await ada.reads(space, /Which organization do you mean/, { after });
    expect(titlesOf(choice)).toEqual(['Choose']);

    const before = await countIn(ada, space);
    await ada.says(space, 'expiring 19');
    await ada.reads(space, /1 within 19 days[\s\S]*Borealis Foods/, { after: before });
    await ada.says(space, 'expiring soon');
    await ada.reads(space, /“soon” is no number of days/, { after: before });
  });
});
