// `locations`: where an organization is, as of the last sync.

import type { Command } from '../../chat/command.ts';
import { isPastEnd, pageAsked, pagesBeside } from '../../chat/pages.ts';
import { pastEndMessage } from '../../chat/past-end.view.ts';
import { findShownConnection } from '../../connections/connection.store.ts';
import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import { resolveOrganization } from '../../organizations/organization.lookup.ts';
import { listSyncs, pageOfDirectory } from '../directory.store.ts';
import { locationsMessage } from './locations.view.ts';
import { locationsKind } from './locations-kind.ts';

export const locationsCommand: Command<{ db: Db; clock: Clock }> = {
  name: 'locations',
  needs: 'viewer',
  usage: 'locations <organization>',
  summary: 'Show an organization’s locations with their addresses, as of the last sync.',
  group: 'Directory',
  examples: ['locations acme'],
  async run({ db, clock }, input) {
    const { scope, inputs } = input;
    const resolved = await resolveOrganization(db, { ...input, command: 'locations' });
    if ('answer' in resolved) return resolved.answer;
    const { found: organization } = resolved;
    const of = { scope, organizationId: organization.id };
    const page = pageAsked(inputs['page']);
    const found = await pageOfDirectory(db, locationsKind, { ...of, ...page });
    const about = { organization_id: organization.id };
    if (isPastEnd(page, found.total)) return { content: pastEndMessage('locations', page, found.total, about) };
    const sync = (await listSyncs(db, of)).find(({ kind }) => kind === 'locations');
    const beside = pagesBeside(page, found.total);
    const connection = await findShownConnection(db, of);
    const view = { ...found, ...beside, organization, connection, syncedAt: sync?.syncedAt ?? null };
    return { content: locationsMessage({ ...view, firstNumber: page.firstNumber, now: clock.now() }) };
  },
};
