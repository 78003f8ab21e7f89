// `sync`: reads an organization's directory at Webex now, all of it or some kinds.

import type { Command } from '../../chat/command.ts';
import { resolveOrganization } from '../../organizations/organization.lookup.ts';
import { excludedOfFull } from '../schedules/schedule.store.ts';
import { type StartSyncDeps, startSync } from './start-sync.ts';
import { startAnswer } from './sync.view.ts';
import { isOf, kindsNamed, offeredWords, readSync } from './sync-rules.ts';

declare module '../../chat/actions.ts' {
  interface Actions {
    /** `kinds`: names of kinds with blanks between them; where there are none, all that the full sync reads. */
    sync: { organization_id: string; kinds?: string };
  }
}

export const sync: Command<StartSyncDeps> = {
  name: 'sync',
  usage: `sync <organization> [${[...offeredWords, 'all'].join('|')}]`,
  summary: 'Read an organization’s directory, wholesale customer and contact center at Webex now, as a transaction.',
  phrases: { 'sync webex app users': 'users', 'sync webex app roles licenses': 'roles licenses' },
  group: 'Directory',
  examples: ['sync acme', 'sync acme licenses'],
  async run(deps, input) {
    const sent = input.inputs['kinds'];
    const typed = readSync(input.argument);
    const named = typeof sent === 'string' ? kindsNamed(sent) : typed.isSaid ? typed.kinds : undefined;
    const keep = named ? { kinds: named.map(({ kind }) => kind).join(' ') } : {};
    const resolved = await resolveOrganization(deps.db, { ...input, argument: typed.named, command: 'sync', keep });
    if ('answer' in resolved) return resolved.answer;
    const { found: organization } = resolved;
    const { actor: by, place } = input;
    const excluded = named
      ? []
      : await excludedOfFull(deps.db, { scope: input.scope, organizationId: organization.id });
    const kinds = named ?? typed.kinds.filter(({ kind }) => !excluded.includes(kind));
    const result = await startSync(deps, { organizationId: organization.id, kinds, by, place });
    const leftOut = typed.kinds.filter((kind) => excluded.includes(kind.kind) && isOf(kind, organization));
    return startAnswer(result, { organization, kinds, leftOut });
  },
};
