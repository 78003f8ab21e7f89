// What the buttons of a warning do beside Reconnect: put the next warning off, or say to all that somebody takes care.

import { z } from 'zod';
import { findConnection } from '../../db/connections.ts';
import { saveAcknowledgement, saveSnooze } from '../../db/warnings.ts';
import { snoozedUntil } from '../../domain/warnings.ts';
import type { Answer } from '../answer.ts';
import type { CommandDeps, CommandInput } from '../commands/command.ts';
import { findMeant } from '../find-organization.ts';
import { SNOOZE_DAYS } from '../views/deadlines.ts';
import { failureReply } from '../views/refusals.ts';
import { acknowledgedReply, snoozedReply } from '../views/warning-answers.ts';

const snoozeDays = z.coerce.number().pipe(z.literal([...SNOOZE_DAYS]));

/** Puts the next warning off by the days on the button; the last day before the end cannot be put off. */
export async function snooze({ db, clock }: CommandDeps, input: CommandInput): Promise<Answer> {
  const meant = await findMeant(db, { ...input, command: 'snooze' });
  if ('answer' in meant) return meant.answer;
  const { organization } = meant.found;
  const connection = await findConnection(db, organization.id);
  const days = snoozeDays.safeParse(input.inputs['days'] ?? SNOOZE_DAYS[0]);
  if (!connection || !days.success) {
    const cure = 'Type expiring to see which connections end soon.';
    return { content: failureReply({ what: `There is nothing to put off for ${organization.name}.`, cure }) };
  }
  const now = clock.now();
  const until = snoozedUntil({ deadlineAt: connection.refreshTokenExpiresAt, days: days.data, now });
  if (until) await saveSnooze(db, { organizationId: organization.id, until });
  return { content: snoozedReply({ organization, by: input.person.email, until, now }) };
}

/** Notes for all to see that the person who clicked takes care of the present deadline. */
export async function acknowledge({ db, clock }: CommandDeps, input: CommandInput): Promise<Answer> {
  const meant = await findMeant(db, { ...input, command: 'acknowledge' });
  if ('answer' in meant) return meant.answer;
  const { organization } = meant.found;
  await saveAcknowledgement(db, { organizationId: organization.id, by: input.person.email, now: clock.now() });
  return { content: acknowledgedReply({ organization, by: input.person.email }) };
}
