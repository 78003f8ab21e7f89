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

/** Rows of each kind. All of them are enough for four steps. */
const ofEachKind = 500;
/** Each start of the embedded database costs a processor three seconds. */
const kills = TEST_DRIVER === 'pglite' ? 1 : 3;
const patience = 240_000;

const rowsOfKind = (kind: string) =>
  Array.from({ length: ofEachKind }, (_, index) => ({ name: `${kind} ${index}`, number: randomUUID() }));

it('writes each row once, however often it is killed', { timeout: 2 * patience }, async () => {
  const home = await openPremises();
  onTestFinished(() => home.close());
  await home.start();
  const { ada, store } = home;
  const space = home.room('direct');
  await ada.asks(space, 'customers add North', /North/);

  /** Sends the file and confirms it. Returns what waits until all that it says has been said. */
  const imports = async (header: string, lines: readonly string[]) => {
    const after = await saidSoFar(ada, space);
    await ada.sendsFile(space, 'import', { name: 'many.csv', bytes: [header, ...lines].join('\n') });
    const card = await ada.reads(space, (message) => titlesOf(message).includes('Confirm'), { after });
    await ada.clicks(card, 'Confirm');
    await ada.reads(space, /Transaction \d+ writes them/, { after });
    return async (result: RegExp) => {
      const said = (words: RegExp) => idsSaid(home, ada, { space, words, after });
      await vi.waitFor(async () => expect(await said(result)).toHaveLength(1), { timeout: patience, interval: 500 });
    };
  };

  const [renamed, moved, labeled, added] = ['Renamed', 'Moved', 'Labeled', 'New'].map(rowsOfKind);
  if (!renamed || !moved || !labeled || !added) throw new Error('there are four kinds of rows');
  const known = [...renamed, ...moved, ...labeled];
  const first = await imports(
    'name,account_number_external',
    known.map(({ name, number }) => `${name},${number}`),
  );
  await first(new RegExp(`${known.length} organizations imported`));

  const told = await imports('name,account_number_external,customer,labels', [
    ...renamed.map(({ name, number }) => `${name} anew,${number},,`),
    ...moved.map(({ name, number }) => `${name},${number},North,`),
    ...labeled.map(({ name, number }) => `${name},${number},,gold`),
    ...added.map(({ name, number }) => `${name},${number},North,gold`),
  ]);
  for (let kill = 0; kill < kills; kill++) {
    await sleep(randomInt(1_500));
    await home.kill();
    await home.start();
  }
  await told(/connect links/);
  await told(new RegExp(`${4 * ofEachKind} organizations imported`));
  await home.stop();

  const database = await openDatabase({ url: store.url, dataDir: store.dataDir, queues });
  try {
    const audited = (act: string) => sql`(select count(*)::int from audit_entries where act = ${act})`;
    const auditedOnce = (act: string) =>
      sql`(select count(distinct organization_id)::int from audit_entries where act = ${act})`;
    const [counted] = await rowsOf<Record<string, number>>(
      database.db,
      sql`select (select count(*)::int from organizations) as records,
        ${audited('organization.added')} as added, ${auditedOnce('organization.added')} as "addedOnce",
        ${audited('organization.edited')} as edited, ${auditedOnce('organization.edited')} as "editedOnce",
        (select count(*)::int from import_rows where outcome = 'created' and values is null) as created,
        (select count(*)::int from import_rows where outcome = 'updated' and values is null) as updated,
        (select count(*)::int from organizations where name like 'Renamed % anew') as renamed,
        (select count(*)::int from organizations o join customers c on c.id = o.customer_id where c.name = 'North') as "inNorth",
        (select count(*)::int from organization_labels where label = 'gold') as gold`,
    );
    const all = 4 * ofEachKind;
    expect(counted).toEqual({
      ...{ records: all, added: all, addedOnce: all, created: all },
      ...{ edited: 3 * ofEachKind, editedOnce: 3 * ofEachKind, updated: 3 * ofEachKind },
      ...{ renamed: ofEachKind, inNorth: 2 * ofEachKind, gold: 2 * ofEachKind },
    });
  } finally {
    await database.close();
  }
});
