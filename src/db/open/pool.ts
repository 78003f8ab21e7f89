// The connections of one process to a PostgreSQL. Each is lent to one statement or transaction at a time, and replaced once it is lost.

import type { Sql } from 'postgres';
import { DatabaseUnavailable } from '../unavailable.ts';
import { type Connection, type ConnectionOptions, openConnection, type TypeMaps } from './connection.ts';
import type { Ask, Tx } from './transaction.ts';

/** A connection is replaced after 30 to 60 minutes, so that a server behind a changed name is found. */
const leastLifeMs = 30 * 60_000;
const closeMs = 5_000;

export interface Pool {
  /** For `drizzle()`. It has what Drizzle uses of a postgres.js client. */
  client: Sql;
  ask: Ask;
  transaction: Connection['transaction'];
  /** Waits for what runs, up to five seconds. */
  close(): Promise<void>;
}

interface Pooled {
  connection: Connection;
  goodUntilMs: number;
}

export interface PoolOptions extends Pick<ConnectionOptions, 'server' | 'hasSessionLimits'> {
  size: number;
  /** Those of a connection that has asked the server. */
  types: TypeMaps;
}

export function createPool({ size, types: known, ...options }: PoolOptions): Pool {
  const types: TypeMaps = { parsers: { ...known.parsers }, serializers: { ...known.serializers } };
  const all = new Set<Pooled>();
  const idle: Pooled[] = [];
  const waiting: { resolve(pooled: Pooled): void; reject(error: Error): void }[] = [];
  let isClosing = false;
  let settled = () => {};

  function open(): Pooled {
    const goodUntilMs = performance.now() + leastLifeMs * (1 + Math.random());
    const pooled: Pooled = {
      connection: openConnection({ ...options, types, ended: () => remove(pooled) }),
      goodUntilMs,
    };
    all.add(pooled);
    return pooled;
  }

  function remove(pooled: Pooled): void {
    if (!all.delete(pooled)) return;
    const at = idle.indexOf(pooled);
    if (at >= 0) idle.splice(at, 1);
    const next = isClosing ? undefined : waiting.shift();
    next?.resolve(open());
  }

  function borrow(): Pooled | Promise<Pooled> {
    if (isClosing) throw closed();
    const pooled = idle.pop();
    if (pooled) return pooled;
    if (all.size < size) return open();
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  }

  function giveBack(pooled: Pooled): void {
    const { connection, goodUntilMs } = pooled;
    if (connection.isLost()) return;
    if (isClosing) {
      idle.push(pooled);
      if (idle.length === all.size) settled();
      return;
    }
    if (performance.now() > goodUntilMs) {
      remove(pooled);
      void connection.close();
      return;
    }
    const next = waiting.shift();
    if (next) next.resolve(pooled);
    else idle.push(pooled);
  }

  async function lend<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const pooled = await borrow();
    try {
      return await work(pooled.connection);
    } catch (error) {
      // Whatever silenced this connection silenced those that nobody uses, too: each would keep somebody waiting as long.
      if (error instanceof DatabaseUnavailable) for (const other of [...idle]) other.connection.drop(error);
      throw error;
    } finally {
      giveBack(pooled);
    }
  }

  const ask: Ask = (...statement) => lend((connection) => connection.ask(...statement));
  const transaction: Connection['transaction'] = (work) => lend((connection) => connection.transaction(work));

  return {
    client: asDriver({ ask, transaction, types }),
    ask,
    transaction,
    async close() {
      isClosing = true;
      for (const { reject } of waiting.splice(0)) reject(closed());
      if (idle.length < all.size) {
        let timer: NodeJS.Timeout | undefined;
        await new Promise<void>((resolve) => {
          settled = resolve;
          timer = setTimeout(resolve, closeMs);
        });
        clearTimeout(timer);
      }
      const unused = [...idle];
      for (const pooled of all) if (!unused.includes(pooled)) pooled.connection.drop(closed());
      await Promise.all(unused.map(({ connection }) => connection.close()));
    },
  };
}

const closed = () => new DatabaseUnavailable('the database is closed', { code: 'CONNECTION_ENDED' });

/**
 * What Drizzle uses of a client of postgres.js. Drizzle asks postgres.js not to prepare, so that each statement costs a second round trip and a new plan.
 * Here statements are prepared, which costs both once a connection. Statements inside transactions are not: each runs too seldom to matter.
 */
function asDriver({ ask, transaction, types }: Pick<Connection, 'ask' | 'transaction'> & { types: TypeMaps }): Sql {
  const statementsOf = (run: Ask, prepare: boolean) => (text: string, values: Parameters<Ask>[1]) => {
    let asArrays = false;
    // Drizzle asks for arrays after the call, in the same turn.
    const rows = Promise.resolve().then(() => run(text, values, { prepare, asArrays }));
    return Object.assign(rows, {
      values() {
        asArrays = true;
        return rows;
      },
    });
  };
  const clientOf = (tx: Tx) => ({
    options: types,
    unsafe: statementsOf(tx.ask, false),
    savepoint: (work: (client: unknown) => Promise<unknown>) => tx.transaction((inner) => work(clientOf(inner))),
  });
  const client = {
    options: types,
    unsafe: statementsOf(ask, true),
    begin: (work: (client: unknown) => Promise<unknown>) => transaction((tx) => work(clientOf(tx))),
  };
  return client as unknown as Sql;
}
