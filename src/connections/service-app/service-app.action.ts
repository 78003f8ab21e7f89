// `connect service app`: the record of the organization that owns the provider's service app, and its connect link. And: connecting by the app, where
// somebody says that it is authorized.

import { suffices } from '../../chat/actor.ts';
import type { Answer } from '../../chat/answer.ts';
import type { Action, CommandInput } from '../../chat/command.ts';
import { tooFewRights } from '../../chat/refusals.ts';
import { checkOrganization } from '../../organizations/check-organization.ts';
import { organizationOfCard, resolveOrganization } from '../../organizations/organization.lookup.ts';
import type { Organization } from '../../organizations/organization.store.ts';
import { organizationUuid } from '../../webex/ids.ts';
import { linkAnswer } from '../connect/link-answer.ts';
import { type ProviderDeps, providerOf } from '../connect/provider.ts';
import { type BeginDeps, beginAppConnect } from './begin-app-connect.ts';
import { type OwnAppDeps, ownerOfApp } from './own-app.ts';
import { saveAppOwner } from './save-owner.ts';
import {
  connectingMessage,
  heldByAppMessage,
  needsConsentMessage,
  noAppMessage,
  ownerBelowMessage,
  ownerUnknownMessage,
} from './service-app.view.ts';

declare module '../../chat/actions.ts' {
  interface Actions {
    /** Marks an organization as the owner of the service app, and answers with its link. */
    connect_service_app: { organization_id: string };
    /** Connects an organization by our service app, which somebody says is authorized there. */
    connect_by_app: { organization_id: string };
  }
}

export type ServiceAppDeps = OwnAppDeps & BeginDeps & Omit<ProviderDeps, 'clientId'> & { botOrgId: () => string };

/** `name`: a record that owns the app; by default the one that does already, or that of the bot's own organization. */
export async function connectServiceApp(deps: ServiceAppDeps, input: CommandInput, name: string): Promise<Answer> {
  const { actor, standing, place } = input;
  if (!suffices(standing, 'provider')) return tooFewRights(standing, 'provider');
  if (!deps.webex.serviceApp) return { content: noAppMessage };
  const isNamed = name !== '' || 'organization_id' in input.inputs;
  const named = isNamed ? await resolveNamed(deps, input, name) : undefined;
  if (named && 'answer' in named) return named.answer;
  const owner = named?.found ?? (await ownerOfApp(deps.db));
  const values = owner ?? (await valuesOfOwn(deps));
  const saved = values && (await saveAppOwner(deps, { values, by: actor, roomId: place.roomId }));
  if (!saved || saved.outcome === 'deleted') return { content: ownerUnknownMessage };
  if (saved.outcome === 'below') return { content: ownerBelowMessage(saved) };
  input.concerns(saved.organizationId);
  return linkAnswer(saved.organizationId, actor);
}

const resolveNamed = ({ db }: ServiceAppDeps, input: CommandInput, argument: string) =>
  resolveOrganization(db, {
    ...{ ...input, argument },
    command: 'connect_service_app',
    typedAs: 'connect service app',
  });

/** The record of the bot's own organization, which Webex has named. */
async function valuesOfOwn(deps: ServiceAppDeps) {
  const account_number_external = organizationUuid(deps.botOrgId());
  const checked = checkOrganization({ name: providerOf(deps).name, account_number_external });
  return 'values' in checked ? checked.values : undefined;
}

/** The button of the choice where several records have the name. */
export const connectServiceAppAction: Action<ServiceAppDeps> = {
  name: 'connect_service_app',
  needs: 'provider',
  run: (deps, input) => connectServiceApp(deps, input, ''),
};

export const connectByApp: Action<ServiceAppDeps> = {
  name: 'connect_by_app',
  async run(deps, input) {
    const named = await organizationOfCard(deps.db, input);
    return 'answer' in named ? named.answer : holdByApp(deps, input, named.found);
  },
};

const notBegun = { held: heldByAppMessage, needs_consent: needsConsentMessage, busy: connectingMessage };

/** What is answered where the app is to hold an organization. */
export async function holdByApp(
  deps: ServiceAppDeps,
  { actor, place }: CommandInput,
  organization: Organization,
): Promise<Answer | undefined> {
  if (!deps.webex.serviceApp) return { content: noAppMessage };
  const outcome = await beginAppConnect(deps, { organizationId: organization.id, requestedBy: actor.email, place });
  return outcome === 'started' ? undefined : { content: notBegun[outcome](organization) };
}
