// `people`: how many people an organization has, by license or by location, as of the last sync.

import type { Command } from '../../chat/command.ts';
import { isPastEnd, pageAsked, pagesBeside } from '../../chat/pages.ts';
import { pastEndMessage } from '../../chat/past-end.view.ts';
import { findShownConnection } from '../../connections/connection.store.ts';
import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import { resolveOrganization } from '../../organizations/organization.lookup.ts';
import { listSyncs } from '../directory.store.ts';
import { peopleMessage } from './people.view.ts';
import { countByLicense, countByLocation, countPeople } from './person.store.ts';

export const peopleCommand: Command<{ db: Db; clock: Clock }> = {
  name: 'people',
  needs: 'viewer',
  words: ['users'],
  usage: 'people <organization> [by location]',
  summary: 'Count an organization’s people by license or location, with pending invitations, as of the last sync.',
  group: 'Directory',
  examples: ['people acme', 'people acme by location'],
  async run({ db, clock }, input) {
    const { scope, inputs } = input;
    const [, named = '', typedBy] = /^(.*?)(?:\s+by\s+(licenses?|locations?))?$/is.exec(input.argument) ?? [];
    const by =
      /^loc/i.test(typedBy ?? '') || inputs['by'] === 'location' ? ('location' as const) : ('license' as const);
    const resolved = await resolveOrganization(db, { ...input, argument: named, command: 'people', keep: { by } });
    if ('answer' in resolved) return resolved.answer;
    const { found: organization } = resolved;
    const whose = { scope, organizationId: organization.id };
    const page = pageAsked(inputs['page']);
    const found = await (by === 'license' ? countByLicense : countByLocation)(db, { ...whose, ...page });
    const about = { organization_id: organization.id, by };
    if (isPastEnd(page, found.total)) return { content: pastEndMessage('people', page, found.total, about) };
    const synced = (await listSyncs(db, whose)).find(({ kind }) => kind === 'people');
    const counts = await countPeople(db, whose);
    const connection = await findShownConnection(db, whose);
    const beside = pagesBeside(page, found.total);
    const view = { ...found, ...beside, firstNumber: page.firstNumber, connection, now: clock.now() };
    return { content: peopleMessage({ ...view, organization, by, counts, syncedAt: synced?.syncedAt ?? null }) };
  },
};
