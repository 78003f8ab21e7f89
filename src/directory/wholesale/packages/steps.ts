// The steps of a change of packages: nobody has changed them meanwhile, Webex accepts the change, and Webex's work on it is followed to its end.

import { connectStep, type RunStep, type StepDeps, type StepInput } from '../../../connections/connect/steps/step.ts';
import { inShort, newLinkHint } from '../../../connections/connect/steps/words.ts';
import { findConnection, hasTokens } from '../../../connections/connection.store.ts';
import { minuteMs } from '../../../lib/durations.ts';
import { savePending } from '../../../transactions/transaction.store.ts';
import type { Step, StepResult } from '../../../transactions/workflow.ts';
import type { WebexClient } from '../../../webex/client.ts';
import { WebexRefused, WebexUnavailable } from '../../../webex/errors.ts';
import {
  changeWholesalePackages,
  findWholesaleCustomer,
  provisionWholesaleCustomer,
  readWholesale,
  type WholesaleCustomer,
  type WholesaleProblem,
} from '../../../webex/wholesale.ts';
import { withGrant } from '../../ask-webex-of.ts';
import { isUnderWay, packageWords, problemWords, statusWords } from '../wholesale-rules.ts';
import { askStep, checkStep, followStep } from './change-words.ts';
import { changeBetween, changeWords } from './package-rules.ts';
import { openChange, type PendingChange, sealChange } from './pending-change.ts';
import { refusalText } from './refusal-text.ts';

/** How long Webex's work is followed. Cisco's own sample waits two minutes; most ends sooner, and some waits for a person at Cisco. */
const followedMs = 30 * minuteMs;
/** By when Webex has begun: until then it may still show what was before. */
const begunWithinMs = 5 * minuteMs;
/** How soon Webex is asked again at first, and at most. */
const firstLookMs = 2_000;
const lastLookMs = minuteMs;

interface Asking {
  deps: StepDeps;
  input: StepInput;
  change: PendingChange;
  webex: WebexClient;
}

/** Runs a step with the change and the grant, and says what Webex refuses. */
const withChange =
  (run: (asking: Asking) => Promise<StepResult>): RunStep<StepDeps> =>
  async (deps, input) => {
    const { organization, transaction } = input;
    const change = openChange(deps.sealer, transaction);
    const connection = await findConnection(deps.db, organization.id);
    if (!change || !connection || !hasTokens(connection)) {
      const message = `${organization.name} is not connected any more. Nothing was changed by this step.`;
      return { outcome: 'failed', fatal: true, reason: 'not_connected', message, hint: newLinkHint };
    }
    const webex = withGrant(deps, { organization, accessToken: connection.accessToken });
    try {
      return await run({ deps, input, change, webex });
    } catch (error) {
      if (!(error instanceof WebexRefused)) throw error;
      return {
        outcome: 'failed',
        fatal: true,
        reason: error.code,
        message: `${refusalText(error)} (${inShort(error)}).`,
        hint:
          error.status === 403
            ? 'Have an administrator of the service provider with wholesale rights open a new connect link, then change the packages again.'
            : 'Press Sync now to see what is there, correct what Webex names, and change the packages again.',
      };
    }
  };

/** A PUT holds all packages: one that somebody has added since would go without a word. */
const check = withChange(async ({ webex, change, input }) => {
  if (change.customerId === null) return checkThatNone(webex, input);
  const { packages = [], status = null } = await readWholesale(webex, change.customerId);
  const now = packages.toSorted();
  if (isUnderWay(status)) {
    return failed(
      'busy',
      `Webex still works on an earlier change (${statusWords(status).toLowerCase()}).`,
      'Wait until it has ended, then change the packages again.',
    );
  }
  if (now.join() !== change.before.join()) {
    const meanwhile = changeWords(changeBetween(change.before, now));
    return failed(
      'changed_meanwhile',
      `Somebody has changed the packages meanwhile: ${meanwhile}. Nothing was changed.`,
      'Press Sync now to see what is there, and decide anew.',
    );
  }
  return { outcome: 'done', message: `As confirmed: ${now.map(packageWords).join(', ') || 'no packages'}.` };
});

/** Webex was asked, and so what is there is read in any case. */
const ended = (reason: string, message: string, hint: string): StepResult => ({
  outcome: 'failed',
  fatal: false,
  reason,
  message,
  hint,
});

