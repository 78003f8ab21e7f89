// What the journal of changes means: applied to what was known before, it gives what is known after.
import type { DirectoryChangeRow } from '../../src/directory/changes/change.store.ts';

/** What is known of a kind of directory data, by Webex's ids. */
export type KnownRows = Map<string, Record<string, unknown>>;

export function applyChange(
  known: KnownRows,
  { what, webexId, after, seenAt }: Pick<DirectoryChangeRow, 'what' | 'webexId' | 'after' | 'seenAt'>,
): void {
  const before = known.get(webexId);
  if (what === 'removed') known.delete(webexId);
  else if (what === 'added') known.set(webexId, { ...after, webexId, goneAt: null });
  else if (what === 'gone') known.set(webexId, { ...before, goneAt: seenAt });
  else if (what === 'returned') known.set(webexId, { ...before, goneAt: null });
  else known.set(webexId, { ...before, ...after });
}
