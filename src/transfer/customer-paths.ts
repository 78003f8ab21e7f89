// Places in the tree of customers as files name them: by the names from the top down, `Reseller / Customer`, or by a name alone.

import { PROVIDER_ID } from '../customers/customers.schema.ts';
import { searchKey } from '../lib/search-key.ts';

export interface TreeNode {
  readonly id: string;
  readonly parentId: string | null;
  readonly name: string;
}

export interface CustomerPaths {
  /** The names of a node and of those above it that may be seen. The provider's own name stands only where the node is the provider. */
  pathOf(customerId: string): string;
  /** The node that is meant, or why none is. */
  find(typed: string): { readonly id: string } | 'unknown' | 'ambiguous';
}

const separator = ' / ';

/** `nodes` are those that may be seen: what is not among them cannot be named, and is as unknown as what does not exist. */
export function customerPaths(nodes: readonly TreeNode[]): CustomerPaths {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const provider = byId.get(PROVIDER_ID);
  const namesOf = (id: string): string[] => {
    const names: string[] = [];
    for (let node = byId.get(id); node !== undefined; node = byId.get(node.parentId ?? '')) names.unshift(node.name);
    return names;
  };
  function pathOf(id: string): string {
    const names = namesOf(id);
    const shown = names.length > 1 && provider !== undefined ? names.slice(1) : names;
    const isLikeProvider = id !== PROVIDER_ID && provider !== undefined && keyOf(shown) === keyOf([provider.name]);
    return (isLikeProvider ? names : shown).join(separator);
  }
  const whole = new Map<string, string>();
  /** By the last names of a path; null where they are those of several. */
  const ends = new Map<string, string | null>();
  for (const { id } of nodes) {
    const names = namesOf(id);
    whole.set(searchKey(pathOf(id)), id);
    for (let from = 0; from < names.length; from++) {
      const key = keyOf(names.slice(from));
      const other = ends.get(key);
      ends.set(key, other === undefined || other === id ? id : null);
    }
  }
  return {
    pathOf,
    find(typed) {
      const key = searchKey(typed.replaceAll(/\s*[/>\\]\s*/g, separator));
      const asTyped = searchKey(typed);
      const id = whole.get(asTyped) ?? whole.get(key) ?? ends.get(asTyped) ?? ends.get(key);
      if (id) return { id };
      return ends.has(asTyped) || ends.has(key) ? 'ambiguous' : 'unknown';
    },
  };
}

const keyOf = (names: readonly string[]): string => searchKey(names.join(separator));
