// The database's two drivers: what is said of their errors, and how a URL becomes a connection.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeDatabaseError, rows } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open/open.ts';
import { queues } from '../../src/features.ts';
import { openTestDatabase, TEST_DRIVER, type TestDatabase } from '../helpers/database.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());

describe('what is logged of a database error', () => {
  it('is its message and code, without the query and its parameters', async () => {
    const query = store.db.execute(sql`select ${'a secret parameter'}::text from nowhere`);
    const error = await query.then(
      () => undefined,
      (failure: unknown) => failure,
    );
    expect(describeDatabaseError(error)).toEqual({ message: 'relation "nowhere" does not exist', code: '42P01' });
  });

  it.each([
    ['a failure of the system', Object.assign(new Error('connect refused'), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    ['an error without a code', new Error('odd'), undefined],
    ['something that is no error', 'odd', undefined],
  ])('is the code of %s', (_case, error, code) => {
    expect(describeDatabaseError(error).code).toBe(code);
  });
});

describe.runIf(TEST_DRIVER === 'pglite')('the vacuum of the embedded database', () => {
  it('reclaims deleted rows, and leaves pages that counts need not read', async () => {
    const { db, vacuum } = store.database;
    await db.execute(
      sql`insert into markers (name, value, set_at) select 'vacuumed ' || n, repeat('x', 200), now() from generate_series(1, 2000) n`,
    );
    const size = async () =>
      (
        await rows<{ pages: number; visible: number }>(
          db,
          sql`select (pg_relation_size('markers') / 8192)::int as pages, relallvisible as visible from pg_class where oid = 'markers'::regclass`,
        )
      )[0];
    await vacuum();
    const full = await size();
    expect(full?.pages).toBeGreaterThan(50);
    expect(full?.visible).toBe(full?.pages);
    await db.execute(sql`delete from markers where name like 'vacuumed %'`);
    await vacuum();
    expect((await size())?.pages).toBeLessThan(5);
  });
});

describe.runIf(TEST_DRIVER === 'postgres')('DATABASE_URL', () => {
  const opened = (query: string) => openDatabase({ url: `${store.url}?${query}`, dataDir: store.dataDir, queues });

  it.each([
    'schema=public',
    'pgbouncer=true&connection_limit=1',
    'sslmode=prefer&channel_binding=prefer',
    'sslmode=disable&gssencmode=disable&target_session_attrs=read-write',
    'target_session_attrs=any&application_name=mine&options=-c%20statement_timeout%3D60000',
    'statement_timeout=60000',
  ])('D1: with %s opens', async (query) => {
    const database = await opened(query);
    const answers = await Promise.all(
      [1, 2, 3].map((number) => database.executeSql('select $1::int as number', [number])),
    );
    expect(answers.map(({ rows }) => rows)).toEqual([[{ number: 1 }], [{ number: 2 }], [{ number: 3 }]]);
    await database.close();
  });

  it.each([
    ['channel_binding', 'channel_binding=require'],
    ['no_such_parameter', 'no_such_parameter=1'],
    ['statement_timeout', 'statement_timeout=soon'],
    ['sslmode', 'sslmode=require'],
    ['sslrootcert', 'sslmode=verify-full&sslrootcert=/no/such/file.pem'],
  ])('D1: names %s where %s cannot be kept', async (name, query) => {
    await expect(opened(query)).rejects.toThrow(new RegExp(`DATABASE_URL.*${name}|${name}.*DATABASE_URL`));
  });
});
