// Which of a person's grants at Webex is surely the one that a newer consent has replaced: a pure rule.

import { minuteMs } from '../../lib/durations.ts';
import type { Authorization } from '../../webex/authorizations.ts';

/** A connection's grant: who gave it, when it became a connection, and when Webex last gave tokens for it. */
export interface GrantTimes {
  connectedAt: Date;
  obtainedAt: Date;
}

/** From a consent to its stored tokens, with retries. */
const mostStepsMs = 10 * minuteMs;
/** By how much our clock and Webex's may differ. */
const clockSlackMs = minuteMs;

/**
 * The refresh authorization of the replaced grant, among those that Webex lists of its grantor. Webex does not say which authorization is which record's
 * (GET /authorizations): only its time of birth tells. Webex gave it with the consent, or where it replaces refresh tokens with the last refresh.
 * Undefined where none is surely that one.
 * @param clientId of our integration: grants of others are none of our business
 * @param newObtainedAt when Webex gave the new grant
 * @param isSamePerson the same person gave both. Webex may then know both as one, which it shows by listing one: that is never revoked.
 */
export function replacedAuthorization(
  authorizations: readonly Authorization[],
  {
    clientId,
    replaced,
    newObtainedAt,
    isSamePerson,
  }: { clientId: string; replaced: GrantTimes; newObtainedAt: Date; isSamePerson: boolean },
): Authorization | undefined {
  const ours = authorizations.filter((one) => one.clientId === clientId && one.type === 'refresh');
  const isNew = ({ created }: Authorization) => created !== undefined && created >= before(newObtainedAt, 1_000);
  if (isSamePerson && !ours.some(isNew)) return undefined;
  // Of another person, or of none, the new grant is not among these.
  const old = ours.filter((one) => !(isSamePerson && isNew(one)) && wasBorn(one, replaced));
  return old.length === 1 ? old[0] : undefined;
}

/** Whether Webex may have given this authorization for that grant: with its consent, or with its last refresh. */
export function wasBorn({ created }: Authorization, { connectedAt, obtainedAt }: GrantTimes): boolean {
  if (created === undefined) return false;
  const withConsent = created >= before(connectedAt, mostStepsMs) && created <= after(connectedAt, clockSlackMs);
  const withRefresh = created >= before(obtainedAt, clockSlackMs) && created <= after(obtainedAt, clockSlackMs);
  return withConsent || withRefresh;
}

const before = (at: Date, ms: number) => new Date(at.getTime() - ms);
const after = (at: Date, ms: number) => new Date(at.getTime() + ms);
