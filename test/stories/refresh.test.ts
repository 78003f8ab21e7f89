// Grants that are kept alive: by the clock, by a person's wish, under each of Webex's policies, and what happens when they are refused.
import { asc, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connections, refreshes } from '../../src/connections/connections.schema.ts';
import { createSealer } from '../../src/db/seal/seal.ts';
import { tokenPlace } from '../../src/db/seal/sealed-places.ts';
import { transactionLog, transactions } from '../../src/transactions/transactions.schema.ts';
import { alterWebex } from '../helpers/altered-webex.ts';
import {
  addOrganization,
  connectOrganization,
  eventually,
  faultsOf,
  metricOf,
  saidSoFar,
  timePasses,
} from '../helpers/story.ts';
import {
  type Actor,
  consent,
  encryptionKey,
  linkOf,
  startTestApp,
  type TestApp,
  titlesOf,
} from '../helpers/test-app.ts';

const dayMs = 24 * 60 * 60_000;

let testApp: TestApp;
let ada: Actor;
let space: string;

beforeEach(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  space = testApp.room('direct');
});
afterEach(() => testApp.close());

const daysPass = (days: number) => timePasses(testApp, days * dayMs);

const connectAcme = () =>
  connectOrganization(testApp, ada, { space, name: 'Acme Robotics', administrator: 'carol@acme.example' });

/** Ada says something and reads what is answered to it. */
const ask = (text: string, answer: RegExp) => ada.asks(space, text, answer);

const stored = () =>
  testApp.withStore(async (db) => {
    const [connection] = await db.select().from(connections);
    return {
      connection,
      journal: await db.select().from(refreshes).orderBy(asc(refreshes.id)),
      /** Those of refreshes. */
      transactions: await db
        .select()
        .from(transactions)
        .where(eq(transactions.action, 'refresh'))
        .orderBy(asc(transactions.id)),
      log: await db.select().from(transactionLog).orderBy(asc(transactionLog.id)),
    };
  });

/** Waits for the clock's next refresh, and says how many days `show` promises then. */
async function refreshedTo(days: number): Promise<void> {
  await expect
    .poll(async () => (await ask('show acme', /Refresh token expires/)).markdown)
    .toMatch(new RegExp(`Refresh token expires:\\*\\* in ${days} days`));
}

describe('the clock refreshes a grant', () => {
  it('within 7 days, and Webex renews the 90 days', async () => {
    await connectAcme();
    await daysPass(7);
    await refreshedTo(90);
    await ask('show acme', /Access token expires:\*\* in 14 days/);
    const { connection, journal, transactions, log } = await stored();
    expect(connection).toMatchObject({ state: 'connected', failures: 0, refreshLeasedUntil: null });
    expect(journal).toMatchObject([{ reason: 'due', outcome: 'renewed', transactionId: transactions[0]?.id }]);
    expect(transactions).toMatchObject([
      { status: 'success', requestedBy: 'Hubkeeper', roomId: space, message: 'Renewed by 7 days.' },
    ]);
    expect(log).toEqual([]);
  });

  it('and keeps the old deadline where Webex does not renew it', async () => {
    await faultsOf(testApp).switches({ refreshRenews: 'never' });
    await connectAcme();
    await daysPass(7);
    await expect
      .poll(async () => (await ask('show acme', /Access token expires/)).markdown)
      .toMatch(/Access token expires:\*\* in 14 days/);
    await ask('show acme', /Refresh token expires:\*\* in 83 days/);
    const { journal } = await stored();
    expect(journal).toMatchObject([{ reason: 'due', outcome: 'not_renewed' }]);
  });

  it('and stores a refresh token that was rotated, without which the next refresh would fail', async () => {
    await faultsOf(testApp).switches({ refreshToken: 'replaced_and_old_dies' });
    await connectAcme();
    await daysPass(7);
    await refreshedTo(90);
    await daysPass(7);
    await refreshedTo(90);
    const { journal } = await stored();
    expect(journal.map(({ outcome }) => outcome)).toEqual(['renewed', 'renewed']);
    expect(new Set(journal.map(({ refreshTokenFingerprint }) => refreshTokenFingerprint)).size).toBe(2);
  });
});

