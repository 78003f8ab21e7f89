// What is told of deadlines: to their space, to the administrators where nobody acknowledges, and to a space of an answer given elsewhere.

import { z } from 'zod';
import { namedShape, noticeKind } from '../notices/notice.ts';

/** Connections end soon. `bands` says how many were told at which threshold, in days before their end. */
export const deadlinesNotice = noticeKind('deadlines', {
  ...namedShape,
  bands: z.array(z.object({ days: z.int(), count: z.int() })),
});

/** Connections end soon and nobody has acknowledged it: for the provider's administrators. */
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
