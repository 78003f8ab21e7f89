// How entries of the audit are chained: the hash of each is made with a secret key from the whole entry and from the hash before it.

import { createHmac } from 'node:crypto';
import type { auditChain, auditEntries } from './audit.schema.ts';

export type AuditEntry = typeof auditEntries.$inferSelect;
export type Chain = typeof auditChain.$inferSelect;

/** The chain's identity and its opened key. */
export interface ChainKey {
  chainId: string;
  key: Buffer;
}

/** The last entry's number and hash. */
export type Head = Pick<Chain, 'sequence' | 'hash'>;

/** What stands in place of a hash before the first entry. */
export const firstHead: Head = { sequence: 0, hash: '' };

/** The hash of an entry that follows the one with the hash `previous`. */
export function hashOf({ chainId, key }: ChainKey, entry: Omit<AuditEntry, 'hash'>, previous: string): string {
  const { sequence, at, act, byPersonId, byEmail, roomId, organizationId, organizationName } = entry;
  const { customerId, person, before, after } = entry;
  return mac(key, [
    ...['entry', chainId, previous, sequence, at.toISOString(), act, byPersonId, byEmail, roomId],
    ...[organizationId, organizationName, customerId, person, before, after],
  ]);
}

/** Proves that the chain ends here. */
export const proofOf = ({ chainId, key }: ChainKey, { sequence, hash }: Head): string =>
  mac(key, ['head', chainId, sequence, hash]);

/** JSON of a flat list, so that no two lists read the same. */
const mac = (key: Buffer, parts: readonly (string | number | null)[]): string =>
  createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');
