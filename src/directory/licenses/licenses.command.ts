// `licenses`: how much an organization uses of what it has bought; without a name the sums of all in scope; with `csv` as a file.

import type { Answer } from '../../chat/answer.ts';
import type { Command, CommandInput } from '../../chat/command.ts';
import { isPastEnd, pageAsked, pagesBeside } from '../../chat/pages.ts';
import { pastEndMessage } from '../../chat/past-end.view.ts';
import { findShownConnection } from '../../connections/connection.store.ts';
import type { Clock } from '../../lib/clock.ts';
import { resolveOrganization } from '../../organizations/organization.lookup.ts';
import type { Organization } from '../../organizations/organization.store.ts';
import type { AskDeps } from '../ask-webex-of.ts';
import { listSyncs } from '../directory.store.ts';
import { answerWho, readWho } from './holders.lookup.ts';
import { licensesOf, sumLicenses } from './license.store.ts';
import { licensesFileNotice } from './licenses.notice.ts';
import { licenseSumsMessage, licensesMessage } from './licenses.view.ts';

type Deps = AskDeps & { clock: Clock };

export const licenses: Command<Deps> = {
  name: 'licenses',
  needs: 'viewer',
  usage: 'licenses [csv] [organization [who license]]',
  summary: 'Show how much of its licenses an organization uses and who holds one, or the sums of all, or get a file.',
  group: 'Directory',
  examples: ['licenses', 'licenses acme', 'licenses acme who messaging', 'licenses csv'],
  async run(deps, input) {
    const { inputs, actor } = input;
    const asked = readWho(input);
    if (asked) return answerWho(deps, input, asked);
    const [, csv, named = ''] = /^(csv)?(?:\s+|$)(.*)$/is.exec(input.argument) ?? [
      undefined,
      undefined,
      input.argument,
    ];
    const isFile = csv !== undefined || inputs['as'] === 'csv';
    const isOfOne = inputs['organization_id'] !== undefined || named !== '';
    const keep = isFile ? { as: 'csv' } : {};
    const resolved = isOfOne
      ? await resolveOrganization(deps.db, { ...input, argument: named, command: 'licenses', keep })
      : undefined;
    if (resolved && 'answer' in resolved) return resolved.answer;
    const organization = resolved?.found;
    if (isFile) {
      const askedBy = { personId: actor.personId, email: actor.email };
      return { content: licensesFileNotice.of({ organizationId: organization?.id, askedBy }) };
    }
    return organization ? ofOne(deps, input, organization) : sums(deps, input);
  },
};

async function ofOne(
  { db, clock }: Deps,
  { scope, inputs }: CommandInput,
  organization: Organization,
): Promise<Answer> {
  const about = { organization_id: organization.id };
  const page = pageAsked(inputs['page']);
  const which = { scope, organizationId: organization.id };
  const found = await licensesOf(db, { ...which, ...page });
  if (isPastEnd(page, found.total)) return { content: pastEndMessage('licenses', page, found.total, about) };
  const syncs = await listSyncs(db, which);
  const syncedAt = syncs.find(({ kind }) => kind === 'licenses')?.syncedAt ?? null;
  const view = { ...found, ...pagesBeside(page, found.total), firstNumber: page.firstNumber };
  const connection = await findShownConnection(db, which);
  return { content: licensesMessage({ ...view, organization, syncedAt, connection, now: clock.now() }) };
}

async function sums({ db, clock }: Deps, { scope, standing, inputs }: CommandInput): Promise<Answer> {
  const page = pageAsked(inputs['page']);
  const found = await sumLicenses(db, { scope, ...page });
  if (isPastEnd(page, found.total)) return { content: pastEndMessage('licenses', page, found.total) };
  const view = { ...found, ...pagesBeside(page, found.total), firstNumber: page.firstNumber };
  return { content: licenseSumsMessage({ ...view, place: standing.customer.name, now: clock.now() }) };
}