describe('a deadline that Webex moves earlier', () => {
  it('is said to be that, and has warnings of its own', async () => {
    await connectAcme();
    const day = (days: number) => new Date(testApp.simulator.now().getTime() + days * dayMs);
    // As if Webex had promised more at first than its next answer says.
    const promised = { refreshTokenExpiresAt: day(130), warnAt: day(100), escalateAt: day(127) };
    await testApp.withStore((db) => db.update(connections).set({ ...promised, acknowledgedBy: ada.email }));
    const answer = await ask('refresh acme', /Acme Robotics has a new access token/);
    expect(answer.markdown).toContain('40 days earlier than before');
    expect(answer.markdown).not.toContain('stays');
    expect(titlesOf(answer)).toEqual(['Show', 'Reconnect']);
    const { connection, journal, transactions } = await stored();
    expect(journal).toMatchObject([{ outcome: 'shortened' }]);
    expect(transactions).toMatchObject([{ message: 'New access token; the expiry is 40 days earlier than before.' }]);
    const deadline = connection?.refreshTokenExpiresAt.getTime() ?? 0;
    expect(connection).toMatchObject({
      warnAt: new Date(deadline - 30 * dayMs),
      escalateAt: new Date(deadline - 3 * dayMs),
      acknowledgedBy: null,
    });
  });
});

describe('a person refreshes a grant', () => {
  it('and reads how much longer it lives, or that Webex gave the same tokens again', async () => {
    await faultsOf(testApp).switches({ refreshRenews: 'once_a_day' });
    await connectAcme();
    await daysPass(2);
    const renewed = await ask('refresh acme', /Acme Robotics is refreshed/);
    expect(renewed.markdown).toMatch(/New expiry: .*, (2 days|48 hours) later/);
    await ask('refresh acme', /Acme Robotics keeps its tokens/);
    const number = /Transaction:\*\* (\d+)/.exec(renewed.markdown ?? '')?.[1];
    await ask(
      `transaction ${number}`,
      /Action:\*\* Refresh.*Requested by:\*\* ada@meridian.*Ask Webex for new tokens/s,
    );
    const { transactions } = await stored();
    expect(transactions).toMatchObject([
      { status: 'success', requestedBy: 'ada@meridian.example' },
      { status: 'success', message: 'Webex gave the same tokens again.' },
    ]);
  });

  it('and reads of a deadline that stays whether another day may move it, or only a reconnect', async () => {
    await connectAcme();
    const soon = await ask('refresh acme', /Acme Robotics has a new access token/);
    expect(soon.markdown).toContain('once a day at most');
    expect(titlesOf(soon)).toEqual(['Show']);
    await faultsOf(testApp).switches({ refreshRenews: 'never' });
    await daysPass(2);
    const late = await ask('refresh acme', /Acme Robotics has a new access token/);
    expect(late.markdown).toContain('Press Reconnect for a new expiry');
    expect(titlesOf(late)).toEqual(['Show', 'Reconnect']);
  });

  it('and reads that there is nothing to refresh before it was connected', async () => {
    await addOrganization(testApp, ada, { space, name: 'Acme Robotics' });
    await ask('refresh acme', /Acme Robotics is not connected/);
  });
});

