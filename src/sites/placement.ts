// Where a location goes: at its organization's node or, where a mapping fits its name, at the node of that.

import { createHash } from 'node:crypto';
import { searchKey } from '../lib/search-key.ts';

export interface PlacingMapping {
  readonly text: string;
  readonly searchText: string;
  readonly nodeId: string;
  readonly nodePath: string;
}

interface Node {
  readonly id: string;
  readonly path: string;
}

export interface Placement {
  readonly nodeId: string;
  readonly nodePath: string;
  /** The text of the mapping that decides; null where none does. */
  readonly by: string | null;
  /** Texts of the same length that fit and lead to different nodes: then none of them decides. */
  readonly torn: readonly string[];
}

/**
 * The longest text that the name contains decides, whatever the case and accents of both. A mapping whose node stands neither at the organization's node
 * nor below it counts for nothing.
 */
export function placementOf(
  name: string,
  { mappings, home }: { mappings: readonly PlacingMapping[]; home: Node },
): Placement {
  const key = searchKey(name);
  const fitting = mappings.filter(
    ({ searchText, nodePath }) => nodePath.startsWith(home.path) && key.includes(searchText),
  );
  const longest = Math.max(0, ...fitting.map(({ searchText }) => searchText.length));
  const deciding = fitting.filter(({ searchText }) => searchText.length === longest);
  const [first] = deciding;
  const atHome = { nodeId: home.id, nodePath: home.path, by: null };
  if (!first) return { ...atHome, torn: [] };
  return deciding.every(({ nodeId }) => nodeId === first.nodeId)
    ? { nodeId: first.nodeId, nodePath: first.nodePath, by: first.text, torn: [] }
    : { ...atHome, torn: deciding.map(({ text }) => text) };
}

/** Tells two plans apart: a button carries that of the plan that its card shows. */
export function planKey(moves: readonly { readonly locationId: string; readonly nodeId: string }[]): string {
  const lines = moves.map(({ locationId, nodeId }) => `${locationId} ${nodeId}`).sort();
  return createHash('sha256').update(lines.join('\n')).digest('base64url').slice(0, 22);
}
