// What the steps of a connect transaction hand on: first an authorization code or entered tokens, then an unverified grant. It is sealed in the transaction's row, so that
// a crash loses nothing, and erased when it is used or the transaction ends.

import { z } from 'zod';
import type { Db } from '../../../db/database.ts';
import type { Sealer } from '../../../db/seal/seal.ts';
import { pendingPlace } from '../../../db/seal/sealed-places.ts';
import { savePending } from '../../../transactions/transaction.store.ts';

const pendingCode = z.object({ kind: z.literal('code'), code: z.string(), codeVerifier: z.string() });

/** Of a customer's own service app, or of the integration that a pair of tokens belongs to. */
const app = z.object({ clientId: z.string(), clientSecret: z.string() });

/** What was entered on the page for tokens, before Webex was asked. */
const pendingTokens = z.object({
  kind: z.literal('tokens'),
  /** Null: our own integration or service app has issued them. */
  app: app.nullable(),
  refreshToken: z.string(),
  accessToken: z.string().nullable(),
});

const pendingGrant = z.object({
  kind: z.literal('grant'),
  accessToken: z.string(),
  refreshToken: z.string(),
  obtainedAt: z.coerce.date(),
  accessTokenExpiresAt: z.coerce.date(),
  refreshTokenExpiresAt: z.coerce.date(),
  scopes: z.array(z.string()),
  /** Where a service app gave it: whose. Null: our own. Absent: a person consented. */
  app: app.nullable().optional(),
  /** It was entered as tokens: whoever gave them may use them elsewhere too, so they are never revoked. */
  isEntered: z.boolean().optional(),
  /** The grantor; known once the organization is verified. */
  authorizedBy: z.object({ personId: z.string(), email: z.string(), byPartner: z.boolean() }).optional(),
  /** The grantor of a grant for the wrong organization; saved before it is revoked, since nobody can ask with it afterwards. */
  stranger: z
    .object({ personId: z.string(), email: z.string(), name: z.string(), organizationName: z.string().optional() })
    .optional(),
});

const pendingSchema = z.discriminatedUnion('kind', [pendingCode, pendingTokens, pendingGrant]);

export type Pending = z.infer<typeof pendingSchema>;
export type PendingTokens = z.infer<typeof pendingTokens>;
export type PendingGrant = z.infer<typeof pendingGrant>;
export type Stranger = NonNullable<PendingGrant['stranger']>;

/** Replaces what the transaction holds. */
export async function sealPending(
  { db, sealer }: { db: Db; sealer: Sealer },
  transactionId: number,
  pending: Pending,
): Promise<void> {
  await savePending(db, transactionId, sealer.seal(JSON.stringify(pending), pendingPlace(transactionId)));
}

/** Opens what the transaction holds; undefined where it holds nothing (any more). */
export function openPending(
  { sealer }: { sealer: Sealer },
  transaction: { id: number; pending: string | null },
): Pending | undefined {
  if (transaction.pending === null) return undefined;
  return pendingSchema.parse(JSON.parse(sealer.open(transaction.pending, pendingPlace(transaction.id))));
}
