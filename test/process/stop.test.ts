// The program is told to stop: it ends what it has begun, or leaves it to be taken up, and its exit code says so.

import { expect, it, onTestFinished } from 'vitest';
import { connections, refreshes } from '../../src/connections/connections.schema.ts';
import type { Db } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open/open.ts';
import { queues } from '../../src/features.ts';
import { makeOwnApp } from '../helpers/service-apps.ts';
import { addOrganization, eventually, faultsOf, idsSaid } from '../helpers/story.ts';
import { consent, linkOf } from '../helpers/test-app.ts';
import { openPremises, type Premises } from './program.ts';

/** Two starts, and a stop that may use up its deadline. */
const patience = 180_000;

async function moveIn(): Promise<Premises & { space: string; faults: ReturnType<typeof faultsOf> }> {
  const premises = await openPremises();
  onTestFinished(() => premises.close());
  return { ...premises, space: premises.room('direct'), faults: faultsOf(premises) };
}

it('ends with code 0 when nothing is under way', { timeout: patience }, async () => {
  const { start, stop } = await moveIn();
  await start();
  expect(await stop()).toBe(0);
});

it.each([
  ['before Webex has answered who the bot is', { route: '/people/me', kind: 'hang' }],
  ['between two tries to ask who the bot is', { route: '/people/me', kind: 'status', retryAfterSeconds: 20, times: 9 }],
  ['before Webex has shown our webhooks', { route: '/webhooks', kind: 'hang' }],
] as const)('stops a start %s', { timeout: patience }, async (_, call) => {
  const { start, stop, faults } = await moveIn();
  await faults.plan({ method: 'GET', ...call });
  const starting = start().then(
    () => 'it started',
    (error: unknown) => String(error),
  );
  await expect.poll(async () => (await faults.calls('GET', call.route)).length).toBeGreaterThan(0);
  expect(await stop()).toBe(0);
  const outcome = await starting;
  expect(outcome).toContain('it ended with 0');
  expect(outcome).not.toContain('cannot start');
});

it('in the middle of a Connect ends the step or leaves it to the next start, and tells the result once', {
  timeout: patience,
}, async () => {
  const home = await moveIn();
  const { start, stop, faults, ada, space } = home;
  await start();
  const { saved, after } = await addOrganization(home, ada, { space, name: 'Acme Robotics' });
  const back = await consent(linkOf(saved), 'carol@acme.example');
  await faults.forgetCalls();
  await faults.latency(1500);
  await fetch(back, { redirect: 'manual' });
  await expect.poll(async () => (await faults.calls('POST', '/access_token')).length, eventually).toBe(1);
  expect(await stop()).toBe(0);

  await faults.latency(0);
  await start();
  const result = await ada.reads(space, /Acme Robotics is connected/, { after });
  const progress = await ada.reads(space, /Connect Acme Robotics\*\* – Success/, { after });
  expect(await stop()).toBe(0);
  expect(await idsSaid(home, ada, { space, words: /Acme Robotics is connected/ })).toEqual([result.id]);
  expect(await idsSaid(home, ada, { space, words: /Connect Acme Robotics\*\*/ })).toEqual([progress.id]);
  expect(await faults.calls('POST', '/access_token')).toHaveLength(1);
});

it('with a command whose Webex hangs ends all the same, and the next start answers it once', {
  timeout: patience,
}, async () => {
  const home = await moveIn();
  const { start, stop, faults, ada, space } = home;
  await start();
  await faults.plan({ method: 'GET', route: '/messages/{messageId}', kind: 'hang', times: 3 });
  await ada.says(space, 'list');
  await expect
    .poll(async () => (await faults.calls('GET', '/messages/{messageId}')).length, eventually)
    .toBeGreaterThan(0);
  // The command was cut off at the deadline.
  expect(await stop()).toBe(1);
  await faults.forget();
  await start();
  const { id } = await ada.reads(space, /No organizations yet/);
  expect(await stop()).toBe(0);
  expect(await idsSaid(home, ada, { space, words: /No organizations yet/ })).toEqual([id]);
});

it('ends at once at a second signal', { timeout: patience }, async () => {
  const { start, stop, signal, faults, ada, space } = await moveIn();
  await start();
  await faults.plan({ method: 'GET', route: '/messages/{messageId}', kind: 'hang' });
  await ada.says(space, 'list');
  await expect.poll(async () => (await faults.calls('GET', '/messages/{messageId}')).length, eventually).toBe(1);
  signal('SIGINT');
  expect(await stop()).toBe(1);
});

