// Which schedule a button is about.

import { z } from 'zod';
import type { Answer } from '../../chat/answer.ts';
import type { CommandInput } from '../../chat/command.ts';
import { findShownConnection, type ShownConnection } from '../../connections/connection.store.ts';
import type { Db } from '../../db/database.ts';
import { goneMessage, organizationOfCard } from '../../organizations/organization.lookup.ts';
import type { Organization } from '../../organizations/organization.store.ts';
import { readSchedules } from './read-schedules.ts';
import { SCHEDULES } from './schedules.schema.ts';
import type { SyncSchedule } from './schedules.ts';

const sentSchema = z.object({ schedule: z.enum(SCHEDULES) });

/** The schedule that the button names, or the answer where there is none in scope. */
export async function findSchedule(
  db: Db,
  input: CommandInput,
): Promise<
  { organization: Organization; schedule: SyncSchedule; connection: ShownConnection | null } | { answer: Answer }
> {
  const sent = sentSchema.safeParse(input.inputs);
  if (!sent.success) return { answer: { content: goneMessage } };
  const named = await organizationOfCard(db, input);
  if ('answer' in named) return named;
  const { found: organization } = named;
  const all = await readSchedules(db, { scope: input.scope, organizationId: organization.id });
  const schedule = all.find((one) => one.schedule === sent.data.schedule);
  if (!schedule) throw new Error('an organization lacks one of its schedules');
  const connection = await findShownConnection(db, { scope: input.scope, organizationId: organization.id });
  return { organization, schedule, connection };
}
