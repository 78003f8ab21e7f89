// The embedded database's work: in the order in which it was given, and never two pieces in one turn of the event loop.
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTurns } from '../../src/db/open/turns.ts';
import { openTestDatabase, TEST_DRIVER, type TestDatabase } from '../helpers/database.ts';

let turn = 0;
let counting: NodeJS.Immediate;
beforeEach(() => {
  const count = () => {
    turn += 1;
    counting = setImmediate(count);
  };
  counting = setImmediate(count);
});
afterEach(() => clearImmediate(counting));

/** Notes the name and the turn of whatever ends. */
function aLog() {
  const names: string[] = [];
  const turns: number[] = [];
  const note = (name: string) => {
    names.push(name);
    turns.push(turn);
  };
  return { names, turns, note };
}

describe('a queue of turns', () => {
  it('O2: runs what it is given in that order, each in a turn of its own', async () => {
    const inTurn = createTurns();
    const { names, turns, note } = aLog();
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => inTurn(async () => note(name))));
    expect(names).toEqual(['a', 'b', 'c', 'd']);
    expect(new Set(turns).size).toBe(4);
  });

  it('begins nothing before the last has ended, however long that takes', async () => {
    const inTurn = createTurns();
    const { names, note } = aLog();
    let end = () => {};
    const long = inTurn(async () => {
      await new Promise<void>((resolve) => {
        end = resolve;
      });
      note('long');
    });
    const short = inTurn(async () => note('short'));
    const turnNow = turn;
    while (turn < turnNow + 10) await new Promise(setImmediate);
    expect(names).toEqual([]);
    end();
    await Promise.all([long, short]);
    expect(names).toEqual(['long', 'short']);
  });

  it('puts what comes later behind all that waits, even where it comes from what has just run', async () => {
    const inTurn = createTurns();
    const { names, note } = aLog();
    const first = inTurn(async () => note('first')).then(() => inTurn(async () => note('what follows the first')));
    const second = inTurn(async () => note('second'));
    const third = inTurn(async () => note('third'));
    await Promise.all([first, second, third]);
    expect(names).toEqual(['first', 'second', 'third', 'what follows the first']);
  });

  it('goes on after a failure, which reaches whoever gave the work', async () => {
    const inTurn = createTurns();
    const failing = inTurn(() => Promise.reject(new Error('not this one')));
    const following = inTurn(async () => 'done');
    await expect(failing).rejects.toThrow('not this one');
    expect(await following).toBe('done');
  });
});

if (TEST_DRIVER === 'pglite') {
  describe('the embedded database', () => {
    let store: TestDatabase;
    beforeAll(async () => {
      store = await openTestDatabase();
    });
    afterAll(() => store.close());

    it('gives statements, scripts and transactions their turns in the order in which they were asked', async () => {
      const { names, turns, note } = aLog();
      const { db, database } = store;
      await Promise.all([
        db.execute(sql`select 1`).then(() => note('statement')),
        db
          .transaction(async (tx) => {
            await tx.execute(sql`select 2`);
            await tx.execute(sql`select 3`);
          })
          .then(() => note('transaction')),
        database.executeSql('select $1::int', [4]).then(() => note('statement of the job engine')),
        database.executeSql('select 5; select 6').then(() => note('script of the job engine')),
        db.execute(sql`select 7`).then(() => note('last statement')),
      ]);
      expect(names).toEqual([
        'statement',
        'transaction',
        'statement of the job engine',
        'script of the job engine',
        'last statement',
      ]);
      expect(new Set(turns).size).toBe(5);
    });

    it('lets the event loop come round between the statements of callbacks that came together', async () => {
      const { turns, note } = aLog();
      const commands = Array.from({ length: 50 }, async () => {
        for (const number of [1, 2, 3]) {
          await store.db.execute(sql`select ${number}::int`);
          note(String(number));
        }
      });
      await Promise.all(commands);
      expect(turns).toHaveLength(150);
      expect(new Set(turns).size).toBe(150);
    });
  });
}
