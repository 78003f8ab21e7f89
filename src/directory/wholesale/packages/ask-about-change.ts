// Asks Webex, while somebody waits, which packages there are now and what its precheck says of a change.

import type { Organization } from '../../../organizations/organization.store.ts';
import type { WebexClient } from '../../../webex/client.ts';
import { WebexRefused, WebexUnavailable } from '../../../webex/errors.ts';
import {
  findWholesaleCustomer,
  precheckWholesale,
  readWholeCustomer,
  type WholesaleCustomer,
} from '../../../webex/wholesale.ts';
import { type AskDeps, askWebexOf } from '../../ask-webex-of.ts';
import type { AnyKind } from '../../kind.ts';
import { NothingToRead } from '../../nothing-to-read.ts';
import { unreadableWords } from '../../sync/sync-rules.ts';
import { wholesaleCustomerOf, wholesaleKind } from '../wholesale-kind.ts';
import { isUnderWay, statusWords } from '../wholesale-rules.ts';
import { type Advice, type PackageChange, packageProblems, packagesAfter } from './package-rules.ts';
import type { ProvisioningParameters } from './parameter-rules.ts';
import type { Provision } from './provision-rules.ts';
import { refusalText } from './refusal-text.ts';

export type AskAboutDeps = AskDeps;

/** `seen`: the packages of now. `problems`: why it cannot be changed so, a sentence each. @throws WebexUnavailable */
export async function askAboutChange(
  deps: AskAboutDeps,
  {
    organization,
    change,
    parameters,
  }: { organization: Organization; change: PackageChange; parameters: ProvisioningParameters | undefined },
): Promise<{ seen: string[]; advice: Advice } | { problems: string[] }> {
  const kinds = [wholesaleKind] as unknown as readonly AnyKind[];
  try {
    const asked = await askWebexOf(deps, {
      organization,
      kinds,
      ask: (webex) => ask(webex, { organization, change, parameters }),
    });
    if ('why' in asked) return { problems: [unreadableWords(asked.why, organization.name, kinds)] };
    return asked.answer;
  } catch (error) {
    return { problems: problemsIn(error) };
  }
}

/** Why Webex shows nothing, a sentence each. @throws what is no answer of Webex */
function problemsIn(error: unknown): string[] {
  if (error instanceof NothingToRead) return [error.message, error.hint];
  if (error instanceof WebexRefused) return [refusalText(error)];
  throw error;
}

async function ask(
  webex: WebexClient,
  {
    organization,
    change,
    parameters,
  }: { organization: Organization; change: PackageChange; parameters: ProvisioningParameters | undefined },
): Promise<{ seen: string[]; advice: Advice } | { problems: string[] }> {
  const { id } = await wholesaleCustomerOf(webex, organization);
  const customer = await readWholeCustomer(webex, id);
  const { packages, status = null } = customer;
  const seen = packages.toSorted();
  const wanted = packagesAfter(seen, change);
  if (isUnderWay(status)) {
    return {
      problems: [
        `Webex still works on an earlier change (${statusWords(status).toLowerCase()}). Wait until it has ended.`,
      ],
    };
  }
  if (wanted.join() === seen.join())
    return { problems: ['Nothing would be changed: the customer has just these packages.'] };
  const problems = packageProblems(wanted);
  if (problems.length > 0) return { problems };
  return { seen, advice: await adviceOn(webex, { customer, wanted, parameters }) };
}

/** Advice alone: whether Webex takes it for the change of a customer that exists is not documented. */
async function adviceOn(
  webex: WebexClient,
  {
    customer,
    wanted,
    parameters,
  }: {
    customer: Pick<WholesaleCustomer, 'orgId' | 'externalId' | 'address'>;
    wanted: readonly string[];
    parameters: ProvisioningParameters | undefined;
  },
): Promise<Advice> {
  try {
    const words = await precheckWholesale(webex, { customer, packages: wanted, parameters });
    return { isGood: true, words };
  } catch (error) {
    if (error instanceof WebexRefused) return { isGood: false, words: refusalText(error) };
    if (error instanceof WebexUnavailable) return null;
    throw error;
  }
}

/** What the precheck says of a new customer. `problems`: why it cannot be provisioned, a sentence each. @throws WebexUnavailable */
export async function askAboutProvision(
  deps: AskAboutDeps,
  {
    organization,
    provision,
    packages,
    parameters,
  }: {
    organization: Organization;
    provision: Provision;
    packages: readonly string[];
    parameters: ProvisioningParameters | undefined;
  },
): Promise<{ advice: Advice } | { problems: string[] }> {
  const kinds = [wholesaleKind] as unknown as readonly AnyKind[];
  const asking = askWebexOf(deps, {
    ...{ organization, kinds },
    async ask(webex): Promise<{ advice: Advice } | { problems: string[] }> {
      const existing = await findWholesaleCustomer(webex, organization.account_number);
      if (existing) return { problems: [`${organization.name} is a wholesale customer already: sync it.`] };
      const customer = { ...provision, orgId: organization.account_number };
      return { advice: await adviceOn(webex, { customer, wanted: packages, parameters }) };
    },
  });
  try {
    const asked = await asking;
    return 'why' in asked ? { problems: [unreadableWords(asked.why, organization.name, kinds)] } : asked.answer;
  } catch (error) {
    return { problems: problemsIn(error) };
  }
}
