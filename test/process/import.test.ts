// The program is killed at random while it writes an import, and started again: each row is written once, and audited once.

import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { expect, it, onTestFinished, vi } from 'vitest';
import { rows as rowsOf } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open/open.ts';
import { queues } from '../../src/features.ts';
import { TEST_DRIVER } from '../helpers/database.ts';
import { idsSaid, saidSoFar } from '../helpers/story.ts';
import { titlesOf } from '../helpers/test-app.ts';
import { openPremises } from './program.ts';

/** Enough for four steps of several batches each. */
const rowCount = 4_000;
/** Each start of the embedded database costs a processor three seconds. */
const kills = TEST_DRIVER === 'pglite' ? 1 : 3;
const patience = 240_000;

it('writes each row once, however often it is killed', { timeout: 2 * patience }, async () => {
  const home = await openPremises();
  onTestFinished(() => home.close());
  await home.start();
  const { ada, store } = home;
  const space = home.room('direct');
  const after = await saidSoFar(ada, space);
  const lines = Array.from({ length: rowCount }, (_, index) => `Customer ${index},${randomUUID()}`);
  const file = ['name,account_number_external', ...lines].join('\n');
  await ada.sendsFile(space, 'import', { name: 'many.csv', bytes: file });
  const card = await ada.reads(space, (message) => titlesOf(message).includes('Confirm'), { after });
  await ada.clicks(card, 'Confirm');
  await ada.reads(space, /Transaction \d+ writes them/, { after });
  for (let kill = 0; kill < kills; kill++) {
    await sleep(randomInt(1_500));
    await home.kill();
    await home.start();
  }
  const said = (words: RegExp) => idsSaid(home, ada, { space, words, after });
  const links = () => said(/connect links/);
  await vi.waitFor(async () => expect(await links()).toHaveLength(1), { timeout: patience, interval: 500 });
  expect(await said(new RegExp(`${rowCount} organizations imported`))).toHaveLength(1);
  await home.stop();

  const database = await openDatabase({ url: store.url, dataDir: store.dataDir, queues });
  try {
    const [counted] = await rowsOf<Record<string, number>>(
      database.db,
      sql`select (select count(*)::int from organizations) as records,
        (select count(distinct organization_id)::int from audit_entries where act = 'organization.added') as audited,
        (select count(*)::int from audit_entries where act = 'organization.added') as entries,
        (select count(*)::int from import_rows where outcome = 'created' and values is null) as written`,
    );
    expect(counted).toEqual({ records: rowCount, audited: rowCount, entries: rowCount, written: rowCount });
  } finally {
    await database.close();
  }
});
