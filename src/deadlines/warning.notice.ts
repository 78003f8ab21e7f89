// Notices about deadlines: warnings to a space, escalations to administrators, and answers that were given in another space.

import { z } from 'zod';
import { namedShape, noticeKind } from '../notices/notice.ts';

const bands = z.array(z.object({ days: z.int(), count: z.int() }));

/** Connections expire soon or have ended. `bands` says how many expire within how many days; `reminders` of those that ended were told before. */
export const deadlinesNotice = noticeKind('deadlines', { ...namedShape, bands, reminders: z.int().default(0) });

/** Connections expire soon and nobody has acknowledged it: for the provider's administrators. An older version saved no bands. */
export const escalationNotice = noticeKind('escalation', { ...namedShape, bands: bands.default([]) });

/** Somebody has acknowledged the deadline in another space. */
export const warningAcknowledgedNotice = noticeKind('warning_acknowledged', {
  organizationId: z.uuid(),
  by: z.string(),
});

/** Somebody has taken back an acknowledgement in another space. */
export const warningUnacknowledgedNotice = noticeKind('warning_unacknowledged', {
  organizationId: z.uuid(),
  by: z.string(),
});

/** Somebody has snoozed the next warning in another space. */
export const warningSnoozedNotice = noticeKind('warning_snoozed', {
  organizationId: z.uuid(),
  by: z.string(),
  until: z.coerce.date(),
});
