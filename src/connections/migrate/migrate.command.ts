// `migrate`: another way to hold an organization. The new one is proven before it takes the place of the old one; record, history and schedules stay.

import type { Answer } from '../../chat/answer.ts';
import type { Command, CommandInput } from '../../chat/command.ts';
import { holdsOthers } from '../../organizations/holds-others.ts';
import { goneAnswer, resolveOrganization } from '../../organizations/organization.lookup.ts';
import type { Organization } from '../../organizations/organization.store.ts';
import { linkAnswer } from '../connect/link-answer.ts';
import { findShownConnection } from '../connection.store.ts';
import { fallBackSetMessage } from '../fall-back/fall-back.view.ts';
import { setFallBack } from '../fall-back/set-fall-back.ts';
import { offeredApp } from '../service-app/offered-app.ts';
import { holdByApp, type ServiceAppDeps } from '../service-app/service-app.action.ts';
import { needsConsentMessage } from '../service-app/service-app.view.ts';
import { tokenLinkAnswer } from '../tokens/tokens.action.ts';
import { chooseWayMessage, migratedToPartnerMessage } from './migrate.view.ts';
import {
  type FallBackTarget,
  readFallBack,
  readFallBackArgument,
  readMigrateArgument,
  readWay,
  type Target,
} from './migrate-rules.ts';
import { type MigrateDeps, migrateToPartner } from './migrate-to-partner.ts';

declare module '../../chat/actions.ts' {
  interface Actions {
    /** `way`: one of `WAYS`, or `tokens`; which are offered is asked without it. `fall_back`: one of `FALL_BACKS`, or `none`. */
    migrate: { organization_id: string; way?: string; fall_back?: string };
  }
}

export const migrate: Command<ServiceAppDeps & MigrateDeps> = {
  name: 'migrate',
  usage: 'migrate <organization> [service app | partner | consent | tokens | fallback …]',
  summary:
    'Hold an organization in another way, which is proven before it takes the place of the old one; or say with fallback partner, service app or none what takes over where its connection is lost.',
  group: 'Connections',
  examples: ['migrate acme service app', 'migrate acme fallback partner'],
  async run(deps, input) {
    const ofFallBack = readFallBackArgument(input.argument);
    const fallBack = readFallBack(input.inputs['fall_back']) ?? ofFallBack?.fallBack;
    const typed = ofFallBack ? { name: ofFallBack.name, way: undefined } : readMigrateArgument(input.argument);
    const way = readWay(input.inputs['way']) ?? typed.way;
    const resolved = await resolveOrganization(deps.db, {
      ...{ ...input, argument: typed.name },
      command: 'migrate',
      ...(fallBack ? { keep: { fall_back: fallBack } } : way && { keep: { way } }),
    });
    if ('answer' in resolved) return resolved.answer;
    const { found: organization } = resolved;
    if (fallBack !== undefined) return fallBackTo(deps, input, { organization, way: fallBack });
    if (way !== undefined) return migrateTo[way](deps, input, organization);
    const connection = await findShownConnection(deps.db, { scope: input.scope, organizationId: organization.id });
    const serviceApp = await offeredApp(deps, organization);
    const view = { organization, connection, serviceApp, holdsOthers: holdsOthers(organization) };
    return { content: chooseWayMessage(view) };
  },
};

async function fallBackTo(
  deps: ServiceAppDeps & MigrateDeps,
  { actor, scope, place }: CommandInput,
  asked: { organization: Organization; way: FallBackTarget },
): Promise<Answer> {
  const { organization } = asked;
  const result = await setFallBack(deps, { ...asked, by: actor, roomId: place.roomId });
  if (result.outcome === 'gone') return { content: await goneAnswer(deps.db, { scope, id: organization.id }) };
  return { content: fallBackSetMessage({ organization, result }) };
}

type Migrating = [deps: ServiceAppDeps & MigrateDeps, input: CommandInput, organization: Organization];

const migrateTo: Record<Target, (...asked: Migrating) => Promise<Answer | undefined>> = {
  service_app: holdByApp,
  tokens: async (_deps, input, organization) => tokenLinkAnswer(input, organization),
  consent: async (_deps, { actor }, { id }) => linkAnswer(id, actor),
  async partner(deps, { actor, scope, place }, organization) {
    const result = await migrateToPartner(deps, { organization, by: actor, place });
    if (result.outcome === 'gone') return { content: await goneAnswer(deps.db, { scope, id: organization.id }) };
    if (result.outcome === 'needs_consent') return { content: needsConsentMessage(organization) };
    return { content: migratedToPartnerMessage({ organization, result }) };
  },
};
