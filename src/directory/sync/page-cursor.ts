// Where a sync by pages stands: sealed in its transaction's row, saved together with the page, and erased with the transaction's end. So a killed process costs
// the page that it was reading.

import { z } from 'zod';
import type { Sealer } from '../../db/seal/seal.ts';
import { pendingPlace } from '../../db/seal/sealed-places.ts';

const cursorSchema = z.object({
  /** The kind that is read. */
  of: z.string(),
  /** The page to read next; null for the first one. */
  next: z.string().nullable(),
  /** How much the pages before held, and how many they were. */
  seen: z.int(),
  pages: z.int().default(0),
  /** How much of them could not be read. */
  unread: z.int().default(0),
  /** Webex has forgotten a page that it had named as next, and the list is read once more from its start. */
  isAgain: z.boolean(),
  /** Of a kind that is counted: what the pages before have come to. */
  counts: z.unknown().optional(),
});
export type PageCursor = z.infer<typeof cursorSchema>;

/** Before the first page. */
export const firstPage = (kind: string): PageCursor => ({
  ...{ of: kind, next: null, seen: 0, pages: 0, unread: 0, isAgain: false },
});

/** Where the sync of this kind stands: at its first page where it has read none. */
export function openCursor(
  sealer: Sealer,
  kind: string,
  { id, pending }: { id: number; pending: string | null },
): PageCursor {
  const first = firstPage(kind);
  if (pending === null) return first;
  const cursor = cursorSchema.parse(JSON.parse(sealer.open(pending, pendingPlace(id))));
  return cursor.of === kind ? cursor : first;
}

/** The cursor as it is saved. */
export const sealCursor = (sealer: Sealer, transactionId: number, cursor: PageCursor): string =>
  sealer.seal(JSON.stringify(cursor), pendingPlace(transactionId));
