import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeDatabaseError } from '../../src/db/database.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';

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
