// The sealer of an open store, found by a transaction too: what is written into every transaction, such as the audit, need not be handed one.

import type { Db } from './database.ts';
import type { Sealer } from './seal/seal.ts';

const sealers = new WeakMap<object, Sealer>();

/** Gives a store its sealer. From then on `sealerOf` finds it by the store's `db` and by each transaction of it. */
export function bindSealer(db: Db, sealer: Sealer): void {
  sealers.set(dialectOf(db), sealer);
}

/** @throws where the store was given none: whatever opens a store to write to it calls `bindSealer` */
export function sealerOf(db: Db): Sealer {
  const sealer = sealers.get(dialectOf(db));
  if (!sealer) throw new Error('the store has no sealer: call bindSealer once it is open');
  return sealer;
}

/** The one object that Drizzle hands from a database to all of its transactions. Each `drizzle()` makes its own. Drizzle's types leave it out. */
function dialectOf(db: Db): object {
  const dialect: unknown = Reflect.get(db, 'dialect');
  if (typeof dialect !== 'object' || dialect === null) throw new Error('Drizzle keeps its dialect elsewhere now');
  return dialect;
}
