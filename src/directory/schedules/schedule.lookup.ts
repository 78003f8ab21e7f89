// Which schedule a button is about.

import { z } from 'zod';
import type { CommandInput } from '../../chat/command.ts';
import type { Message } from '../../chat/message.ts';
import type { Db } from '../../db/database.ts';
import { goneAnswer, goneMessage } from '../../organizations/organization.lookup.ts';
import { findOrganizationInScope, type Organization } from '../../organizations/organization.store.ts';
import { readSchedules } from './read-schedules.ts';
import { SCHEDULES } from './schedules.schema.ts';
import type { SyncSchedule } from './schedules.ts';

const sentSchema = z.object({ organization_id: z.uuid(), schedule: z.enum(SCHEDULES) });

/** The schedule that the button names, or the answer where there is none in scope. */
export async function findSchedule(
  db: Db,
  { inputs, scope, concerns }: CommandInput,
): Promise<{ organization: Organization; schedule: SyncSchedule } | { answer: { content: Message } }> {
  const sent = sentSchema.safeParse(inputs);
  if (!sent.success) return { answer: { content: goneMessage } };
  const asked = { scope, id: sent.data.organization_id };
  const organization = await findOrganizationInScope(db, asked);
  if (!organization) return { answer: { content: await goneAnswer(db, asked) } };
  concerns(organization.id);
  const all = await readSchedules(db, { scope, organizationId: organization.id });
  const schedule = all.find((one) => one.schedule === sent.data.schedule);
  if (!schedule) throw new Error('an organization lacks one of its schedules');
  return { organization, schedule };
}
