// The e-mail addresses of workspaces with hybrid calling: which are in the record's domain, and a fresh one.

import type { Workspace } from '../../webex/workspaces.ts';

/** A workspace whose address is not as the record says. */
export interface OddWorkspace {
  readonly name: string;
  /** Null where it has none. */
  readonly address: string | null;
}

/** What was found of an organization's workspaces. */
export interface WorkspacesFound {
  readonly total: number;
  /** Those whose address is in another domain, or missing; the first of them. */
  readonly odd: readonly OddWorkspace[];
  readonly oddTotal: number;
  /** In the domain, and in nobody's use. */
  readonly fresh: string;
}

const mostOdd = 20;

/** Whether an address is in the domain, whatever its letters. */
export const isInDomain = (address: string, domain: string): boolean =>
  address.toLowerCase().endsWith(`@${domain.toLowerCase()}`);

/** Goes through all of them; keeps no more than is shown. `random`: a whole number of up to eight digits. */
export async function judgeWorkspaces(
  workspaces: AsyncIterable<Workspace>,
  { domain, random }: { domain: string; random: () => number },
): Promise<WorkspacesFound> {
  const odd: OddWorkspace[] = [];
  const used = new Set<string>();
  let total = 0;
  let oddTotal = 0;
  for await (const { id, displayName, calling } of workspaces) {
    // A Webex that does not know the filter answers with all there are.
    if (calling?.type !== 'hybridCalling') continue;
    total += 1;
    const address = calling.hybridCalling?.emailAddress ?? null;
    if (address !== null && isInDomain(address, domain)) {
      used.add(address.toLowerCase());
      continue;
    }
    oddTotal += 1;
    if (odd.length < mostOdd) odd.push({ name: displayName ?? id, address });
  }
  const free = () => `wt_${random()}@${domain}`;
  let fresh = free();
  while (used.has(fresh.toLowerCase())) fresh = free();
  return { total, odd, oddTotal, fresh };
}
