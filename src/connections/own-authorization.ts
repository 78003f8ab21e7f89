// Which of a person's grants at Webex is surely the one of a withdrawn connection: a pure rule.

import type { Authorization } from '../webex/authorizations.ts';
import { type GrantTimes, wasBorn } from './connect/replaced-grant.ts';

/**
 * The refresh authorization of this grant, among those that Webex lists of its grantor. Webex does not say which authorization is which record's
 * (GET /authorizations): only the time of birth tells. Undefined where none is surely that one.
 * @param clientId of our integration: grants of others are none of our business
 * @param others the person's other grants that we keep. Where Webex does not show one for each of them, it may know all of them as one: then none is sure.
 */
export function ownAuthorization(
  authorizations: readonly Authorization[],
  { clientId, grant, others }: { clientId: string; grant: GrantTimes; others: readonly GrantTimes[] },
): Authorization | undefined {
  const ours = authorizations.filter((one) => one.clientId === clientId && one.type === 'refresh');
  const [own, ...more] = ours.filter((one) => wasBorn(one, grant));
  if (!own || more.length > 0) return undefined;
  if (others.some((other) => wasBorn(own, other))) return undefined;
  const isShown = (other: GrantTimes) => ours.some((one) => one !== own && wasBorn(one, other));
  return others.every(isShown) ? own : undefined;
}