describe('what a refresh does with an odd answer', () => {
  /** What was stored before and after a refresh whose answer is changed. */
  async function refreshedWith(change: (body: object) => object, status = 200) {
    const opened = ({ connection }: Awaited<ReturnType<typeof stored>>) => {
      if (!connection) throw new Error('there is no connection');
      const sealer = createSealer([{ id: 'test', key: encryptionKey }]);
      const { organizationId: id } = connection;
      const place = (column: 'access_token' | 'refresh_token') => tokenPlace(column, id);
      return {
        ...connection,
        accessToken: sealer.open(connection.accessToken ?? '', place('access_token')),
        refreshToken: sealer.open(connection.refreshToken ?? '', place('refresh_token')),
      };
    };
    await connectAcme();
    await faultsOf(testApp).advance(2 * dayMs);
    const before = opened(await stored());
    const { asked } = await alterWebex(testApp, [
      { path: '/access_token', change: ({ body }) => ({ status, body: change(body) }) },
    ]);
    const answer = await ask('refresh acme', /Acme Robotics (is refreshed|has a new access token|could not be)/);
    return { before, after: opened(await stored()), answer, asked };
  }

  it.each([
    ['null in place of a refresh token', { refresh_token: null, refresh_token_expires_in: null }],
    ['an empty refresh token', { refresh_token: '', refresh_token_expires_in: '' }],
    ['an object in place of a refresh token', { refresh_token: {}, refresh_token_expires_in: 'soon' }],
  ])('R8: %s: the new access token is kept, and so are the old refresh token and its deadline', async (_case, odd) => {
    const { before, after } = await refreshedWith((body) => ({ ...body, ...odd }));
    expect(after).toMatchObject({
      state: 'connected',
      refreshToken: before.refreshToken,
      refreshTokenExpiresAt: before.refreshTokenExpiresAt,
    });
    expect(after.accessToken).not.toBe(before.accessToken);
    expect(after.accessTokenExpiresAt.getTime()).toBeGreaterThan(before.accessTokenExpiresAt.getTime());
  });

  it('R8: no type of the token and status 201: used as any other', async () => {
    const { before, after } = await refreshedWith((body) => ({ ...body, token_type: null }), 201);
    expect(after.state).toBe('connected');
    expect(after.refreshTokenExpiresAt.getTime()).toBeGreaterThan(before.refreshTokenExpiresAt.getTime());
  });

  it('R8: an answer that cannot be used: nothing is lost, and nobody says that Webex refused it', async () => {
    const { before, after, answer } = await refreshedWith(() => ({ access_token: null }));
    expect(answer.markdown).not.toMatch(/refuse/);
    expect(after).toMatchObject({ state: 'failing', stateReason: 'malformed', refreshToken: before.refreshToken });
    const { transactions, log } = await stored();
    expect(transactions).toMatchObject([{ status: 'in_progress' }]);
    expect(log[0]?.message).not.toMatch(/refuse/);
  });

  it('R13: a token that lives for ten minutes: refreshed at half of its life, and by no look before that', async () => {
    const { after, asked } = await refreshedWith((body) => ({ ...body, expires_in: 600 }));
    const halfMs = after.refreshDueAt.getTime() - after.obtainedAt.getTime();
    expect(halfMs).toBeGreaterThanOrEqual(270_000);
    expect(halfMs).toBeLessThanOrEqual(300_000);
    const refreshes = () => asked.filter(({ url }) => url.pathname.endsWith('/access_token')).length;
    const before = refreshes();
    for (let look = 0; look < 3; look++) await testApp.bell.look();
    await faultsOf(testApp).advance(300_000);
    await testApp.bell.look();
    await expect.poll(refreshes, eventually).toBe(before + 1);
    const { journal } = await stored();
    expect(journal.map(({ reason }) => reason)).toEqual(['asked', 'due']);
  });

  it('R10: Webex asks for a wait of 31 years: the next try is within the hour, and so are the words', async () => {
    await connectAcme();
    const fault = { method: 'POST', route: '/access_token', kind: 'status', status: 429 } as const;
    await faultsOf(testApp).plan({ ...fault, retryAfterSeconds: 1_000_000_000 });
    const answer = await ask('refresh acme', /could not be refreshed now/);
    expect(answer.markdown).toMatch(/the next try is in 60 minutes/);
    await ask('show acme', /Cannot be refreshed now, next try in (60|59) minutes/);
    const { connection } = await stored();
    const waitMs = (connection?.refreshDueAt.getTime() ?? 0) - testApp.simulator.now().getTime();
    expect(waitMs).toBeLessThanOrEqual(60 * 60_000);
  });
});

describe('a grant that Webex refuses', () => {
  it.each(['webex', 'oauth'])(
    'is lost, and the space gets the button that mends it (%s error body)',
    async (tokenErrorBody) => {
      await faultsOf(testApp).switches({ tokenErrorBody });
      await connectAcme();
      await faultsOf(testApp).person('carol@acme.example', 'revoke');
      await faultsOf(testApp).advance(7 * dayMs);
      // This look alone: the daily probe, which is due by now as well, would find the refusal, too.
      await testApp.bell.ring('look for due refreshes');
      const lost = await ada.reads(space, /Acme Robotics has lost its connection/);
      expect(titlesOf(lost)).toEqual(['Reconnect', 'Show', 'Acknowledge']);
      await ask('list', /❌ Lost: connect it again/);
      await ask('refresh acme', /has lost its connection/);

      const after = await saidSoFar(ada, space);
      await ada.clicks(lost, 'Reconnect');
      await fetch(
        await consent(linkOf(await ada.reads(space, /Connect Acme Robotics/, { after })), 'carol@acme.example'),
      );
      await ada.reads(space, /Acme Robotics is connected/, { after });
      await ask('list', /✅ Connected, 90 days left/);
      const { journal, transactions } = await stored();
      // By the clock, and once more for Ada.
      const refused = { outcome: 'refused', code: 'invalid_grant' };
      expect(journal).toMatchObject([
        { ...refused, reason: 'due' },
        { ...refused, reason: 'asked' },
      ]);
      const failed = { status: 'fail', reason: 'invalid_grant' };
      expect(transactions).toMatchObject([failed, failed]);
      expect(transactions[0]?.hint).toMatch(/must reconnect it/);
    },
  );
});

