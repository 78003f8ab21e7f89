// `npm run keys:rotate` as an operator runs it: beside a running service on PostgreSQL, between two starts on the embedded database.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { TEST_DRIVER } from '../helpers/database.ts';
import { addOrganization } from '../helpers/story.ts';
import { consent, linkOf } from '../helpers/test-app.ts';
import { encryptionKey, main, openPremises } from './program.ts';

const oldKey = `test:${encryptionKey.toString('base64')}`;
const newKey = `k2:${Buffer.alloc(32, 9).toString('base64')}`;

// Ten processes one after the other, beside all that the suite runs.
it('D4: keys:rotate seals everything anew, and the old key may go', { timeout: 300_000 }, async () => {
  const home = await openPremises();
  onTestFinished(() => home.close());
  const { start, stop, ada, store, simulator } = home;
  const space = home.room('direct');
  async function rotate(keys: string) {
    const env = {
      PATH: process.env['PATH'],
      WEBEX_API_URL: simulator.apiUrl,
      WEBEX_BOT_TOKEN: simulator.bot.token,
      WEBEX_CLIENT_ID: simulator.integration.clientId,
      WEBEX_CLIENT_SECRET: simulator.integration.clientSecret,
      WEBHOOK_SECRET: 'a webhook secret of the tests',
      ADMINS: 'ada@meridian.example',
      ENCRYPTION_KEYS: keys,
      ...store.env,
    };
    const child = spawn(process.execPath, [join(main, '../rotate-keys.js')], {
      cwd: store.dataDir,
      env,
      stdio: 'pipe',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, output };
  }

  await start();
  const { saved, after } = await addOrganization(home, ada, { space, name: 'Acme Robotics' });
  await fetch(await consent(linkOf(saved), 'carol@acme.example'));
  await ada.reads(space, /Connect Acme Robotics\*\* – Success/, { after });
  expect(await stop()).toBe(0);

  await start({ ENCRYPTION_KEYS: `${newKey},${oldKey}` });
  if (TEST_DRIVER === 'pglite') {
    // The embedded database serves one process.
    expect(await rotate(`${newKey},${oldKey}`)).toMatchObject({
      code: 1,
      output: expect.stringMatching(/in use by process \d+/),
    });
    expect(await stop()).toBe(0);
  }
  const rotated = await rotate(`${newKey},${oldKey}`);
  expect(rotated.output).toMatch(/connections\.refresh_token: 1 values[\s\S]*Everything is sealed with k2/);
  expect(rotated.code).toBe(0);
  expect(await rotate(`${newKey},${oldKey}`)).toMatchObject({ code: 0, output: expect.stringMatching(/^0 values/m) });
  expect((await rotate(newKey)).code).toBe(0);

  expect(await stop()).not.toBe(1);
  await start({ ENCRYPTION_KEYS: newKey });
  await ada.says(space, 'refresh acme');
  await ada.reads(space, /Acme Robotics (has a new access token|is refreshed)/);
  await ada.says(space, 'settings');
  await ada.reads(space, /Encryption keys in use:\*\* k2/);
  expect(await stop()).toBe(0);
  // S8: what a machine reads of the service is JSON, line by line.
  const lines = home.printed().trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toContainEqual(
    expect.objectContaining({ msg: expect.stringMatching(/^Hubkeeper is running at/) }),
  );
  await expect(start({ ENCRYPTION_KEYS: oldKey })).rejects.toThrow(/the key k2 is missing/);
});
