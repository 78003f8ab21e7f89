// `roles`: what administrators of an organization may be, and which of it whoever authorized the connection is.

import type { Command } from '../../chat/command.ts';
import { isPastEnd, pageAsked, pagesBeside } from '../../chat/pages.ts';
import { pastEndMessage } from '../../chat/past-end.view.ts';
import { findShownConnection } from '../../connections/connection.store.ts';
import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import { resolveOrganization } from '../../organizations/organization.lookup.ts';
import { listSyncs, pageOfDirectory } from '../directory.store.ts';
import { rolesKind, showsGrantor } from '../roles.ts';
import { rolesHeld } from './role.store.ts';
import { rolesMessage } from './roles.view.ts';

export const roles: Command<{ db: Db; clock: Clock }> = {
  name: 'roles',
  needs: 'viewer',
  usage: 'roles <organization>',
  summary: 'List the administrator roles of an organization, and those of whoever authorized its connection.',
  group: 'Directory',
  examples: ['roles acme'],
  async run({ db, clock }, input) {
    const { scope, inputs } = input;
    const resolved = await resolveOrganization(db, { ...input, command: 'roles' });
    if ('answer' in resolved) return resolved.answer;
    const { found: organization } = resolved;
    const which = { scope, organizationId: organization.id };
    const page = pageAsked(inputs['page']);
    const found = await pageOfDirectory(db, rolesKind, { ...which, ...page });
    const about = { organization_id: organization.id };
    if (isPastEnd(page, found.total)) return { content: pastEndMessage('roles', page, found.total, about) };
    const syncs = await listSyncs(db, which);
    const connection = await findShownConnection(db, which);
    return {
      content: rolesMessage({
        ...found,
        held: await rolesHeld(db, which),
        ...pagesBeside(page, found.total),
        firstNumber: page.firstNumber,
        organization,
        syncedAt: syncs.find(({ kind }) => kind === 'roles')?.syncedAt ?? null,
        grantor: connection,
        isHeldShown: connection !== null && showsGrantor(connection),
        now: clock.now(),
      }),
    };
  },
};
