// `wholesale`: an organization's wholesale customer with every field, and `subscribers`: how many subscribe to what; both as of the last sync.

import { scopeFor } from '../../chat/actor.ts';
import type { Answer } from '../../chat/answer.ts';
import type { Command } from '../../chat/command.ts';
import { findShownConnection } from '../../connections/connection.store.ts';
import { findCustomerInScope } from '../../customers/customer.store.ts';
import type { Db } from '../../db/database.ts';
import { isInScope, type Scope } from '../../db/scope.ts';
import type { Clock } from '../../lib/clock.ts';
import { resolveOrganization } from '../../organizations/organization.lookup.ts';
import type { Organization } from '../../organizations/organization.store.ts';
import { listSyncs, type Sync } from '../directory.store.ts';
import type { AskAboutDeps } from './packages/ask-about-change.ts';
import { changeWords, readChange } from './packages/package-rules.ts';
import { typedChange } from './packages/packages.action.ts';
import { CHANGE_PACKAGES } from './packages/packages.view.ts';
import { subscribersMessage } from './subscribers.view.ts';
import { findWholesale, subscribersOf } from './wholesale.store.ts';
import { noWholesaleMessage, wholesaleMessage } from './wholesale.view.ts';

interface Deps {
  db: Db;
  clock: Clock;
}

export const wholesale: Command<AskAboutDeps & Deps> = {
  name: 'wholesale',
  needs: 'viewer',
  usage: 'wholesale <organization> [+package] [-package]',
  summary:
    'Show an organization’s wholesale customer with its packages, warnings and errors, or add and remove packages.',
  group: 'Directory',
  examples: ['wholesale borealis', 'wholesale borealis +attendant_console -webex_voice'],
  async run(deps, input) {
    const { db, clock } = deps;
    const { named, signed, unknown } = readChange(input.argument);
    const isChange = signed.added.length + signed.removed.length + unknown.length > 0;
    const asked = {
      ...input,
      argument: named,
      command: isChange ? (CHANGE_PACKAGES as typeof CHANGE_PACKAGES) : ('wholesale' as const),
      typedAs: 'wholesale',
    };
    const keep = isChange ? { change: changeWords(signed) } : {};
    return ofWholesale(db, { ...asked, keep }, async (organization, of) => {
      if (isChange) return typedChange(deps, input, { organization, change: signed, unknown });
      const home = await findCustomerInScope(db, { scope: input.scope, id: organization.customerId });
      return {
        content: wholesaleMessage({
          organization,
          customer: await findWholesale(db, of),
          connection: await findShownConnection(db, of),
          syncedAt: await syncedAt(db, of, 'wholesale'),
          mayChange: home !== undefined && isInScope(scopeFor(input.standing, 'administrator'), home.path),
          now: clock.now(),
        }),
      };
    });
  },
};

export const subscribers: Command<Deps> = {
  name: 'subscribers',
  needs: 'viewer',
  usage: 'subscribers <organization>',
  summary: 'Count the subscribers of a wholesale customer by package and status, with their errors in words.',
  group: 'Directory',
  examples: ['subscribers borealis'],
  run: ({ db, clock }, input) =>
    ofWholesale(db, { ...input, command: 'subscribers' }, async (organization, of) => ({
      content: subscribersMessage({
        organization,
        rows: await subscribersOf(db, of),
        connection: await findShownConnection(db, of),
        syncedAt: await syncedAt(db, of, 'subscribers'),
        now: clock.now(),
      }),
    })),
};

/** Answers of an organization whose record says that it is a wholesale customer. */
async function ofWholesale(
  db: Db,
  input: Parameters<typeof resolveOrganization>[1],
  answer: (organization: Organization, of: { scope: Scope; organizationId: string }) => Promise<Answer>,
): Promise<Answer> {
  const resolved = await resolveOrganization(db, input);
  if ('answer' in resolved) return resolved.answer;
  const { found: organization } = resolved;
  if (!organization.wholesale_status) return { content: noWholesaleMessage(organization) };
  return answer(organization, { scope: input.scope, organizationId: organization.id });
}

async function syncedAt(
  db: Db,
  of: { scope: Scope; organizationId: string },
  wanted: Sync['kind'],
): Promise<Date | null> {
  return (await listSyncs(db, of)).find(({ kind }) => kind === wanted)?.syncedAt ?? null;
}
