// Checks the chain of the audit from its first entry to its last, and names the first that is not as it was written.

import type { Db } from '../db/database.ts';
import { SealError } from '../db/seal/seal.ts';
import { sealerOf } from '../db/store-sealer.ts';
import { entriesBehind, readChain } from './chain.store.ts';
import { type Chain, type ChainKey, firstHead, type Head, hashOf, proofOf } from './chain.ts';
import { openChain } from './open-chain.ts';

const pageSize = 1_000;

/**
 * Why a row is broken. `altered`: it is there, and not as it was written. `missing`: it was removed. `added`: it was not written by Hubkeeper. `end`: the
 * mark of the chain's end is not as it was written, so that entries from this one on may have been removed. `key`: the chain's key is gone or cannot be opened.
 */
export type BrokenBy = 'altered' | 'missing' | 'added' | 'end' | 'key';

export type AuditVerdict =
  | ({ isWhole: true } & Head)
  /** `sequence`: the first broken row. All before it are as they were written. */
  | { isWhole: false; sequence: number; brokenBy: BrokenBy };

export interface VerifyOptions {
  /** An end of the chain that was noted elsewhere, such as in the log: the chain must have grown from it. */
  knownHead?: Head | undefined;
  /** Told after each thousand entries. */
  progress?: (checked: number) => void;
}

/** Reads every entry, while services go on appending. */
export async function verifyAudit(db: Db, options: VerifyOptions = {}): Promise<AuditVerdict> {
  const { knownHead } = options;
  const chain = await readChain(db);
  const key = chain && openedKey(db, chain);
  if (!key) return verifyWithoutKey(db, { knownHead, hasChain: chain !== undefined });
  const verdict = await walk(db, key, options);
  if (verdict.isWhole && knownHead && knownHead.sequence > verdict.sequence) {
    return broken(verdict.sequence + 1, 'missing');
  }
  return verdict;
}

async function walk(db: Db, key: ChainKey, { knownHead, progress }: VerifyOptions): Promise<AuditVerdict> {
  let last = firstHead;
  /** The first entry that was found behind the end. */
  let stray: number | undefined;
  for (let behind: number | undefined; ; behind = last.sequence) {
    // Read before the entries: all that it counts are there by then. Entries behind it were written since, or by somebody without the key.
    const end = await readChain(db);
    if (!end) return broken(last.sequence + 1, 'key');
    if (stray !== undefined && stray > end.sequence) return broken(stray, 'added');
    const page = await entriesBehind(db, { behind, limit: pageSize });
    const counted = page.filter(({ sequence }) => sequence <= end.sequence);
    for (const entry of counted) {
      const { sequence, hash } = entry;
      const due = last.sequence + 1;
      if (sequence < due) return broken(sequence, 'added');
      if (sequence > due) return broken(due, 'missing');
      const isKnown = knownHead?.sequence !== sequence || knownHead.hash === hash;
      if (!isKnown || hash !== hashOf(key, entry, last.hash)) return broken(sequence, 'altered');
      last = { sequence, hash };
    }
    if (counted.length > 0) progress?.(last.sequence);
    stray = page[counted.length]?.sequence;
    if (page.length === pageSize && stray === undefined) continue;
    if (last.sequence < end.sequence) return broken(last.sequence + 1, 'missing');
    if (!isEnd(key, end, last)) return broken(last.sequence + 1, 'end');
    if (stray === undefined) return { isWhole: true, ...last };
  }
}

const isEnd = (key: ChainKey, { sequence, hash, proof }: Chain, last: Head): boolean =>
  sequence === last.sequence && hash === last.hash && proof === proofOf(key, last);

const broken = (sequence: number, brokenBy: BrokenBy): AuditVerdict => ({ isWhole: false, sequence, brokenBy });

/** Without its key nothing of a chain can be checked: it is whole only where there is nothing. */
async function verifyWithoutKey(
  db: Db,
  { knownHead, hasChain }: { knownHead: Head | undefined; hasChain: boolean },
): Promise<AuditVerdict> {
  const [first] = await entriesBehind(db, { behind: undefined, limit: 1 });
  if (first) return broken(first.sequence, 'key');
  if (hasChain) return broken(1, 'key');
  return knownHead && knownHead.sequence > 0 ? broken(1, 'missing') : { isWhole: true, ...firstHead };
}

function openedKey(db: Db, chain: Chain): ChainKey | undefined {
  try {
    return openChain(sealerOf(db), chain);
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}
