// `npm run audit:verify` as an operator runs it: beside a running service on PostgreSQL, between two starts on the embedded database.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../src/db/open/open.ts';
import { queues } from '../../src/features.ts';
import { addOrganization } from '../helpers/story.ts';
import { encryptionKey, main, openPremises } from './program.ts';

it('audit:verify says that all is as it was written, or names the first broken row', { timeout: 420_000 }, async () => {
  const home = await openPremises();
  onTestFinished(() => home.close());
  const { start, stop, ada, store, simulator } = home;
  async function verify(...given: string[]) {
    const env = {
      PATH: process.env['PATH'],
      WEBEX_API_URL: simulator.apiUrl,
      WEBEX_BOT_TOKEN: simulator.bot.token,
      WEBEX_CLIENT_ID: simulator.integration.clientId,
      WEBEX_CLIENT_SECRET: simulator.integration.clientSecret,
      WEBHOOK_SECRET: 'a webhook secret of the tests',
      ADMINS: 'ada@meridian.example',
      ENCRYPTION_KEYS: `test:${encryptionKey.toString('base64')}`,
      ...store.env,
    };
    const args = [join(main, '../audit-verify.js'), ...given];
    const child = spawn(process.execPath, args, { cwd: store.dataDir, env, stdio: 'pipe' });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, output };
  }
  async function tamper(statement: string) {
    const database = await openDatabase({ ...store, queues });
    await database.db.execute(sql.raw(statement));
    await database.close();
  }

  await start();
  await addOrganization(home, ada, { space: home.room('direct'), name: 'Acme Robotics' });
  expect(await stop()).toBe(0);

  const whole = await verify();
  expect(whole).toMatchObject({
    code: 0,
    output: expect.stringMatching(/All \d+ entries of the audit are as they were/),
  });
  const [, end = ''] = /It ends with (\d+:[\w-]+)/.exec(whole.output) ?? [];
  expect(await verify(end)).toMatchObject({ code: 0 });
  expect(await verify('somewhere')).toMatchObject({
    code: 1,
    output: expect.stringContaining('is no end of the audit'),
  });
  const [, hash = ''] = end.split(':');
  expect(await verify(`99:${hash}`)).toMatchObject({ code: 1, output: expect.stringContaining('it was removed') });

  await tamper("update audit_entries set by_email = 'eve@meridian.example' where sequence = 2");
  expect(await verify()).toMatchObject({
    code: 1,
    output: expect.stringContaining('The first broken row is entry 2: it is not as it was written.'),
  });
});
