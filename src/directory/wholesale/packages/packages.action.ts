// Changes of packages that somebody asks for: typed as `+webex_voice`, or by a form. What is asked for is shown with what goes before anything is changed.

import { z } from 'zod';
import { scopeFor } from '../../../chat/actor.ts';
import type { Answer } from '../../../chat/answer.ts';
import type { Action, CommandInput } from '../../../chat/command.ts';
import { tooFewRights } from '../../../chat/refusals.ts';
import { findShownConnection } from '../../../connections/connection.store.ts';
import { mayRead, whoPermits } from '../../../connections/scopes.ts';
import type { Db } from '../../../db/database.ts';
import type { Scope } from '../../../db/scope.ts';
import { goneAnswer, organizationOfCard } from '../../../organizations/organization.lookup.ts';
import { findOrganizationInScope, type Organization } from '../../../organizations/organization.store.ts';
import { findWholesale, subscribersOf } from '../wholesale.store.ts';
import { noWholesaleMessage } from '../wholesale.view.ts';
import { packageNames } from '../wholesale-rules.ts';
import { type AskAboutDeps, askAboutChange } from './ask-about-change.ts';
import { changeBetween, type PackageChange, packageProblems, packagesAfter, readChange } from './package-rules.ts';
import {
  CHANGE_PACKAGES,
  CHECK_PACKAGES,
  changeRunsMessage,
  confirmPackagesMessage,
  notPermittedMessage,
  packageInput,
  packagesForm,
  packagesProblemMessage,
  SAVE_PACKAGES,
} from './packages.view.ts';
import { checkParameters, nothingTyped, type ParametersTyped, readParameters } from './parameter-rules.ts';
import { type StartChangeDeps, type StartChangeInput, startChange } from './start-change.ts';

/** What changing packages takes. */
export const writesWholesale = 'spark-admin:wholesale_customers_write';

/** Opens the form, with what was chosen before where somebody comes back to it. */
export const changePackages: Action<AskAboutDeps> = {
  name: CHANGE_PACKAGES,
  async run(deps, input) {
    const found = await changeable(deps.db, input);
    if ('answer' in found) return found.answer;
    const { organization } = found;
    const { signed } = readChange(textOf(input, 'change'));
    const { scope } = input;
    const seen = (await findWholesale(deps.db, { scope, organizationId: organization.id }))?.packages ?? [];
    const typed = readParameters(input.inputs);
    const isBack = input.inputs['seen'] !== undefined;
    return {
      content: packagesForm({ organization, seen, wanted: packagesAfter(seen, signed), typed }),
      ...(isBack ? { replacesMessageId: input.cardMessageId } : {}),
    };
  },
};

/** The form was filled in: shows what would be changed, or what is wrong. */
export const checkPackages: Action<AskAboutDeps> = {
  name: CHECK_PACKAGES,
  async run(deps, input) {
    const found = await changeable(deps.db, input);
    if ('answer' in found) return found.answer;
    const { organization } = found;
    const seen = namesIn(textOf(input, 'seen'));
    const wanted = packageNames.filter((name) => String(input.inputs[packageInput(name)]) === 'true');
    // What this version does not know has no toggle, and stays.
    const change = changeBetween(
      seen.filter((name) => packageNames.includes(name)),
      wanted,
    );
    const typed = readParameters(input.inputs);
    const checked = checkParameters(typed);
    const replacesMessageId = input.cardMessageId;
    if ('problems' in checked) {
      const summary = 'Nothing was changed: correct the marked fields.';
      return { content: packagesForm({ organization, seen, wanted, typed, ...checked, summary }), replacesMessageId };
    }
    return { ...(await showChange(deps, input, { organization, change, typed })), replacesMessageId };
  },
};

/** It is confirmed: the change starts. */
export const savePackages: Action<StartChangeDeps & AskAboutDeps> = {
  name: SAVE_PACKAGES,
  async run(deps, input) {
    const found = await changeable(deps.db, input);
    if ('answer' in found) return found.answer;
    const { organization } = found;
    const { scope, cardMessageId: replacesMessageId } = input;
    const customer = await findWholesale(deps.db, { scope, organizationId: organization.id });
    const before = namesIn(textOf(input, 'seen'));
    const { signed: change } = readChange(textOf(input, 'change'));
    const after = packagesAfter(before, change);
    const checked = checkParameters(readParameters(input.inputs));
    const problems = 'problems' in checked ? ['The provisioning parameters cannot be read.'] : packageProblems(after);
    if (!customer) problems.push('Its wholesale customer was not read yet: sync it first.');
    if (customer && customer.goneAt !== null) problems.push('Webex does not have this wholesale customer any more.');
    if (after.join() === before.join()) problems.push('Nothing would be changed.');
    if (!customer || 'problems' in checked || problems.length > 0) {
      return { content: packagesProblemMessage({ organization, problems, change }), replacesMessageId };
    }
    const { parameters } = checked;
    return beginChange(deps, input, { organization, customerId: customer.webexId, before, after, parameters });
  },
};