/** A second customer of one organization would be billed. */
async function checkThatNone(webex: WebexClient, { organization }: StepInput): Promise<StepResult> {
  if (!(await findWholesaleCustomer(webex, organization.account_number))) {
    return { outcome: 'done', message: `${organization.name} is no wholesale customer yet.` };
  }
  const message = `${organization.name} is a wholesale customer already. Nothing was changed.`;
  return failed('exists', message, 'Press Sync now to see what is there.');
}

const failed = (reason: string, message: string, hint: string): StepResult => ({
  outcome: 'failed',
  fatal: true,
  reason,
  message,
  hint,
});

/** Asked again after a crash it says the same: it names all packages that are wanted. */
const ask = withChange(async ({ deps, input, webex, change }) => {
  const { id: transactionId } = input.transaction;
  const { customerId, before } = change;
  const followed =
    customerId === null
      ? await provision(webex, { input, change })
      : await askForPackages(webex, { customerId, change });
  const acceptedAt = deps.clock.now().toISOString();
  return {
    outcome: 'done',
    message: `Webex has accepted ${changeWords(changeBetween(before, change.after))}.`,
    save: (tx) =>
      savePending(
        tx,
        transactionId,
        sealChange(deps.sealer, transactionId, { ...change, customerId: followed, acceptedAt }),
      ),
  };
});

/** Webex names the customer whose state tells of the change. */
async function askForPackages(
  webex: WebexClient,
  { customerId, change: { after, parameters } }: { customerId: string; change: PendingChange },
): Promise<string> {
  try {
    return await changeWholesalePackages(webex, { customerId, packages: after, parameters });
  } catch (error) {
    const isBusy = error instanceof WebexRefused && error.status === 409;
    // An earlier try was accepted, and its answer lost.
    if (isBusy && isCarriedOut(await readWholesale(webex, customerId), after)) return customerId;
    throw error;
  }
}

/** Where an earlier try was accepted, and its answer lost, the customer is there. */
async function provision(
  webex: WebexClient,
  { input: { organization }, change }: { input: StepInput; change: PendingChange },
): Promise<string> {
  const { account_number: orgId } = organization;
  const there = await findWholesaleCustomer(webex, orgId);
  if (there) return there.id;
  const { after: packages, parameters } = change;
  const body = { ...change.provision, orgId, packages, ...(parameters && { provisioningParameters: parameters }) };
  const id = (await provisionWholesaleCustomer(webex, body)) ?? (await findWholesaleCustomer(webex, orgId))?.id;
  if (id !== undefined) return id;
  throw new WebexUnavailable('Webex has accepted the customer, and does not show it yet.', {
    ...{ reason: 'malformed', route: 'POST /wholesale/customers' },
  });
}

/** Whether Webex works on a change to just these packages. */
function isCarriedOut(
  { status, packages = [], resourceDetails }: WholesaleCustomer,
  after: readonly string[],
): boolean {
  const named = new Set([...packages, ...(resourceDetails?.packages ?? []).map(({ name }) => name)]);
  return isUnderWay(status ?? null) && after.every((name) => named.has(name));
}

/** Looks at Webex until it has ended its work. What has changed since the last look is progress that people see. */
const follow = withChange(async ({ deps, input, webex, change }) => {
  const { id: transactionId } = input.transaction;
  const customer = await readWholesale(webex, change.customerId ?? '');
  const { packages = [] } = customer;
  const status = customer.status ?? null;
  const now = packages.toSorted();
  const isThere = now.join() === change.after.join();
  const details = customer.resourceDetails?.packages ?? [];
  const isWorking = [status, ...details.map((one) => one.status ?? null)].some(isUnderWay);
  const troubles = troublesOf(customer, changeBetween(change.before, change.after).added);
  const followedForMs = deps.clock.now().getTime() - Date.parse(change.acceptedAt ?? deps.clock.now().toISOString());
  if (status === 'error' || (!isWorking && troubles.length > 0)) {
    return ended(
      'provisioning_failed',
      `Webex ended with “${statusWords(status)}”: ${troubles.join('; ') || 'it does not say why'}.`,
      'Mend what Webex names, then change the packages again. Type wholesale with the name for all that it says.',
    );
  }
  if (!isWorking && status !== 'pending_rpl_review' && isThere) {
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
    save: (tx) => savePending(tx, transactionId, sealChange(deps.sealer, transactionId, { ...change, seen })),
  };
});

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

export const changeSteps: readonly Step<StepDeps>[] = [
  connectStep(checkStep, 'Check that nobody has changed the packages', check, {}),
  connectStep(askStep, 'Ask Webex for the change', ask, {}),
  connectStep(followStep, 'Follow Webex’s work', follow, {}),
];
