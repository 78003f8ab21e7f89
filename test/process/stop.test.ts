// The program is told to stop: it ends what it has begun, or leaves it to be taken up, and its exit code says so.
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { consent, linkOf } from '../helpers/house.ts';
import { addOrganization, eventually, fateOf, saidByBot } from '../helpers/story.ts';
import { buildProgram, openPremises, type Premises } from './program.ts';

/** A build, two starts, and a stop that may use up its deadline. */
const patience = 60_000;

let program: Awaited<ReturnType<typeof buildProgram>>;
beforeAll(async () => {
  program = await buildProgram();
}, patience);
afterAll(() => program.remove());

async function moveIn(): Promise<Premises & { space: string; fate: ReturnType<typeof fateOf> }> {
  const premises = await openPremises(program.main);
  onTestFinished(() => premises.close());
  return { ...premises, space: premises.room('direct'), fate: fateOf(premises) };
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
  const { start, stop, fate } = await moveIn();
  await fate.plan({ method: 'GET', ...call });
  const starting = start().then(
    () => 'it started',
    (error: unknown) => String(error),
  );
  await expect.poll(async () => (await fate.calls('GET', call.route)).length, { timeout: 30_000 }).toBeGreaterThan(0);
  expect(await stop()).toBe(0);
  const outcome = await starting;
  expect(outcome).toContain('it ended with 0');
  expect(outcome).not.toContain('cannot start');
});

it('in the middle of a Connect ends the step or leaves it to the next start, and tells the result once', {
  timeout: patience,
}, async () => {
  const home = await moveIn();
  const { start, stop, fate, ada, space } = home;
  await start();
  const { saved, after } = await addOrganization(home, ada, { space, name: 'Acme Robotics' });
  const back = await consent(linkOf(saved), 'carol@acme.example');
  await fate.forgetCalls();
  await fate.latency(1500);
  await fetch(back, { redirect: 'manual' });
  await expect.poll(async () => (await fate.calls('POST', '/access_token')).length, eventually).toBe(1);
  expect(await stop()).toBe(0);

  await fate.latency(0);
  await start();
  await ada.reads(space, /Acme Robotics is connected/, { after });
  await ada.reads(space, /Connect Acme Robotics\*\* – Success/, { after });
  expect(await stop()).toBe(0);
  const said = (await saidByBot(home, ada, space)).map(({ markdown }) => markdown ?? '');
  expect(said.filter((markdown) => markdown.includes('Acme Robotics is connected'))).toHaveLength(1);
  expect(said.filter((markdown) => markdown.includes('Connect Acme Robotics**'))).toHaveLength(1);
  expect(await fate.calls('POST', '/access_token')).toHaveLength(1);
});

it('with a command whose Webex hangs ends all the same, and the next start answers it once', {
  timeout: patience,
}, async () => {
  const home = await moveIn();
  const { start, stop, fate, ada, space } = home;
  await start();
  await ada.reads(space, /Hello, I am/);
  await fate.plan({ method: 'GET', route: '/messages/{messageId}', kind: 'hang', times: 3 });
  await ada.says(space, 'list');
  await expect
    .poll(async () => (await fate.calls('GET', '/messages/{messageId}')).length, eventually)
    .toBeGreaterThan(0);
  // The command was cut off at the deadline.
  expect(await stop()).toBe(1);
  await fate.forgetFaults();
  await start();
  await ada.reads(space, /No organizations yet/);
  expect(await stop()).toBe(0);
  const said = (await saidByBot(home, ada, space)).filter(({ markdown }) => markdown?.includes('No organizations yet'));
  expect(said).toHaveLength(1);
});

it('ends at once at a second signal', { timeout: patience }, async () => {
  const { start, stop, signal, fate, ada, space } = await moveIn();
  await start();
  await ada.reads(space, /Hello, I am/);
  await fate.plan({ method: 'GET', route: '/messages/{messageId}', kind: 'hang' });
  await ada.says(space, 'list');
  await expect.poll(async () => (await fate.calls('GET', '/messages/{messageId}')).length, eventually).toBe(1);
  signal('SIGINT');
  expect(await stop()).toBe(1);
});
