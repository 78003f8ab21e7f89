// The button “Links for all”: a fresh link for each organization of a message, each in a text that can be forwarded whole.

import type { Action } from '../../chat/command.ts';
import type { Db } from '../../db/database.ts';
import { namedOrganizations } from '../../organizations/named-organizations.ts';
import { goneMessage } from '../../organizations/organization.lookup.ts';
import { connectForwardNotice } from './connect.notice.ts';
import { linksForAllMessage } from './connect.view.ts';

declare module '../../chat/actions.ts' {
  interface Actions {
    /** Our ids, separated by commas. */
    connect_all: { organization_ids: string };
  }
}

/** The answer says to whom each text goes; the texts follow, a message each. */
export const connectAll: Action<{ db: Db }> = {
  name: 'connect_all',
  async run({ db }, { inputs, scope, actor, concerns }) {
    const organizations = await namedOrganizations(db, { inputs, scope });
    if (organizations.length === 0) return { content: goneMessage };
    for (const { id } of organizations) concerns(id);
    return {
      content: linksForAllMessage(organizations),
      further: organizations.map(({ id }) =>
        connectForwardNotice.of({ organizationId: id, askedBy: actor.email, askedById: actor.personId }),
      ),
    };
  },
};
