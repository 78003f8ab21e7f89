// Opens the sealed key of the audit's chain.

import type { Sealer } from '../db/seal/seal.ts';
import { auditKeyPlace } from '../db/seal/sealed-places.ts';
import type { Chain, ChainKey } from './chain.ts';

/** @throws SealError where ENCRYPTION_KEYS does not open it */
export const openChain = (sealer: Sealer, { id, key }: Pick<Chain, 'id' | 'key'>): ChainKey => ({
  chainId: id,
  key: Buffer.from(sealer.open(key, auditKeyPlace(id)), 'base64url'),
});
