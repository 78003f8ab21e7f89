// `sync`: reads an organization's directory at Webex now, all of it or some kinds.

import type { Command } from '../../chat/command.ts';
import { resolveOrganization } from '../../organizations/organization.lookup.ts';
import { type StartSyncDeps, startSync } from './start-sync.ts';
import { startAnswer } from './sync.view.ts';
import { kindsNamed, offeredWords, readSync } from './sync-rules.ts';

declare module '../../chat/actions.ts' {
  interface Actions {
    /** `kinds`: names of kinds with blanks between them; all where there are none. */
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
    const kinds = typeof sent === 'string' ? kindsNamed(sent) : typed.kinds;
    const keep = { kinds: kinds.map(({ kind }) => kind).join(' ') };
    const resolved = await resolveOrganization(deps.db, { ...input, argument: typed.named, command: 'sync', keep });
    if ('answer' in resolved) return resolved.answer;
    const { found: organization } = resolved;
    const { actor: by, place } = input;
    const result = await startSync(deps, { organizationId: organization.id, kinds, by, place });
    return startAnswer(result, { organization, kinds });
  },
};
