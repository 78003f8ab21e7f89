// The program is killed at any point of a Connect and started again: the Connect ends once, and everything that is owed is told once.

import { setTimeout as sleep } from 'node:timers/promises';
import { isNotNull } from 'drizzle-orm';
import { describe, expect, it, type TestContext, vi } from 'vitest';
import { withdrawnConnections } from '../../src/connections/connections.schema.ts';
import type { Db } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open/open.ts';
import { queues } from '../../src/features.ts';
import { notices } from '../../src/notices/notices.schema.ts';
import { deletions } from '../../src/organizations/deletions.schema.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import type { Fault } from '../../src/simulator/faults.ts';
import { transactions } from '../../src/transactions/transactions.schema.ts';
import { TEST_DRIVER } from '../helpers/database.ts';
import { makeLarge } from '../helpers/large-organization.ts';
import { makeOwnApp } from '../helpers/service-apps.ts';
import {
  addOrganization,
  askedLast,
  eventually,
  faultsOf,
  idsSaid,
  metricOf,
  numberOf,
  saidSince,
  saidSoFar,
  textToForward,
} from '../helpers/story.ts';
import { consent, linkOf, titlesOf } from '../helpers/test-app.ts';
import { openPremises, type Premises } from './program.ts';

/** Two starts, and on PostgreSQL up to 13 seconds until a dead process's job is taken over. */
const patience = 240_000;

const minute = 60_000;

const patiently = { ...eventually, timeout: 200_000 };

const carol = 'carol@acme.example';
const dmitri = 'dmitri@borealis.example';
const bot = 'hubkeeper@webex.bot';

/** `test` itself says when it has finished: of several at a time nothing else knows. */
async function moveIn(test: TestContext): Promise<Premises & { space: string; faults: ReturnType<typeof faultsOf> }> {
  const premises = await openPremises();
  test.onTestFinished(() => premises.close());
  await premises.start();
  return { ...premises, space: premises.room('direct'), faults: faultsOf(premises) };
}

type Home = Awaited<ReturnType<typeof moveIn>>;

/** Kills the program while Webex keeps this call waiting: before it has acted on it, or after (`lost: 'answer'`). Then starts it again. */
async function killedAt(
  { faults, kill, start }: Home,
  call: Partial<Fault>,
  act: () => Promise<unknown>,
): Promise<void> {
  await faults.plan({ kind: 'hang', ...call });
  // What was asked of a process that is killed has no answer.
  const acting = act().catch(() => undefined);
  await faults.areSpent();
  await kill();
  await acting;
  await start();
}

async function connectLink({ ada, space, ...home }: Home): Promise<string> {
  return linkOf((await addOrganization(home, ada, { space, name: 'Acme Robotics' })).saved);
}

/** Waits for the Connect's end, then holds the space and the store to it: told once, owed no more. */
async function endsOnce(home: Home, ending: RegExp): Promise<void> {
  const { ada, space } = home;
  const said = (words: RegExp) => idsSaid(home, ada, { space, words });
  const firstOf = (words: RegExp) =>
    vi.waitFor(async () => {
      const [first] = await said(words);
      if (first === undefined) throw new Error(`not read yet: ${words}`);
      return first;
    }, patiently);
  const result = await firstOf(ending);
  const progress = await firstOf(/\*\*Connect Acme Robotics\*\* – (Success|Fail)/);
  const saved = await firstOf(/Acme Robotics is saved/);
  await askedLast(ada, space);
  // A message may stand before its notice is noted as delivered: where the process died between, another one takes that over.
  await vi.waitFor(async () => {
    const waiting = await metricOf({ url: home.address }, 'hubkeeper_notices_waiting');
    if (waiting !== 0) throw new Error(`${waiting} notices wait`);
  }, patiently);
  await home.stop();

  expect(await said(/\*\*Connect Acme Robotics\*\* – /)).toEqual([progress]);
  expect(await said(/Acme Robotics\*{0,2} (is|was not|could not be) connected/)).toEqual([result]);
  expect(await said(/Acme Robotics is saved/)).toEqual([saved]);
  await inStore(home, async (db) => {
    // Where to place what was synced is proposed by a look of each minute, which may have come since the figure was read.
    const rows = (await db.select().from(notices)).filter(({ kind }) => kind !== 'sites_proposal');
    expect(rows.filter(({ deliveredAt }) => deliveredAt === null)).toEqual([]);
    const standing = new Set((await ada.messages(space)).map(({ id }) => id));
    expect(rows.filter(({ messageId, roomId }) => roomId === space && !standing.has(messageId ?? ''))).toEqual([]);
    const ended = await db.select().from(transactions);
    const status = (await said(/Acme Robotics is connected\*\*/)).includes(result) ? 'success' : 'fail';
    expect(ended.map(({ status, pending }) => ({ status, pending }))).toEqual([{ status, pending: null }]);
  });
}

