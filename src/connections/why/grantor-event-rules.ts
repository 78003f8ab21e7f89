// Which events of Control Hub's admin audit can end a grant.

import type { AdminEvent } from '../../webex/admin-audit.ts';
import { isSameId } from '../../webex/ids.ts';

/** What happened: to the grantor, or of an integration in the whole organization. */
export const GRANTOR_EVENTS = ['role', 'password', 'deleted', 'integration'] as const;
export type GrantorEvent = (typeof GRANTOR_EVENTS)[number];

/** In the order in which they are looked for: who is deleted loses roles as well. */
const patterns: readonly (readonly [GrantorEvent, RegExp])[] = [
  ['deleted', /delet|deactivat/],
  ['password', /password/],
  ['role', /\brole|administrator (rights|privileges)/],
];

const ofIntegration = /integration|application/;
const ended = /block|revok|den(y|ied)|disallow|remov|delet/;

/**
 * What an event means for a grant; undefined where it means nothing. Webex has no codes for this: its words decide no more than what a person is told, and stand
 * beside it.
 */
export function grantorEventOf(
  { data }: AdminEvent,
  grantor: { personId: string; email: string },
): GrantorEvent | undefined {
  const words = [data?.eventCategory, data?.eventDescription, data?.actionText].join(' ').toLowerCase();
  if (ofIntegration.test(words) && ended.test(words)) return 'integration';
  const isTheirs =
    isSameId(data?.targetId ?? '', grantor.personId) ||
    [data?.targetName, data?.actionText].some((text) => text?.toLowerCase().includes(grantor.email.toLowerCase()));
  return isTheirs ? patterns.find(([, pattern]) => pattern.test(words))?.[0] : undefined;
}
