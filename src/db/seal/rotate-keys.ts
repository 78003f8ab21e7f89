// Seals everything anew with the first key, batch by batch, beside services that go on working.

import type { Db } from '../database.ts';
import { createSealer, type SealKey } from './seal.ts';
import { placeIn, type SealedColumn, sealedColumns } from './sealed-places.ts';
import { countByKey, replaceSealed, sealedByOthers } from './sealed-values.ts';

export interface RotateOptions {
  db: Db;
  keys: SealKey[];
  /** Told after each batch. */
  progress(done: { table: string; column: string; count: number }): void;
  /** Waits before what was left is tried again. */
  pause(): Promise<void>;
}

export interface Rotated {
  count: number;
  /** Values that are still sealed with other keys, by key: they were changed again and again, or being refreshed, while this ran. */
  left: ReadonlyMap<string, number>;
}

const batchSize = 200;
/** Each begins where rows were left that a service worked on. */
const mostPasses = 20;

/**
 * Replaces a value only where it is still the one that was read, so that what a service saves meanwhile stays. Killed and started again, it goes on where it
 * was.
 * @throws SealError where a key is missing or wrong
 */
export async function rotateKeys({ db, keys, progress, pause }: RotateOptions): Promise<Rotated> {
  const [first] = keys;
  if (first === undefined) throw new Error('there is no key to seal with');
  const sealer = createSealer(keys);
  let count = 0;

  async function rotateColumn(at: SealedColumn): Promise<void> {
    for (let after: string | undefined; ; ) {
      const values = await sealedByOthers(db, at, { keyId: first?.id ?? '', after, limit: batchSize });
      let replaced = 0;
      for (const { id, sealed } of values) {
        const place = placeIn(at, id);
        const to = sealer.seal(sealer.open(sealed, place), place);
        if (await replaceSealed(db, at, { row: id, from: sealed, to })) replaced++;
      }
      count += replaced;
      if (replaced > 0) progress({ table: at.table, column: at.column, count: replaced });
      if (values.length < batchSize) return;
      after = values.at(-1)?.id;
    }
  }

  const leftOf = async () => new Map([...(await countByKey(db))].filter(([id]) => id !== first.id));
  let left = await leftOf();
  for (let pass = 0; left.size > 0 && pass < mostPasses; pass++) {
    if (pass > 0) await pause();
    for (const at of sealedColumns) await rotateColumn(at);
    left = await leftOf();
  }
  return { count, left };
}