/** Looks into the store, or changes it, while the program does not run. */
async function inStore<Result>({ store }: Home, use: (db: Db) => Promise<Result>): Promise<Result> {
  const database = await openDatabase({ url: store.url, dataDir: store.dataDir, queues });
  try {
    return await use(database.db);
  } finally {
    await database.close();
  }
}

/** As if a week had passed since a deletion, and since all leases. */
const inAWeek = (home: Home) =>
  inStore(home, async (db) => {
    const past = new Date(Date.now() - minute);
    await db.update(deletions).set({ purgeAt: past });
    await db
      .update(withdrawnConnections)
      .set({ refreshLeasedUntil: past })
      .where(isNotNull(withdrawnConnections.refreshLeasedUntil));
  });

const isConnected = /Acme Robotics is connected/;
/** The code may be on its way to Webex, and its tokens on the way back, at the moment of such a death. */
const ends = /Acme Robotics (is connected|could not be connected)/;
const failsClearly = /Acme Robotics could not be connected.*ask for a new link/is;

// On PostgreSQL a test waits most of its time for the takeover; on PGlite it computes.
const inTurn = TEST_DRIVER === 'pglite' ? describe : describe.concurrent;

/**
 * What the embedded database has to do with a death is the same in each: what the dead process held is free at the next start, and each start costs a
 * processor three seconds. There one of each kind is told.
 */
const toldOnEmbedded = new Set([
  'when the tokens are saved',
  'while it verifies',
  'when the new ones of entered tokens are saved',
  'when the progress message stands',
  'when the result stands',
  'when the form’s answer stands',
  'when a stray grant is given back',
  'when a purge has refreshed',
  'when a picture stands, of which a calendar is owed after it',
]);
const told = <Death extends readonly [string, ...unknown[]]>(deaths: readonly Death[]): readonly Death[] =>
  TEST_DRIVER === 'pglite' ? deaths.filter(([when]) => toldOnEmbedded.has(when)) : deaths;

