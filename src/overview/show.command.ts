// `show`: one organization's whole record, its connection, who may be asked, and what is likely next.

import { scopeFor } from '../chat/actor.ts';
import type { Command } from '../chat/command.ts';
import { findShownConnection } from '../connections/connection.store.ts';
import { countOnGrants } from '../connections/ways/on-grants.store.ts';
import type { Db } from '../db/database.ts';
import { isInScope } from '../db/scope.ts';
import { listSyncs } from '../directory/directory.store.ts';
import type { Clock } from '../lib/clock.ts';
import { labelsInScope } from '../organizations/labels/label.store.ts';
import { resolveOrganization } from '../organizations/organization.lookup.ts';
import { countGrantsUpTo } from '../people/grantors.store.ts';
import { settingsOfOrganization } from '../settings/settings-of-many.store.ts';
import { lastTransaction } from '../transactions/transaction-list.store.ts';
import { findHome, findNotifiedSpace } from './show.store.ts';
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
  summary: 'Show an organization’s whole record, its connection, and when its tokens expire.',
  group: 'Organizations',
  examples: ['show acme', 'show 3'],
  async run({ db, clock }, input) {
    const resolved = await resolveOrganization(db, { ...input, command: 'show' });
    if ('answer' in resolved) return resolved.answer;
    const organization = resolved.found;
    const { scope, standing, place } = input;
    const asked = { scope, organizationId: organization.id };
    const connection = await findShownConnection(db, asked);
    const [home, notified, labels, syncs, settings, last, grants, onGrants] = await Promise.all([
      findHome(db, { scope, customerId: organization.customerId }),
      findNotifiedSpace(db, { scope, roomId: organization.roomId }),
      labelsInScope(db, asked),
      listSyncs(db, asked),
      settingsOfOrganization(db, organization.id),
      lastTransaction(db, asked),
      connection?.authorizedEmail == null ? 0 : countGrantsUpTo(db, { scope, email: connection.authorizedEmail }),
      countOnGrants(db, { ids: [organization.id], scope }),
    ]);
    return {
      content: organizationMessage({
        organization,
        settings,
        customer: home.names,
        notified: notified && {
          ...notified,
          isHere: notified.roomId === place.roomId,
          isByLabel: organization.ownRoomId !== null,
        },
        labels,
        connection,
        othersOfGrantor: Math.max(0, grants - 1),
        onGrant: onGrants.get(organization.id),
        syncs,
        lastTransaction: last ?? null,
        mayChange: home.path !== undefined && isInScope(scopeFor(standing, 'administrator'), home.path),
        now: clock.now(),
      }),
    };
  },
};