it('waits for entered tokens that Webex refreshes late, and loses none', { timeout: patience }, async () => {
  const home = await moveIn();
  const { start, stop, faults, ada, space } = home;
  await faults.switches({ refreshToken: 'replaced_and_old_dies' });
  const app = await makeOwnApp(home, { name: 'Robot keeper', owner: 'Acme Robotics' });
  const { refreshToken: refresh_token } = await app.tokens();
  await start();
  const { saved, after } = await addOrganization(home, ada, { space, name: 'Acme Robotics' });
  await ada.clicks(saved, 'Enter tokens', {});
  const page = linkOf(await ada.reads(space, /Enter tokens for Acme Robotics/, { after }));
  await ada.reads(space, /^Please give .* the tokens for your Webex organization/, { after });
  await faults.forgetCalls();
  // Later than jobs are waited for.
  await faults.plan({ method: 'POST', route: '/access_token', kind: 'slow', delayMs: 9_000 });
  const body = new URLSearchParams({ client_id: app.clientId, client_secret: app.clientSecret, refresh_token });
  const sent = fetch(page, { method: 'POST', body, redirect: 'manual' }).catch(() => undefined);
  await expect.poll(async () => (await faults.calls('POST', '/access_token')).length, eventually).toBe(1);
  await stop();
  await sent;
  await start();
  await ada.reads(space, /Acme Robotics is connected/, { after });
  expect(await stop()).toBe(0);
  expect(await faults.calls('POST', '/access_token')).toHaveLength(1);
});

/** An organization that is connected, and whose refresh the next start finds due. */
async function moveInWithDueRefresh() {
  const home = await moveIn();
  const { start, stop, ada, space, store, faults } = home;
  // A reply that is lost is a grant that is lost.
  await faults.switches({ refreshToken: 'replaced_and_old_dies' });
  await start();
  const { saved, after } = await addOrganization(home, ada, { space, name: 'Acme Robotics' });
  await fetch(await consent(linkOf(saved), 'carol@acme.example'));
  await ada.reads(space, /Connect Acme Robotics\*\* – Success/, { after });
  expect(await stop()).toBe(0);
  const look = async <T>(at: (db: Db) => Promise<T>): Promise<T> => {
    const database = await openDatabase({ url: store.url, dataDir: store.dataDir, queues });
    return at(database.db).finally(database.close);
  };
  await look((db) => db.update(connections).set({ refreshDueAt: new Date(0) }));
  await faults.forgetCalls();
  return {
    ...home,
    /** Starts, and resolves once Webex has the refresh. */
    async startRefreshing(): Promise<void> {
      await start({ REFRESH_SCHEDULE: '* * * * * *' });
      await expect.poll(async () => (await faults.calls('POST', '/access_token')).length, eventually).toBe(1);
    },
    stored: () =>
      look(async (db) => ({
        connection: (await db.select().from(connections))[0],
        outcomes: (await db.select().from(refreshes)).map(({ outcome }) => outcome),
      })),
  };
}

it('waits for a refresh that Webex answers late, and loses no token', { timeout: patience }, async () => {
  const { start, stop, startRefreshing, stored, faults, ada, space } = await moveInWithDueRefresh();
  // Later than jobs are waited for, and a second before a running service would give up: a busy machine takes some of that.
  await faults.plan({ method: 'POST', route: '/access_token', kind: 'slow', delayMs: 9_000 });
  await startRefreshing();
  expect(await stop()).toBe(0);
  expect(await stored()).toMatchObject({ connection: { state: 'connected' }, outcomes: ['not_renewed'] });
  await start();
  // With the old refresh token Webex would refuse.
  await ada.says(space, 'refresh acme');
  await ada.reads(space, /Acme Robotics has a new access token/);
});

it('asks Webex no more for a refresh that waits for its next try, and holds it for nobody', {
  timeout: patience,
}, async () => {
  const { stop, startRefreshing, stored, faults } = await moveInWithDueRefresh();
  const fault = { method: 'POST', route: '/access_token', kind: 'status', status: 429 } as const;
  await faults.plan({ ...fault, retryAfterSeconds: 9 });
  await startRefreshing();
  expect(await stop()).toBe(0);
  expect(await faults.calls('POST', '/access_token')).toHaveLength(1);
  expect(await stored()).toMatchObject({
    connection: { state: 'failing', stateReason: 'rate_limited', refreshLeasedUntil: null },
    outcomes: ['unavailable'],
  });
});
