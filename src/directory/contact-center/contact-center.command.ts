// `contact center`: what an organization's contact center consists of, as of the last sync; with `sites`, `teams`, `queues` or `entry points` by name.

import { z } from 'zod';
import type { Answer } from '../../chat/answer.ts';
import type { Command, CommandInput } from '../../chat/command.ts';
import { isPastEnd, pageAsked, pagesBeside } from '../../chat/pages.ts';
import { pastEndMessage } from '../../chat/past-end.view.ts';
import { findShownConnection } from '../../connections/connection.store.ts';
import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import { resolveOrganization } from '../../organizations/organization.lookup.ts';
import type { Organization } from '../../organizations/organization.store.ts';
import { listSyncs } from '../directory.store.ts';
import { CONTACT_CENTER_PARTS, type ContactCenterPart } from './contact-center.schema.ts';
import { agentLicenses, countParts, pageOfPart } from './contact-center.store.ts';
import { contactCenterMessage, noContactCenterMessage, partMessage } from './contact-center.view.ts';
import { readPart } from './contact-center-rules.ts';

interface Deps {
  db: Db;
  clock: Clock;
}

const sentPart = z.enum(CONTACT_CENTER_PARTS).optional().catch(undefined);

export const contactCenter: Command<Deps> = {
  name: 'contact center',
  words: ['contact-center'],
  needs: 'viewer',
  usage: 'contact center <organization> [sites|teams|queues|entry points]',
  summary: 'Show what a contact center consists of and how many agents it is licensed for, as of the last sync.',
  group: 'Directory',
  examples: ['contact center cobalt', 'contact center cobalt queues'],
  async run(deps, input) {
    const typed = readPart(input.argument);
    const part = sentPart.parse(input.inputs['part']) ?? typed.part;
    const keep = part === undefined ? {} : { part };
    const asked = { ...input, argument: typed.named, command: 'contact center' as const, keep };
    const resolved = await resolveOrganization(deps.db, asked);
    if ('answer' in resolved) return resolved.answer;
    const { found: organization } = resolved;
    if (!organization.webex_contact_center) return { content: noContactCenterMessage(organization) };
    return part === undefined ? whole(deps, input, organization) : partOf(deps, input, { organization, part });
  },
};

async function whole({ db, clock }: Deps, { scope }: CommandInput, organization: Organization): Promise<Answer> {
  const of = { scope, organizationId: organization.id };
  return {
    content: contactCenterMessage({
      organization,
      counts: await countParts(db, of),
      agents: await agentLicenses(db, of),
      syncedAt: await syncedAt(db, of),
      connection: await findShownConnection(db, of),
      now: clock.now(),
    }),
  };
}

async function partOf(
  { db, clock }: Deps,
  { scope, inputs }: CommandInput,
  { organization, part }: { organization: Organization; part: ContactCenterPart },
): Promise<Answer> {
  const of = { scope, organizationId: organization.id };
  const page = pageAsked(inputs['page']);
  const found = await pageOfPart(db, { ...of, part, ...page });
  const about = { organization_id: organization.id, part };
  if (isPastEnd(page, found.total)) return { content: pastEndMessage('contact center', page, found.total, about) };
  const view = { ...found, ...pagesBeside(page, found.total), firstNumber: page.firstNumber };
  const when = { syncedAt: await syncedAt(db, of), now: clock.now() };
  return { content: partMessage({ ...view, ...when, organization, part }) };
}

async function syncedAt(db: Db, of: Parameters<typeof listSyncs>[1]): Promise<Date | null> {
  return (await listSyncs(db, of)).find(({ kind }) => kind === 'contact_center')?.syncedAt ?? null;
}
