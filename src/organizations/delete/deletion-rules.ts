// How long deletions and their approvals last, and which name confirms one: pure rules.

import { shownName } from '../../chat/facts.ts';
import { dayMs, minuteMs } from '../../lib/durations.ts';
import { searchKey } from '../../lib/search-key.ts';

/** How long a deleted organization can be brought back. */
export const GRACE_DAYS = 7;
export const graceMs = GRACE_DAYS * dayMs;

/** How long a second administrator has to approve a deletion. */
export const APPROVAL_HOURS = 24;
export const approvalMs = APPROVAL_HOURS * 60 * minuteMs;

/** A purge that could not be done is tried again after this time. */
export const purgeAgainMs = 60 * minuteMs;
/** From then on, counted from its beginning, a purge waits no more for Webex. */
export const purgePatienceMs = 3 * dayMs;

/** Whether what was typed is the organization's name, by their search keys. Of a long name, what people are shown of it is enough. */
export function isNameOf({ name }: { name: string }, typed: string): boolean {
  const key = searchKey(typed);
  return key !== '' && (key === searchKey(name) || key === searchKey(shownName(name)));
}
