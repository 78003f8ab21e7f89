// Makes `dump.sql` and `statements.json`: run by `npm run version-before`, on a version that was released, before the next one changes the database.
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { expect, inject, it } from 'vitest';
import { eventually } from '../../helpers/story.ts';
import { startTestApp } from '../../helpers/test-app.ts';
import { binaries } from '../own-postgres.ts';
import { journeys, live } from './life.ts';
import { firstNumbers } from './own-ids.ts';
import { markOf, readJourneys } from './record.ts';
import { dumpedAt, moved, worldOf } from './world.ts';
import { writeRecord } from './write-record.ts';

const folder = import.meta.dirname;

/** A dump needs one of each kind, not all that was ever handled. */
async function removeTheMany(owner: postgres.Sql): Promise<void> {
  await owner`delete from inbox_events where outcome is not null and id not in (select min(id) from inbox_events group by resource, event, outcome)`;
  await owner`delete from pgboss.job where state = 'completed' and id not in (select max(id::text)::uuid from pgboss.job group by name)`;
  await owner`delete from notices where delivered_at is not null and id not in (select max(id::text)::uuid from notices group by kind)`;
}

it('makes the dump and the record', async () => {
  const testApp = await startTestApp();
  const ada = testApp.as('ada@meridian.example');
  const scene = { testApp, ada, space: testApp.room('direct'), group: testApp.room('group') };
  const { release } = await live(scene);
  const url = testApp.store.url ?? '';
  const world = worldOf(testApp.simulator);
  const named = (text: string) =>
    [...world]
      .toSorted(([, a], [, b]) => b.length - a.length)
      .reduce((done, [name, value]) => done.replaceAll(value, name), text);

  const owner = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'the recorder' } });
  await removeTheMany(owner);
  const { stdout } = await promisify(execFile)(
    join(binaries ?? '', 'pg_dump'),
    ['--inserts', '--no-owner', '--no-privileges', '--no-comments', url],
    { maxBuffer: 2 ** 27 },
  );
  const now = testApp.simulator.now();
  const back = (from: Date) => dumpedAt.getTime() - from.getTime();
  const [byApp, byDatabase] = [back(now), back(new Date())];
  const dump = stdout
    .split('\n')
    .filter((line) => line !== '' && !/^(--|\\|SET )/.test(line))
    // Jobs live by the database's clock, all else by the service's.
    .map((line) => moved(line, /^INSERT INTO pgboss\./.test(line) ? byDatabase : byApp))
    .join('\n');
  await writeFile(join(folder, 'dump.sql'), `-- A database of the version before. See README.md.\n${named(dump)}\n`);

  for (const [table, first] of Object.entries(firstNumbers)) {
    await owner.unsafe(`alter sequence ${table}_id_seq restart ${first}`);
  }
  await release();
  await expect.poll(() => testApp.isIdle(), eventually).toBe(true);
  for (const [name, run] of await journeys(scene)) {
    await owner.unsafe(markOf(name));
    process.stderr.write(`${name}\n`);
    await run();
    await expect.poll(() => testApp.isIdle(), eventually).toBe(true);
  }
  await owner.unsafe(markOf('end'));
  const made = await owner.unsafe<{ id: string; organization: string }[]>(
    `select id, organization_id as organization from transactions where id >= ${firstNumbers.transactions} order by id`,
  );
  await owner.end();
  const recorded = await readJourneys(inject('statementLog'), new URL(url).pathname.slice(1));
  await writeRecord({
    recorded,
    made: made.map(({ id, organization }) => ({ id: Number(id), organization })),
    dump: stdout,
    named,
    byApp,
  });
  await testApp.close();
});
