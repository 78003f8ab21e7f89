// The steps of a change of packages: nobody has changed them meanwhile, Webex accepts the change, and Webex's work on it is followed to its end.

import { connectStep, type StepDeps, type StepInput } from '../../../connections/connect/steps/step.ts';
import type { Step, StepResult } from '../../../transactions/workflow.ts';
import type { WebexClient } from '../../../webex/client.ts';
import { WebexRefused, WebexUnavailable } from '../../../webex/errors.ts';
import { organizationUuid } from '../../../webex/ids.ts';
import {
  changeWholesalePackages,
  findWholesaleCustomer,
  provisionWholesaleCustomer,
  readWholeCustomer,
  type WholeCustomer,
  type WholesaleCustomer,
} from '../../../webex/wholesale.ts';
import { isUnderWay, packageWords, statusWords } from '../wholesale-rules.ts';
import { type Asking, begunWithinMs, saving, showsWithinMs, withChange } from './asking.ts';
import { askStep, checkStep, followStep } from './change-words.ts';
import { follow } from './follow.ts';
import { changeBetween, changeWords } from './package-rules.ts';
import type { PendingChange } from './pending-change.ts';

const check = withChange(async ({ webex, change, input }) => {
  if (change.customerId === null) return checkThatNone(webex, input);
  const customer = await readWholeCustomer(webex, change.customerId);
  const changed = whyNot(customer, { input, change });
  if (changed) return changed;
  return { outcome: 'done', message: `As confirmed: ${change.before.map(packageWords).join(', ') || 'no packages'}.` };
});

/** A PUT holds all packages: one that somebody has added since would go without a word. Nor is a customer changed that is not surely the organization's. */
function whyNot(
  { orgId, packages, status: shown }: WholeCustomer,
  { input: { organization }, change }: { input: StepInput; change: PendingChange },
): StepResult | undefined {
  const status = shown ?? null;
  if (isUnderWay(status)) {
    return failed(
      'busy',
      `Webex still works on an earlier change (${statusWords(status).toLowerCase()}).`,
      'Wait until it has ended, then change the packages again.',
    );
  }
  if (orgId === undefined || organizationUuid(orgId) !== organization.account_number_external) {
    return failed(
      'other_organization',
      `Webex does not say that this is the wholesale customer of ${organization.name}. Nothing was changed.`,
      'Press Sync now to see what is there, and decide anew.',
    );
  }
  const now = packages.toSorted();
  if (now.join() === change.before.join()) return undefined;
  const meanwhile = changeWords(changeBetween(change.before, now));
  return failed(
    'changed_meanwhile',
    `Somebody has changed the packages meanwhile: ${meanwhile}. Nothing was changed.`,
    'Press Sync now to see what is there, and decide anew.',
  );
}

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

/** The customer whose state tells of the change, or why there is none yet, or will be none. */
type Asked = { followed: string } | StepResult;

/** What Webex has accepted is saved until it is: nobody else knows a new customer's id. */
const ask = withChange(async (asking) => {
  const { deps, change } = asking;
  const asked = change.customerId === null ? await provision(asking) : await askForPackages(asking, change.customerId);
  if (!('followed' in asked)) return asked;
  const acceptedAt = deps.clock.now().toISOString();
  return {
    outcome: 'done',
    message: `Webex has accepted ${changeWords(changeBetween(change.before, change.after))}.`,
    irreplaceable: true,
    save: saving(asking, { ...change, customerId: asked.followed, acceptedAt }),
  };
});

/** Asked again after a lost answer it looks first: Webex may work on the change, have ended it, or have been told otherwise by somebody since. */
async function askForPackages({ webex, input, change }: Asking, customerId: string): Promise<Asked> {
  const { after: packages, parameters } = change;
  const customer = await readWholeCustomer(webex, customerId);
  if (isCarriedOut(customer, packages) || customer.packages.toSorted().join() === packages.join()) {
    return { followed: customerId };
  }
  const changed = whyNot(customer, { input, change });
  if (changed) return changed;
  try {
    return { followed: await changeWholesalePackages(webex, { customerId, packages, parameters }) };
  } catch (error) {
    const isBusy = error instanceof WebexRefused && error.status === 409;
    // A try of the same call was accepted, and its answer lost.
    if (isBusy && isCarriedOut(await readWholeCustomer(webex, customerId), packages)) return { followed: customerId };
    throw error;
  }
}

/** A second customer of one organization would be billed: so Webex is asked once, and then only looked at. */
async function provision(asking: Asking): Promise<Asked> {
  const { deps, webex, input, change } = asking;
  const there = await findOwn(asking);
  if (there) return { followed: there.id };
  if (change.askedAt !== undefined) return whereIsIt(deps.clock.now().getTime() - Date.parse(change.askedAt));
  const { after: packages, parameters } = change;
  const orgId = input.organization.account_number;
  const body = { ...change.provision, orgId, packages, ...(parameters && { provisioningParameters: parameters }) };
  // Saved before, and not with the step's end: whatever is cut off from now on, nobody asks a second time.
  await saving(asking, { ...change, askedAt: deps.clock.now().toISOString() })(deps.db);
  try {
    const id = await provisionWholesaleCustomer(webex, body);
    return id === undefined ? whereIsIt(0) : { followed: id };
  } catch (error) {
    if (error instanceof WebexUnavailable && error.untouched) await saving(asking, change)(deps.db);
    throw error;
  }
}

/** Webex may show a new customer before it names the organization: then the number that the provider gave it tells. */
async function findOwn({ webex, input: { organization }, change }: Asking): Promise<WholesaleCustomer | undefined> {
  const found = await findWholesaleCustomer(webex, organization.account_number);
  if (found?.orgId !== undefined) return found;
  return found?.externalId !== undefined && found.externalId === change.provision?.externalId ? found : undefined;
}

/** The answer was lost, or named no customer. */
function whereIsIt(askedForMs: number): StepResult {
  if (askedForMs < begunWithinMs) {
    const isNews = askedForMs < showsWithinMs;
    return {
      outcome: 'more',
      message: 'Webex was asked, and does not show the customer yet.',
      afterMs: showsWithinMs,
      isNews,
    };
  }
  return failed(
    'unknown_outcome',
    'Webex was asked for the customer, and shows none. Whether it has accepted that is not known.',
    'Look in Partner Hub, or ask Cisco, before you provision it again: a second customer would be billed.',
  );
}

/** Whether Webex works on a change to just these packages. */
function isCarriedOut(
  { status, packages = [], resourceDetails }: WholesaleCustomer,
  after: readonly string[],
): boolean {
  const named = new Set([...packages, ...(resourceDetails?.packages ?? []).map(({ name }) => name)]);
  return isUnderWay(status ?? null) && after.every((name) => named.has(name));
}

export const changeSteps: readonly Step<StepDeps>[] = [
  connectStep(checkStep, 'Check that nobody has changed the packages', check, {}),
  connectStep(askStep, 'Ask Webex for the change', ask, {}),
  connectStep(followStep, 'Follow Webex’s work', follow, {}),
];