inTurn('the program is killed', { timeout: patience }, () => {
  // These wait for a sweep of the clock, and so come first: the others run beside them.
  it.for(
    told<[string, Partial<Fault>]>([
      [
        'before a picture is posted, of which a calendar is owed after it',
        { method: 'POST', route: '/messages', by: bot },
      ],
      [
        'when a picture stands, of which a calendar is owed after it',
        { method: 'POST', route: '/messages', by: bot, lost: 'answer' },
      ],
    ]),
  )('%s', { timeout: patience + minute }, async ([_when, call], test) => {
    const home = await moveIn(test);
    const { ada, space, faults } = home;
    await fetch(await consent(await connectLink(home), carol));
    await ada.reads(space, isConnected);
    const after = await saidSoFar(ada, space);
    await killedAt(home, call, () => ada.tellsBot(space, 'forecast'));
    // The dead process held the event; once its hold is over, the sweep of each minute finds it.
    await faults.advance(minute);
    const said = async () => (await saidSince(ada, space, after)).map(({ markdown }) => markdown?.split('**')[1]);
    const both = ['1 connection expires within 90 days', '1 deadline for your calendar'];
    await vi.waitFor(async () => expect(await said()).toEqual(expect.arrayContaining(both)), {
      ...eventually,
      timeout: patience,
    });
    await endsOnce(home, isConnected);
    expect((await said()).filter((title) => title !== undefined && both.includes(title))).toEqual(both);
  });

  it('O13: when the answer to a command stands, the next start finds it, and gives none again', {
    timeout: patience + minute,
  }, async (test) => {
    const home = await moveIn(test);
    const { ada, space } = home;
    const after = await saidSoFar(ada, space);
    await killedAt(home, { method: 'POST', route: '/messages', by: bot, lost: 'answer' }, () =>
      ada.says(space, 'show what stands already'),
    );
    await askedLast(ada, space);
    // On PostgreSQL the dead process's lease ends first, and the sweep of each minute finds the event.
    await expect
      .poll(() => metricOf({ url: home.address }, 'hubkeeper_inbox_unhandled'), { ...eventually, timeout: patience })
      .toBe(0);
    expect(await idsSaid(home, ada, { space, words: /what stands already/, after })).toHaveLength(1);
  });

  it.for(
    told<[string, Partial<Fault>, RegExp]>([
      ['before Webex has the code', { method: 'POST', route: '/access_token' }, isConnected],
      ['when Webex has given the tokens', { method: 'POST', route: '/access_token', lost: 'answer' }, failsClearly],
      ['when the tokens are saved', { method: 'GET', route: '/people/me', by: carol }, isConnected],
      ['while it verifies', { method: 'GET', route: '/organizations', by: carol }, isConnected],
      ['when the connection is stored', { method: 'GET', route: '/roles', by: carol }, isConnected],
      ['when the roles are stored', { method: 'GET', route: '/licenses', by: carol }, isConnected],
      ['before the progress message is posted', { method: 'POST', route: '/messages', by: bot }, ends],
      ['when the progress message stands', { method: 'POST', route: '/messages', by: bot, lost: 'answer' }, ends],
      ['before the progress is edited', { method: 'PUT', route: '/messages/{id}', by: bot }, ends],
      ['when the progress is edited', { method: 'PUT', route: '/messages/{id}', by: bot, lost: 'answer' }, ends],
    ]),
  )('%s', async ([_when, call, ending], test) => {
    const home = await moveIn(test);
    const link = await connectLink(home);
    await killedAt(home, call, async () => fetch(await consent(link, carol)));
    await endsOnce(home, ending);
  });

  it.for(
    told<[string, Partial<Fault>, RegExp]>([
      ['before Webex has entered tokens', { method: 'POST', route: '/access_token' }, isConnected],
      [
        'when Webex has replaced entered tokens',
        { method: 'POST', route: '/access_token', lost: 'answer' },
        /Acme Robotics could not be connected.*answer with new tokens did not arrive/is,
      ],
      ['when the new ones of entered tokens are saved', { method: 'GET', route: '/organizations/{id}' }, isConnected],
    ]),
  )('%s', async ([_when, call, ending], test) => {
    const home = await moveIn(test);
    const { ada, space, faults } = home;
    await faults.switches({ refreshToken: 'replaced_and_old_dies' });
    const app = await makeOwnApp(home, { name: 'Robot keeper', owner: 'Acme Robotics' });
    const { refreshToken } = await app.tokens();
    const { saved, after } = await addOrganization(home, ada, { space, name: 'Acme Robotics' });
    await ada.clicks(saved, 'Enter tokens', {});
    const page = linkOf(await ada.reads(space, /Enter tokens for Acme Robotics/, { after }));
    await ada.reads(space, /^Please give .* the tokens for your Webex organization/, { after });
    const { clientId: client_id, clientSecret: client_secret } = app;
    const body = new URLSearchParams({ client_id, client_secret, refresh_token: refreshToken });
    await killedAt(home, call, () => fetch(page, { method: 'POST', body }));
    await endsOnce(home, ending);
  });

  it.for(
    told<[string, Partial<Fault>]>([
      ['before the result is posted', {}],
      ['when the result stands', { lost: 'answer' }],
    ]),
  )('%s', async ([_when, lost], test) => {
    const home = await moveIn(test);
    const link = await connectLink(home);
    // Webex has the last step wait, until the progress message stands: the next message is the result.
    await home.faults.plan({
      method: 'GET',
      route: '/licenses',
      kind: 'status',
      status: 429,
      retryAfterSeconds: 2,
      by: carol,
    });
    await fetch(await consent(link, carol));
    await home.faults.areSpent();
    await home.ada.reads(home.space, /\*\*Connect Acme Robotics\*\*/);
    await killedAt(home, { method: 'POST', route: '/messages', by: bot, ...lost }, async () => undefined);
    await endsOnce(home, isConnected);
  });

  it.for(
    told<[string, Partial<Fault>]>([
      ['before the form is answered', { method: 'POST', route: '/messages', by: bot }],
      ['when the form’s answer stands', { method: 'POST', route: '/messages', by: bot, lost: 'answer' }],
      ['before the form is removed', { method: 'DELETE', route: '/messages/{id}', by: bot }],
      ['when the form is removed', { method: 'DELETE', route: '/messages/{id}', by: bot, lost: 'answer' }],
    ]),
  )('%s', async ([_when, call], test) => {
    const home = await moveIn(test);
    const { ada, space } = home;
    await ada.tellsBot(space, 'add');
    const form = await ada.reads(space, (message) => titlesOf(message).includes('Save'));
    const inputs = { name: 'Acme Robotics', account_number_external: numberOf(home, 'Acme Robotics'), sync: 'true' };
    await killedAt(home, call, () => ada.clicks(form, 'Save', inputs));
    const formIsGone = async () => !(await ada.messages(space)).some(({ id }) => id === form.id);
    await vi.waitFor(async () => expect(await formIsGone()).toBe(true), patiently);
    const saved = await ada.reads(space, /Acme Robotics is saved/);
    await ada.reads(space, textToForward);
    await fetch(await consent(linkOf(saved), carol));
    await endsOnce(home, isConnected);
  });

  it('while a step runs that somebody wants to be the last', async (test) => {
    const home = await moveIn(test);
    const link = await connectLink(home);
    const { ada, space, faults } = home;
    await faults.plan({ method: 'GET', route: '/roles', by: carol, kind: 'hang' });
    await fetch(await consent(link, carol));
    await faults.areSpent();
    await ada.says(space, 'cancel 1');
    await ada.reads(space, /: cancellation requested/);
    await home.kill();
    await home.start();
    await endsOnce(home, /Acme Robotics is connected, but the transaction was canceled/);
  });

  // The embedded database would tell the same, for a start more.
  it.skipIf(TEST_DRIVER === 'pglite')(
    'between two of 20,000 people’s pages that Webex rations, which are read once each',
    async (test) => {
      const home = await moveIn(test);
      const { ada, space, faults } = home;
      const added = await addOrganization(home, ada, { space, name: 'Acme Robotics', inputs: { sync: 'true' } });
      await fetch(await consent(linkOf(added.saved), carol));
      await ada.reads(space, isConnected);
      await makeLarge(faults, 'Acme Robotics');
      await faults.forgetCalls();
      const limited = { by: carol, kind: 'status', status: 429, retryAfterSeconds: 0 } as const;
      await faults.plan({ ...limited, route: '/licenses' });
      await faults.plan({ ...limited, route: '/locations', times: 2 });
      // Nine pages of people come; the next one is waited for when the program dies.
      await faults.plan({ ...limited, route: '/people', times: 2 });
      await faults.plan({ route: '/people', by: carol, kind: 'slow', delayMs: 0, times: 9 });
      await faults.plan({ ...limited, route: '/people', times: 2 });
      await faults.plan({ route: '/people', by: carol, kind: 'hang' });
      const after = await saidSoFar(ada, space);
      await ada.says(space, 'sync acme all');
      await faults.areSpent();
      await home.kill();
      await faults.plan({ ...limited, route: '/people', share: 0.3, times: 3 });
      await home.start();
      const done = await ada.reads(space, /Acme Robotics is synced/, { after });
      expect(done.markdown).toMatch(/People:\*\* 20001 synced/);
      await faults.areSpent();
      const pagesOf = async (route: string) =>
        (await faults.calls('GET', route)).filter(({ by, status }) => by === carol && status === 200);
      expect(await pagesOf('/people')).toHaveLength(21);
      expect(await pagesOf('/locations')).toHaveLength(4);
      expect(await pagesOf('/licenses')).toHaveLength(1);
      await ada.asks(space, 'people acme', /20001 people of Acme Robotics/);
      await ada.asks(space, 'locations acme', /2000 locations of Acme Robotics/);
      await ada.asks(space, 'licenses acme', /500 licenses of Acme Robotics/);
    },
  );

  it.for(
    told<[string, Partial<Fault>]>([
      ['before a stray grant is given back', { method: 'DELETE', route: '/authorizations/{id}', by: dmitri }],
      [
        'when a stray grant is given back',
        { method: 'DELETE', route: '/authorizations/{id}', by: dmitri, lost: 'answer' },
      ],
    ]),
  )('%s', async ([_when, call], test) => {
    const home = await moveIn(test);
    const link = await connectLink(home);
    await killedAt(home, call, async () => fetch(await consent(link, dmitri)));
    await endsOnce(home, /Acme Robotics was not connected/);
  });

  it.for(
    told<[string, Partial<Fault>]>([
      ['before a purge has refreshed', { method: 'POST', route: '/access_token' }],
      ['when a purge has refreshed', { method: 'POST', route: '/access_token', lost: 'answer' }],
      ['before a purge has revoked the grant', { method: 'DELETE', route: '/authorizations/{id}', by: carol }],
      [
        'when a purge has revoked the grant',
        { method: 'DELETE', route: '/authorizations/{id}', by: carol, lost: 'answer' },
      ],
    ]),
  )('%s', { timeout: patience + minute }, async ([_when, call], test) => {
    const home = await moveIn(test);
    const { ada, space, faults } = home;
    await fetch(await consent(await connectLink(home), carol));
    await ada.reads(space, isConnected);
    await ada.tellsBot(space, 'delete acme');
    await ada.clicks(await ada.reads(space, /Delete Acme Robotics\?/), 'Delete', { typed_name: 'Acme Robotics' });
    await ada.reads(space, /deleted Acme Robotics/);
    await home.stop();
    await inAWeek(home);
    await faults.plan({ kind: 'hang', ...call });
    await home.start({ REFRESH_SCHEDULE: '*/2 * * * * *' });
    await faults.areSpent();
    await home.kill();
    // Its lease of the tokens is over by then.
    await inAWeek(home);
    await home.start({ REFRESH_SCHEDULE: '*/2 * * * * *' });
    const gone = await vi.waitFor(
      async () => {
        const [first] = await idsSaid(home, ada, { space, words: /Acme Robotics is deleted for good/ });
        if (first === undefined) throw new Error('the organization is not purged yet');
        return first;
      },
      { ...eventually, timeout: patience },
    );
    await askedLast(ada, space);
    await home.stop();
    expect(await idsSaid(home, ada, { space, words: /Acme Robotics is deleted for good/ })).toEqual([gone]);
    await inStore(home, async (db) => {
      expect(await db.select().from(organizations)).toEqual([]);
      expect(await db.select().from(withdrawnConnections)).toEqual([]);
    });
  });

  // Between the calls of Webex lie steps that only the store sees: whatever they meet, the end is the same.
  it.for(TEST_DRIVER === 'pglite' ? [60] : [0, 30, 60, 120, 200, 300])('%i ms after the consent', async (ms, test) => {
    const home = await moveIn(test);
    const link = await connectLink(home);
    await fetch(await consent(link, carol));
    await sleep(ms);
    await home.kill();
    await home.start();
    await endsOnce(home, ends);
  });
});