/** What was typed behind `wholesale <organization>`. Whoever may only read is refused. */
export async function typedChange(
  deps: AskAboutDeps,
  input: CommandInput,
  { organization, change, unknown }: { organization: Organization; change: PackageChange; unknown: readonly string[] },
): Promise<Answer> {
  const { standing } = input;
  const scope = scopeFor(standing, 'administrator');
  const mine = await findOrganizationInScope(deps.db, { scope, id: organization.id });
  if (!mine) return tooFewRights(standing, 'administrator');
  const why = await notChangeable(deps.db, { organization: mine, scope });
  if (why) return why;
  if (unknown.length > 0) {
    const problems = [`No package is called ${unknown.join(', ')}. There are ${packageNames.join(', ')}.`];
    return { content: packagesProblemMessage({ organization, problems, change }) };
  }
  return showChange(deps, { ...input, scope }, { organization: mine, change, typed: nothingTyped });
}

/** Asks Webex for the packages of now, and what its precheck says of the change; shows both. */
async function showChange(
  deps: AskAboutDeps,
  { scope }: CommandInput,
  { organization, change, typed }: { organization: Organization; change: PackageChange; typed: ParametersTyped },
): Promise<Answer> {
  const checked = checkParameters(typed);
  const parameters = 'parameters' in checked ? checked.parameters : undefined;
  const asked = await askAboutChange(deps, { organization, change, parameters });
  if ('problems' in asked)
    return { content: packagesProblemMessage({ organization, problems: asked.problems, change }) };
  const { seen, advice } = asked;
  const subscribers = await subscribersOf(deps.db, { scope, organizationId: organization.id });
  const real = changeBetween(seen, packagesAfter(seen, change));
  return { content: confirmPackagesMessage({ organization, seen, change: real, typed, subscribers, advice }) };
}

/** The organization that the button names, where its packages can be changed by the person, or the answer why not. */
export async function changeable(
  db: Db,
  input: CommandInput,
): Promise<{ organization: Organization } | { answer: Answer }> {
  const named = await organizationOfCard(db, input);
  if ('answer' in named) return named;
  const { found: organization } = named;
  const why = await notChangeable(db, { organization, scope: input.scope });
  return why ? { answer: why } : { organization };
}

/** Starts what was confirmed: the card goes, and the progress tells the rest. */
export async function beginChange(
  deps: StartChangeDeps,
  { scope, actor: by, place, cardMessageId: replacesMessageId }: CommandInput,
  {
    organization,
    ...asked
  }: Omit<StartChangeInput, 'organizationId' | 'by' | 'place'> & { organization: Organization },
): Promise<Answer | 'discard'> {
  const result = await startChange(deps, { ...asked, organizationId: organization.id, by, place });
  switch (result.outcome) {
    case 'started':
      return 'discard';
    case 'running':
      return { content: changeRunsMessage(organization, result.transactionId), replacesMessageId };
    case 'gone':
      return { content: await goneAnswer(deps.db, { scope, id: organization.id }) };
  }
}

/** Why the packages of a record cannot be changed at all. */
async function notChangeable(
  db: Db,
  { organization, scope }: { organization: Organization; scope: Scope },
): Promise<Answer | undefined> {
  if (!organization.wholesale_status) return { content: noWholesaleMessage(organization) };
  const connection = await findShownConnection(db, { scope, organizationId: organization.id });
  if (!connection || connection.state === 'lost' || mayRead(connection.scopes, writesWholesale)) return undefined;
  return { content: notPermittedMessage(organization, whoPermits([writesWholesale])) };
}

const textOf = ({ inputs }: CommandInput, name: string): string => z.string().catch('').parse(inputs[name]);

const namesIn = (text: string): string[] => [...new Set(text.split(' ').filter((name) => name !== ''))].toSorted();
