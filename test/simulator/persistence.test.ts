// The world outlives the process: after a stop, and after a process that was killed a moment after the last change.

import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { readWorld } from '../../src/simulator/store.ts';
import { patiently } from '../helpers/patience.ts';
import { grantBy, refresh } from './grant.ts';
import {
  call,
  card,
  control,
  organizationNamed,
  personNamed,
  REDIRECT_URI,
  roomOf,
  startSimulator,
} from './local-webex.ts';

async function dataFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'simulator-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'sub', 'world.json');
}

describe('a world in a file', () => {
  it('is the same after a restart: identities, messages, webhooks, grants, switches and the clock', async () => {
    const file = await dataFile();
    const first = await startSimulator({ dataFile: file });
    const roomId = roomOf(first, 'group').id;
    const attachments = [card({ body: [{ type: 'TextBlock', text: 'entries' }] })];
    const said = await call(first, first.bot.token, 'POST', '/messages', { roomId, text: 'Still here', attachments });
    const webhook = { name: 'x', targetUrl: 'http://localhost:1/x', resource: 'memberships', event: 'created' };
    const hook = await call(first, first.bot.token, 'POST', '/webhooks', webhook);
    const grant = await grantBy(first, 'carol@acme.example');
    await control(first, 'PUT', '/switches', { refreshToken: 'replaced' });
    await control(first, 'POST', '/clock', { advanceMs: 86_400_000 });
    await first.stop();

    const second = await startSimulator({ dataFile: file });
    expect(second.bot).toEqual(first.bot);
    expect(second.people).toEqual(first.people);
    expect(second.integration).toEqual(first.integration);
    const message = await call(second, second.bot.token, 'GET', `/messages/${said.body.id}`);
    expect(message.body).toEqual(said.body);
    expect((await call(second, second.bot.token, 'GET', `/webhooks/${hook.body.id}`)).body).toEqual(hook.body);
    expect((await control(second, 'GET', '/clock')).body).toMatchObject({ offsetMs: 86_400_000 });
    const renewed = await refresh(second, grant.refresh_token);
    expect(renewed.status).toBe(200);
    expect(renewed.body.refresh_token).not.toBe(grant.refresh_token);
  });

  it('D5: with many grants starts again, and so does one of which an earlier version kept no own tokens', async () => {
    const file = await dataFile();
    const first = await startSimulator({ dataFile: file });
    const { items } = (await control(first, 'POST', '/grants', { count: 300 })).body as unknown as {
      items: { administrator: { email: string }; refreshToken: string }[];
    };
    await first.stop();
    const second = await startSimulator({ dataFile: file });
    expect(second.people).toHaveLength(first.people.length + 300);
    const renewed = await refresh(second, items.at(-1)?.refreshToken ?? '');
    expect(renewed.status).toBe(200);
    await second.stop();
    const stored = JSON.parse(await readFile(file, 'utf8'));
    const emails = new Set(items.map(({ administrator }) => administrator.email));
    const added = new Set(
      stored.people.entries.flatMap(([id, { email }]: [string, { email: string }]) => (emails.has(email) ? [id] : [])),
    );
    stored.authorizations.entries = stored.authorizations.entries.filter(
      ([, row]: [string, { personId: string; clientId?: string }]) =>
        row.clientId !== undefined || !added.has(row.personId),
    );
    await writeFile(file, JSON.stringify(stored));
    const third = await startSimulator({ dataFile: file });
    const { email, token } = third.people.at(-1) ?? { email: '', token: '' };
    expect((await call(third, token, 'GET', '/people/me')).body).toMatchObject({ emails: [email] });
  });

  it('is written without a stop, whole, and readable by its owner alone', async () => {
    const file = await dataFile();
    const simulator = await startSimulator({ dataFile: file });
    const message = { roomId: roomOf(simulator, 'group').id, text: 'Just said' };
    const { body } = await call(simulator, personNamed(simulator, 'ada').token, 'POST', '/messages', message);
    await vi.waitFor(async () => expect((await readWorld(file))?.messages.has(body.id)).toBe(true), patiently);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(file, '..'))).toEqual(['world.json']);
  });

  it('of an earlier version opens, with what it did not have yet', async () => {
    const file = await dataFile();
    const first = await startSimulator({ dataFile: file });
    await first.stop();
    const {
      wholesaleCustomers: _,
      wholesaleSubscribers: __,
      contactCenters: ___,
      ...earlier
    } = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, JSON.stringify(earlier));
    const second = await startSimulator({ dataFile: file });
    expect(second.people).toEqual(first.people);
    const cobalt = organizationNamed(second, 'Cobalt').id;
    expect((await readWorld(file))?.contactCenters.get(cobalt)?.region).toBe('us1');
    const { body } = await call(second, personNamed(second, 'ada').token, 'GET', '/wholesale/customers');
    expect(body.items).toHaveLength(1);
  });

  it('is not written by a simulator that found its port taken', async () => {
    const file = await dataFile();
    const first = await startSimulator({ dataFile: file });
    await first.stop();
    const second = await startSimulator();
    const late = await createSimulator({
      ...{ port: Number(new URL(second.url).port), redirectUris: [REDIRECT_URI] },
      dataFile: join(file, '..', 'late.json'),
    });
    await expect(late.start()).rejects.toThrow('EADDRINUSE');
    await late.stop();
    expect(await readdir(join(file, '..'))).toEqual(['world.json']);
  });

  it('is not begun anew over a file that cannot be read', async () => {
    const file = join(await dataFile(), '..', '..', 'broken.json');
    await writeFile(file, '{"version":2}');
    await expect(createSimulator({ port: 0, redirectUris: [REDIRECT_URI], dataFile: file })).rejects.toThrow(
      'broken.json',
    );
  });

  it('has ids and secrets of its own', async () => {
    const [one, other] = [await startSimulator(), await startSimulator()];
    expect(one.bot.token).not.toBe(other.bot.token);
    expect(one.integration.clientSecret).not.toBe(other.integration.clientSecret);
    expect(personNamed(one, 'ada').personId).not.toBe(personNamed(other, 'ada').personId);
  });
});

describe('starting and stopping', () => {
  it('starts once however often it is asked, and tells where a taken port stands in the way', async () => {
    const simulator = await startSimulator();
    await simulator.start();
    const port = Number(new URL(simulator.url).port);
    const second = await createSimulator({ port, redirectUris: [] });
    await expect(second.start()).rejects.toThrow('EADDRINUSE');
    await second.stop();
  });

  it('has no address before it is started', async () => {
    const simulator = await createSimulator({ port: 0, redirectUris: [] });
    expect(() => simulator.url).toThrow('not started');
  });
});
