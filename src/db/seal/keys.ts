// The keys that the store is sealed with: a start with others is refused, and an operator sees which are in use.

import { like } from 'drizzle-orm';
import type { Db } from '../database.ts';
import { flags } from '../flags.schema.ts';
import { clearFlag, setFlagOnce } from '../flags.ts';
import { createSealer, SealError, type SealedPlace, type SealKey } from './seal.ts';
import { placeIn } from './sealed-places.ts';
import { anySealedBy, countByKey } from './sealed-values.ts';

/** One flag a key in use. Its value is a known text, sealed by the key: by that a start knows the key without reading any secret. */
const prefix = 'sealed with ';
const knownText = 'hubkeeper';

/**
 * The ids of the keys that values of the store are sealed with, in the order in which they came into use. A key that seals nothing any more costs a look at
 * every row.
 */
export async function keysInUse(db: Db): Promise<string[]> {
  const used: string[] = [];
  for (const { id } of await readKeyFlags(db)) if (await anySealedBy(db, id)) used.push(id);
  return used;
}

async function readKeyFlags(db: Db): Promise<{ id: string; proof: string }[]> {
  const found = await db
    .select({ name: flags.name, value: flags.value })
    .from(flags)
    .where(like(flags.name, `${prefix}%`))
    .orderBy(flags.setAt, flags.name);
  return found.map(({ name, value }) => ({ id: name.slice(prefix.length), proof: value }));
}

/**
 * Compares the keys with those that the store is sealed with, and notes the first as in use. It reads all sealed values only where a store of an earlier
 * version is opened first, or where a key in use is missing.
 * @throws where a key in use is missing or another one: a sentence that names the ids of all keys in use
 */
export async function checkKeys(db: Db, { keys, now }: { keys: SealKey[]; now: Date }): Promise<void> {
  const known = await readKeyFlags(db);
  if (known.length === 0) await adopt(db, { keys, now });
  else await refuseOthers(db, { keys, known });
  const [first] = keys;
  if (first) await noteKey(db, { key: first, now });
}

/** Sets the key's flag. Where another process has set it meanwhile, that one's must be the same key. */
async function noteKey(db: Db, { key, now }: { key: SealKey; now: Date }): Promise<void> {
  const value = createSealer([key]).seal(knownText, proofPlace(key.id));
  if (await setFlagOnce(db, { name: prefix + key.id, value, now })) return;
  await refuseOthers(db, { keys: [key], known: (await readKeyFlags(db)).filter(({ id }) => id === key.id) });
}

/** A store that knows no keys yet: new, or of an earlier version. */
async function adopt(db: Db, { keys, now }: { keys: SealKey[]; now: Date }): Promise<void> {
  const used: SealKey[] = [];
  for (const id of (await countByKey(db)).keys()) {
    const key = keys.find((candidate) => candidate.id === id);
    if (!key) throw await notOpened(db, `the key ${id} is missing`);
    const sample = await anySealedBy(db, id);
    if (sample && !opens(key, sample.sealed, placeIn(sample.at, sample.id))) {
      throw await notOpened(db, `${id} is another key than the one that was used`);
    }
    used.push(key);
  }
  for (const key of used) await noteKey(db, { key, now });
}

async function refuseOthers(
  db: Db,
  { keys, known }: { keys: SealKey[]; known: { id: string; proof: string }[] },
): Promise<void> {
  for (const { id, proof } of known) {
    const key = keys.find((candidate) => candidate.id === id);
    if (key) {
      if (opens(key, proof, proofPlace(id))) continue;
      throw await notOpened(db, `${id} is another key than the one that was used`);
    }
    if (await anySealedBy(db, id)) throw await notOpened(db, `the key ${id} is missing`);
    // Nothing is sealed with it any more: it was replaced, value by value.
    await clearFlag(db, prefix + id);
  }
}

async function notOpened(db: Db, why: string): Promise<Error> {
  const counts = [...(await countByKey(db))].map(([id, count]) => `${id} (${count} values)`);
  return new Error(
    `ENCRYPTION_KEYS does not open what is stored: ${why}. Keys in use: ${counts.join(', ') || 'none'}. ` +
      'Start with those keys. Nothing was changed.',
  );
}

const proofPlace = (id: string): SealedPlace => ({ table: 'markers', column: 'value', id: prefix + id });

function opens(key: SealKey, sealed: string, place: SealedPlace): boolean {
  try {
    createSealer([key]).open(sealed, place);
    return true;
  } catch (error) {
    if (error instanceof SealError) return false;
    throw error;
  }
}