describe('an outage', () => {
  it('is held against nobody: the tokens stay, and the next try is shown', async () => {
    await connectAcme();
    const fault = { method: 'POST', route: '/access_token', times: 1, kind: 'status' } as const;
    await faultsOf(testApp).plan({ ...fault, status: 503, retryAfterSeconds: 3600 });
    const answer = await ask('refresh acme', /could not be refreshed now/);
    expect(answer.markdown).toMatch(/Nothing is lost; the next try is in 60 minutes/);
    await ask('show acme', /Cannot be refreshed now, next try in .*; 90 days left/);
    await daysPass(1);
    await refreshedTo(90);
    const { connection, journal, transactions, log } = await stored();
    expect(connection).toMatchObject({ state: 'connected', failures: 0 });
    expect(journal.map(({ outcome }) => outcome)).toEqual(['unavailable', 'renewed']);
    // Both tries are of one transaction.
    const [transaction] = transactions;
    expect(transactions).toMatchObject([{ status: 'success', requestedBy: 'ada@meridian.example' }]);
    expect(journal.map(({ transactionId }) => transactionId)).toEqual([transaction?.id, transaction?.id]);
    expect(log).toMatchObject([{ transactionId: transaction?.id }]);
    expect(log[0]?.message).toMatch(
      /try 1: Webex does not answer \(an error at Webex, tracking id \S+\)\. Next try in 60 minutes\.$/,
    );
  });

  it('of our own credentials is the operator’s to mend, and ends no connection', async () => {
    await connectAcme();
    await faultsOf(testApp).plan({ method: 'POST', route: '/access_token', times: 1, kind: 'status', status: 401 });
    await ask('refresh acme', /nothing is wrong with the organization/);
    const { connection, transactions, log } = await stored();
    expect(connection).toMatchObject({ state: 'failing', stateReason: 'invalid_client' });
    expect(transactions).toMatchObject([{ status: 'in_progress', completedAt: null }]);
    expect(log[0]?.message).toMatch(
      /try 1: Webex refuses our integration \(invalid_client, tracking id \S+\)\. Next try in /,
    );
  });

  it('that is a refusal of another kind is told with its code and number, and keeps the connection', async () => {
    await connectAcme();
    await faultsOf(testApp).plan({ method: 'POST', route: '/access_token', times: 1, kind: 'status', status: 403 });
    const answer = await ask('refresh acme', /Acme Robotics could not be refreshed/);
    expect(answer.markdown).toMatch(/http\\_403[\s\S]*the connection stays[\s\S]*Webex tracking id:\*\* \S+/);
    expect(answer.markdown).not.toContain('WEBEX_CLIENT_ID');
    const { connection, journal, log } = await stored();
    expect(connection).toMatchObject({ state: 'failing', stateReason: 'http_403' });
    expect(journal).toMatchObject([{ outcome: 'odd_refusal', code: 'http_403', trackingId: expect.any(String) }]);
    expect(log[0]?.message).toMatch(/try 1: Webex refuses the request \(http_403, tracking id \S+\)\. Next try in /);
  });

  it('ends with a new grant, and its transaction with it', async () => {
    await connectAcme();
    await faultsOf(testApp).plan({ method: 'POST', route: '/access_token', kind: 'status', retryAfterSeconds: 3600 });
    await ask('refresh acme', /could not be refreshed now/);
    const link = linkOf(await ask('connect acme', /Connect Acme Robotics/));
    const after = await saidSoFar(ada, space);
    await fetch(await consent(link, 'carol@acme.example'));
    await ada.reads(space, /Acme Robotics is connected/, { after });
    const { transactions } = await stored();
    expect(transactions).toMatchObject([{ status: 'success', message: expect.stringContaining('reconnected') }]);
  });
});

describe('where Webex takes its time', () => {
  it('a grant whose turn comes too late for its hold is let go, and refreshed by a later look', async () => {
    await testApp.close();
    testApp = await startTestApp({ refreshConcurrency: 1 });
    ada = testApp.as('ada@meridian.example');
    space = testApp.room('direct');
    await connectAcme();
    await connectOrganization(testApp, ada, {
      space,
      name: 'Borealis Foods',
      administrator: 'dmitri@borealis.example',
    });
    // Longer than a hold may have gone on when Webex is asked.
    await faultsOf(testApp).plan({ method: 'POST', route: '/access_token', kind: 'slow', delayMs: 5_000 });
    await daysPass(7);
    const refreshed = (outcome: string) => metricOf(testApp, `hubkeeper_refreshes_total{outcome="${outcome}"}`);
    const afterAnotherLook = async () => {
      await testApp.bell.look();
      return refreshed('renewed');
    };
    await expect.poll(afterAnotherLook, { ...eventually, interval: 500 }).toBe(2);
    expect(await refreshed('left')).toBeGreaterThan(0);
    const { journal, transactions } = await stored();
    expect(journal.map(({ outcome }) => outcome)).toEqual(['renewed', 'renewed']);
    expect(transactions.map(({ status }) => status)).toEqual(['success', 'success']);
    for (const { mostAtOnce } of await faultsOf(testApp).refreshes()) expect(mostAtOnce).toBe(1);
  });
});
