// What the steps of a change of packages hand on: sealed in the transaction's row, so that a crash loses nothing, and erased with the transaction's end.

import { z } from 'zod';
import type { Sealer } from '../../../db/seal/seal.ts';
import { pendingPlace } from '../../../db/seal/sealed-places.ts';
import type { ProvisioningParameters } from './parameter-rules.ts';
import { provisionSchema } from './provision-rules.ts';

const changeSchema = z.object({
  /** Webex's id of the wholesale customer; null of one that is still to be provisioned. */
  customerId: z.string().nullable(),
  /** What a new customer is provisioned with. */
  provision: provisionSchema.optional(),
  /** The packages that were seen when the change was confirmed, and those that are wanted; in order. */
  before: z.array(z.string()),
  after: z.array(z.string()),
  parameters: z.custom<ProvisioningParameters>((value) => typeof value === 'object' && value !== null).optional(),
  /** When Webex was asked for a new customer, as ISO: it is asked once, whether or not its answer has arrived. */
  askedAt: z.string().optional(),
  /** Whether Webex was seen at work on it. */
  hasBegun: z.boolean().optional(),
  /** When Webex accepted it, as ISO; absent before. */
  acceptedAt: z.string().optional(),
  /** What was seen of it last, in words. */
  seen: z.string().optional(),
});
export type PendingChange = z.infer<typeof changeSchema>;

/** The change as it is saved. */
export const sealChange = (sealer: Sealer, transactionId: number, change: PendingChange): string =>
  sealer.seal(JSON.stringify(change), pendingPlace(transactionId));

/** Undefined where the transaction holds none (any more). */
export const openChange = (
  sealer: Sealer,
  { id, pending }: { id: number; pending: string | null },
): PendingChange | undefined =>
  pending === null ? undefined : changeSchema.parse(JSON.parse(sealer.open(pending, pendingPlace(id))));
