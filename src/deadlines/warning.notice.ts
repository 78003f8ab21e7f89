// Notices about deadlines: warnings to a space, escalations to administrators, and answers that were given in another space.

import { z } from 'zod';
import { namedShape, noticeKind } from '../notices/notice.ts';

/** Connections expire soon. `bands` says how many reached which threshold, in days before expiry. */
export const deadlinesNotice = noticeKind('deadlines', {
  ...namedShape,
  bands: z.array(z.object({ days: z.int(), count: z.int() })),
});

/** Connections expire soon and nobody has acknowledged it: for the provider's administrators. */
export const escalationNotice = noticeKind('escalation', namedShape);

/** Somebody has acknowledged the deadline in another space. */
export const warningAcknowledgedNotice = noticeKind('warning_acknowledged', {
  organizationId: z.uuid(),
  by: z.string(),
});

/** Somebody has snoozed the next warning in another space. */
export const warningSnoozedNotice = noticeKind('warning_snoozed', {
  organizationId: z.uuid(),
  by: z.string(),
  until: z.coerce.date(),
});
