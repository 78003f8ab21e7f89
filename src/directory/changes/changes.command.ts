// `changes`: what syncs found otherwise than before, of one organization or of all in scope; with `csv` as a file.

import { z } from 'zod';
import type { Command } from '../../chat/command.ts';
import { failureMessage } from '../../chat/refusals.ts';
import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import { dayMs } from '../../lib/durations.ts';
import { readNamedDays } from '../../lib/named-days.ts';
import { resolveOrganization } from '../../organizations/organization.lookup.ts';
import { listChanges } from './change.store.ts';
import { changesFileNotice } from './changes.notice.ts';
import { CHANGES_PAGE_SIZE, changesMessage, DAYS_PROBLEM } from './changes.view.ts';

/** How long the journal is kept. */
export const keptDays = 90;

const number = z.coerce.number().pipe(z.int()).optional().catch(undefined);

/** What the buttons send; what is none of it is left out. */
const sentSchema = z.object({
  organization_id: z.uuid().optional().catch(undefined),
  days: number,
  older_than: number,
  newer_than: number,
  as: z.literal('csv').optional().catch(undefined),
});

export const changes: Command<{ db: Db; clock: Clock }> = {
  name: 'changes',
  needs: 'viewer',
  usage: 'changes [csv] [organization] [days]',
  summary: 'List what syncs found changed at Webex: of one organization or of all, or get it as a file.',
  group: 'Directory',
  examples: ['changes acme', 'changes acme 7', 'changes csv 30'],
  async run({ db, clock }, input) {
    const { scope, actor } = input;
    const sent = sentSchema.parse(input.inputs);
    const [, csv, rest = ''] = /^(csv)?(?:\s+|$)(.*)$/is.exec(input.argument) ?? [undefined, undefined, input.argument];
    const typed = readNamedDays(rest);
    const days = sent.days ?? typed.days;
    if (days !== undefined && (days < 1 || days > keptDays)) return { content: failureMessage(DAYS_PROBLEM) };
    const keep = { ...(days === undefined ? {} : { days }), ...(csv === undefined ? {} : { as: 'csv' }) };
    const isOfOne = sent.organization_id !== undefined || typed.named !== '';
    const resolved = isOfOne
      ? await resolveOrganization(db, { ...input, argument: typed.named, command: 'changes', keep })
      : undefined;
    if (resolved && 'answer' in resolved) return resolved.answer;
    const organization = resolved?.found;
    const now = clock.now();
    const since = days === undefined ? undefined : new Date(now.getTime() - days * dayMs);
    const query = { organizationId: organization?.id, since };
    if (csv !== undefined || sent.as === 'csv') {
      const askedBy = { personId: actor.personId, email: actor.email };
      return {
        content: changesFileNotice.of({ organizationId: organization?.id, since: since?.toISOString(), askedBy }),
      };
    }
    const page = { olderThan: sent.older_than, newerThan: sent.newer_than, limit: CHANGES_PAGE_SIZE };
    const found = await listChanges(db, { scope, query, ...page });
    return { content: changesMessage({ ...found, organization, days, now }) };
  },
};
