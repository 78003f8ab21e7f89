// Follows Webex’s work on a change of packages to its end.

import { minuteMs } from '../../../lib/durations.ts';
import type { StepResult } from '../../../transactions/workflow.ts';
import { WebexRefused } from '../../../webex/errors.ts';
import { readWholesale, type WholesaleCustomer, type WholesaleProblem } from '../../../webex/wholesale.ts';
import { isUnderWay, packageWords, problemWords, statusWords } from '../wholesale-rules.ts';
import { type Asking, begunWithinMs, saving, showsWithinMs, withChange } from './asking.ts';
import { changeBetween } from './package-rules.ts';

/** How long Webex's work is followed. Cisco's own sample waits two minutes; most ends sooner, and some waits for a person at Cisco. */
const followedMs = 30 * minuteMs;
/** How soon Webex is asked again at first, and at most. */
const firstLookMs = 2_000;
const lastLookMs = minuteMs;

/** Looks at Webex until it has ended its work. What has changed since the last look is progress that people see. */
export const follow = withChange(
  async (asking) => {
    const { deps, webex, change } = asking;
    const now = deps.clock.now();
    const followedForMs = now.getTime() - Date.parse(change.acceptedAt ?? now.toISOString());
    try {
      return judge(asking, await readWholesale(webex, change.customerId ?? ''), followedForMs);
    } catch (error) {
      const isNew = error instanceof WebexRefused && error.status === 404 && followedForMs < begunWithinMs;
      if (!isNew) throw error;
      return { outcome: 'more', message: 'Webex does not show the customer yet.', afterMs: showsWithinMs };
    }
  },
  { isAccepted: true },
);

/** What Webex shows before it has begun is what was there before: troubles count once it was seen at work, or has had time. */
function judge(asking: Asking, customer: WholesaleCustomer, followedForMs: number): StepResult {
  const { change } = asking;
  const { packages = [] } = customer;
  const status = customer.status ?? null;
  const now = packages.toSorted();
  const isThere = now.join() === change.after.join();
  const details = customer.resourceDetails?.packages ?? [];
  const isWorking = [status, ...details.map((one) => one.status ?? null)].some(isUnderWay);
  const troubles = troublesOf(customer, changeBetween(change.before, change.after).added);
  const hasBegun = isWorking || change.hasBegun === true || followedForMs > begunWithinMs;
  if (hasBegun && (status === 'error' || (!isWorking && troubles.length > 0))) {
    return ended(
      'provisioning_failed',
      `Webex ended with “${statusWords(status)}”: ${troubles.join('; ') || 'it does not say why'}.`,
      'Mend what Webex names, then change the packages again. Type wholesale with the name for all that it says.',
    );
  }
  if (!isWorking && status !== 'pending_rpl_review' && status !== 'error' && isThere && troubles.length === 0) {
    return { outcome: 'done', message: `${statusWords(status)}: ${now.map(packageWords).join(', ')}.` };
  }
  if (!isWorking && !isThere && followedForMs > begunWithinMs) {
    return ended(
      'not_carried_out',
      `Webex works on nothing (“${statusWords(status)}”), and the packages are ${now.map(packageWords).join(', ') || 'none'}.`,
      'Type wholesale with the name, and change what is missing. If it stays so, give Cisco the number of the customer.',
    );
  }
  if (followedForMs > followedMs) {
    return ended(
      'still_under_way',
      `Webex still works on it after ${followedMs / minuteMs} minutes (${statusWords(status).toLowerCase()}).`,
      'It goes on at Webex. Type sync with the name and wholesale later to see how it ended.',
    );
  }
  const seen = progressOf(customer);
  return {
    outcome: 'more',
    message: seen,
    afterMs: Math.min(lastLookMs, Math.max(firstLookMs, followedForMs / 4)),
    isNews: seen !== change.seen,
    save: saving(asking, { ...change, seen, hasBegun }),
  };
}

/** `Being updated: Webex Calling provisioned, Attendant Console being provisioned` */
function progressOf({ status, resourceDetails }: WholesaleCustomer): string {
  const details = (resourceDetails?.packages ?? []).toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const words = details.map((one) => `${packageWords(one.name)} ${statusWords(one.status ?? null).toLowerCase()}`);
  return [statusWords(status ?? null), ...(words.length > 0 ? [words.join(', ')] : [])].join(': ');
}

/** What went wrong with the customer, and with the packages that were added. */
function troublesOf({ errors = [], resourceDetails }: WholesaleCustomer, added: readonly string[]): string[] {
  const details = (resourceDetails?.packages ?? []).filter(
    ({ name, status }) => status === 'error' && added.includes(name),
  );
  return [
    ...errors.map(worded),
    ...details.map(({ name, errors: its = [] }) => `${packageWords(name)}: ${its.map(worded).join(', ') || 'failed'}`),
  ];
}

const worded = ({ errorCode, description }: WholesaleProblem): string =>
  problemWords({ errorCode: errorCode ?? null, description: description ?? null });

/** Webex was asked, and so what is there is read in any case. */
const ended = (reason: string, message: string, hint: string): StepResult => ({
  outcome: 'failed',
  fatal: false,
  reason,
  message,
  hint,
});
