// `show`: one organization's record, connection and last transaction.

import type { Command } from '../chat/command.ts';
import { listSyncs } from '../directory/directory.store.ts';
import { resolveOrganization } from '../organizations/resolve-organization.ts';
import { countGrants } from '../people/grantors.store.ts';
import { lastTransaction } from '../transactions/transaction.store.ts';
import { organizationReply } from './show.view.ts';

export const show: Command = {
  name: 'show',
  usage: 'show <organization>',
  summary: 'Show an organization, its connection and when its tokens expire.',
  async run({ db, clock }, input) {
    const meant = await resolveOrganization(db, { ...input, command: 'show' });
    if ('answer' in meant) return meant.answer;
    const { organization, connection } = meant.found;
    const [syncs, last, grants] = await Promise.all([
      listSyncs(db, organization.id),
      lastTransaction(db, organization.id),
      connection === null ? 0 : countGrants(db, connection.authorizedEmail),
    ]);
    return {
      content: organizationReply({
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
