// `show`: one organization's record, connection and last transaction.

import type { Command } from '../chat/command.ts';
import { findShownConnection } from '../connections/connection.store.ts';
import type { Db } from '../db/database.ts';
import { listSyncs } from '../directory/directory.store.ts';
import type { Clock } from '../lib/clock.ts';
import { resolveOrganization } from '../organizations/organization.lookup.ts';
import { countGrants } from '../people/grantors.store.ts';
import { lastTransaction } from '../transactions/transaction-list.store.ts';
import { organizationMessage } from './show.view.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    show: { organization_id: string };
  }
}

export const show: Command<{ db: Db; clock: Clock }> = {
  name: 'show',
  needs: 'viewer',
  usage: 'show <organization>',
  summary: 'Show an organization, its connection and when its tokens expire.',
  group: 'Organizations',
  examples: ['show acme', 'show 3'],
  async run({ db, clock }, input) {
    const resolved = await resolveOrganization(db, { ...input, command: 'show' });
    if ('answer' in resolved) return resolved.answer;
    const organization = resolved.found;
    const { scope } = input;
    const asked = { scope, organizationId: organization.id };
    const connection = await findShownConnection(db, asked);
    const [syncs, last, grants] = await Promise.all([
      listSyncs(db, asked),
      lastTransaction(db, asked),
      connection === null ? 0 : countGrants(db, { scope, email: connection.authorizedEmail }),
    ]);
    return {
      content: organizationMessage({
        organization,
        connection,
        othersOfGrantor: Math.max(0, grants - 1),
        syncs,
        lastTransaction: last ?? null,
        now: clock.now(),
      }),
    };
  },
};
