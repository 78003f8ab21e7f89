// `audit`: who changed, read or tried what, the newest first: of all, of one organization, or of one person. `audit export` gives it as a file.

import { z } from 'zod';
import { type AuditFilter, findDeletedOrganization, listAudit } from '../audit/audit-list.store.ts';
import type { Answer } from '../chat/answer.ts';
import type { Command, CommandInput } from '../chat/command.ts';
import { failureMessage } from '../chat/refusals.ts';
import type { Db } from '../db/database.ts';
import { asciiLower } from '../lib/ascii.ts';
import type { Clock } from '../lib/clock.ts';
import { dayMs } from '../lib/durations.ts';
import { resolveOrganization } from '../organizations/organization.lookup.ts';
import { AUDIT_PAGE_SIZE, auditMessage } from './audit.view.ts';
import { auditExportNotice } from './audit-export.notice.ts';
import { longestDays, readAuditArgument } from './audit-words.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    audit: {
      organization_id?: string;
      /** An entry by or about the person: no card holds an e-mail as an input. */
      days?: number;
      older_than?: number;
      newer_than?: number;
      /** `yes`: as a file. */
      export?: 'yes';
      person?: string;
    };
  }
}

const number = z.coerce.number().pipe(z.int()).optional().catch(undefined);

/** What the buttons send; what is none of it is left out. */
const sentSchema = z.object({
  organization_id: z.uuid().optional().catch(undefined),
  person: z.string().max(320).optional().catch(undefined),
  days: number,
  older_than: number,
  newer_than: number,
  export: z.literal('yes').optional().catch(undefined),
});

interface Deps {
  db: Db;
  clock: Clock;
}

export const audit: Command<Deps> = {
  name: 'audit',
  needs: 'viewer',
  usage: 'audit [export] [organization|person] [days]',
  summary: 'List who changed, read or tried what: all, of one organization or of one e-mail, or get it as a file.',
  group: 'People and settings',
  examples: ['audit acme 30', 'audit ada@meridian.example', 'audit export 90'],
  async run(deps, input) {
    const sent = sentSchema.parse(input.inputs);
    const typed = readAuditArgument(input.argument);
    const days = sent.days ?? typed.days;
    if (days !== undefined && (days < 1 || days > longestDays)) return { content: daysMessage };
    const of = await whose(deps, input, { sent, named: typed.named });
    if ('answer' in of) return of.answer;
    const { organization, person } = of;
    const now = deps.clock.now();
    const since = days === undefined ? undefined : new Date(now.getTime() - days * dayMs);
    const filter: AuditFilter = { organizationId: organization?.id, person, since };
    if (sent.export === 'yes' || typed.isExport) {
      const { personId, email } = input.actor;
      const asked = { organizationId: organization?.id, person, since: since?.toISOString() };
      return { content: auditExportNotice.of({ ...asked, askedBy: { personId, email } }) };
    }
    const page = await listAudit(deps.db, {
      ...{ scope: input.scope, filter, limit: AUDIT_PAGE_SIZE },
      olderThan: sent.older_than,
      newerThan: sent.newer_than,
    });
    return { content: auditMessage({ ...page, organization, person, days, roomId: input.place.roomId, now }) };
  },
};

type Whose =
  | { organization?: { id: string; name: string } | undefined; person?: string | undefined }
  | { answer: Answer };

/** The organization, which need not exist any more, or the person whose entries are asked for; neither for all. */
async function whose(
  { db }: Deps,
  input: CommandInput,
  { sent, named }: { sent: z.infer<typeof sentSchema>; named: string },
): Promise<Whose> {
  if (sent.person !== undefined) return { person: asciiLower(sent.person) };
  if (named.includes('@') && sent.organization_id === undefined) return { person: asciiLower(named).slice(0, 254) };
  if (named === '' && sent.organization_id === undefined) return {};
  const resolved = await resolveOrganization(db, { ...input, argument: named, command: 'audit' });
  if ('found' in resolved) return { organization: resolved.found };
  // A card names it by its id, and the entries name it by its last name.
  if (sent.organization_id !== undefined) return { organization: { id: sent.organization_id, name: '' } };
  const deleted = await findDeletedOrganization(db, { scope: input.scope, name: named });
  return deleted ? { organization: deleted } : resolved;
}

const daysMessage = failureMessage({
  what: `Enter 1 to ${longestDays} days.`,
  hint: 'Type, for example, audit 30, or audit acme 30.',
});
