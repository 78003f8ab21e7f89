// The button “Links for all”: a fresh link for each organization of a message, each in a text that can be forwarded whole.

import type { Action } from '../../chat/command.ts';
import type { Db } from '../../db/database.ts';
import { namedOrganizations } from '../../organizations/named-organizations.ts';
import { goneMessage } from '../../organizations/organization.lookup.ts';
import { connectionsOf } from '../connection.store.ts';
import { tokenForwardNotice } from '../tokens/token-link.notice.ts';
import { isByOwnApp } from '../ways/ways.ts';
import { connectForwardNotice } from './connect.notice.ts';
import { linksForAllMessage } from './connect.view.ts';

declare module '../../chat/actions.ts' {
  interface Actions {
    /** Our ids, separated by commas. */
    connect_all: { organization_ids: string };
  }
}

/** The answer says to whom each text goes; the texts follow, a message each. What its own service app holds is asked for new tokens. */
export const connectAll: Action<{ db: Db }> = {
  name: 'connect_all',
  async run({ db }, { inputs, scope, actor, concerns }) {
    const organizations = await namedOrganizations(db, { inputs, scope });
    if (organizations.length === 0) return { content: goneMessage };
    const ids = organizations.map(({ id }) => id);
    for (const id of ids) concerns(id);
    const held = await connectionsOf(db, ids);
    const byOwnApp = new Set(
      held.flatMap(({ organization: { id }, connection }) => (isByOwnApp(connection) ? id : [])),
    );
    return {
      content: linksForAllMessage(organizations),
      further: ids.map((organizationId) => {
        const about = { organizationId, askedBy: actor.email, askedById: actor.personId };
        return byOwnApp.has(organizationId) ? tokenForwardNotice.of(about) : connectForwardNotice.of(about);
      }),
    };
  },
};
