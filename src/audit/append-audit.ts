// Appends to the audit, in the transaction of what it tells of: no change without its entry, no entry without its change.

import { randomBytes, randomUUID } from 'node:crypto';
import type { Db } from '../db/database.ts';
import { auditKeyPlace } from '../db/seal/sealed-places.ts';
import { sealerOf } from '../db/store-sealer.ts';
import { type AuditInput, rowOf } from './audit-entry.ts';
import { addChain, addEntries, factsOf, lastSequence, lockChain } from './chain.store.ts';
import { type AuditEntry, type Chain, type ChainKey, firstHead, hashOf, proofOf } from './chain.ts';
import { openChain } from './open-chain.ts';

type Row = ReturnType<typeof rowOf>;

/** How many entries one statement adds. */
const batchSize = 1_000;

/**
 * Appends one entry. Call it last in the transaction: the chain stays locked until the transaction ends, and everybody else who appends waits. So nothing
 * that another such transaction may hold is locked after it.
 * @throws where it cannot be appended; the transaction must fail with it
 */
export const appendAudit = (tx: Db, input: AuditInput): Promise<void> => appendAudits(tx, [input]);

/** Appends many entries, in their order, in one statement a thousand. What is said of `appendAudit` counts here, too. */
export async function appendAudits(tx: Db, inputs: readonly AuditInput[]): Promise<void> {
  if (inputs.length === 0) return;
  const rows = await named(tx, inputs.map(rowOf));
  const chain = await lockedChain(tx);
  const key = openChain(sealerOf(tx), chain);
  let { sequence, hash } = chain;
  for (let first = 0; first < rows.length; first += batchSize) {
    const entries: AuditEntry[] = [];
    for (const row of rows.slice(first, first + batchSize)) {
      const entry = { ...row, sequence: ++sequence };
      hash = hashOf(key, entry, hash);
      entries.push({ ...entry, hash });
    }
    await addEntries(tx, { chain: { id: chain.id, ...headOf(key, { sequence, hash }) }, entries });
  }
}

/** Fills in what the records say that the entries are about. */
async function named(tx: Db, rows: readonly Row[]): Promise<Row[]> {
  const unnamed = rows.filter(
    ({ organizationId, organizationName, customerId }) =>
      organizationId !== null && (organizationName === null || customerId === null),
  );
  const facts = await factsOf(tx, [...new Set(unnamed.flatMap(({ organizationId }) => organizationId ?? []))]);
  return rows.map((row) => {
    const { name = null, customerId = null } = facts.get(row.organizationId ?? '') ?? {};
    return { ...row, organizationName: row.organizationName ?? name, customerId: row.customerId ?? customerId };
  });
}

const headOf = (key: ChainKey, head: Pick<Chain, 'sequence' | 'hash'>) => ({ ...head, proof: proofOf(key, head) });

async function lockedChain(tx: Db): Promise<Chain> {
  const chain = await lockChain(tx);
  if (chain) return chain;
  await begin(tx);
  const begun = await lockChain(tx);
  if (!begun) throw new Error('the chain of the audit cannot be begun');
  return begun;
}

async function begin(tx: Db): Promise<void> {
  const chainId = randomUUID();
  const key = randomBytes(32);
  // Somebody may have deleted the row of a chain whose entries are still there: the service goes on behind them, and a check finds the first of them.
  const head = { ...firstHead, sequence: await lastSequence(tx) };
  await addChain(tx, {
    id: chainId,
    key: sealerOf(tx).seal(key.toString('base64url'), auditKeyPlace(chainId)),
    ...headOf({ chainId, key }, head),
  });
}
