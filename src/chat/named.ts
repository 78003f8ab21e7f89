// Where a message speaks of many organizations, it names the first ones and counts all.

/** How many organizations a message names. */
export const NAMED_IN_NOTICE = 10;

/** Which organizations are named, the most urgent first, and how many there are. */
export interface Named {
  organizationIds: string[];
  total: number;
}

/** Names the first of these organizations, which are in the order of their urgency, and counts all. */
export function namedOf(organizationIds: readonly string[]): Named {
  return { organizationIds: organizationIds.slice(0, NAMED_IN_NOTICE), total: organizationIds.length };
}
