// What we can owe a space. A notice holds ids and plain facts, never a secret: links and texts are made when it is delivered.

import { z } from 'zod';
import { ORGANIZATION_FIELDS } from '../organizations/organization-fields.ts';

const replyNotice = z.object({
  kind: z.literal('reply'),
  reply: z.object({ markdown: z.string(), card: z.record(z.string(), z.unknown()).optional() }),
});

const greetingNotice = z.object({ kind: z.literal('greeting') });

/** Saved, and here is the link to connect it. */
const organizationSavedNotice = z.object({
  kind: z.literal('organization_saved'),
  organizationId: z.uuid(),
  askedBy: z.string(),
});

/** Somebody changed the record: these fields, in words, never a secret. */
const organizationEditedNotice = z.object({
  kind: z.literal('organization_edited'),
  organizationId: z.uuid(),
  by: z.string(),
  changes: z.array(
    z.object({ field: z.enum(ORGANIZATION_FIELDS.map(({ name }) => name)), from: z.string(), to: z.string() }),
  ),
});

const connectLinkNotice = z.object({
  kind: z.literal('connect_link'),
  organizationId: z.uuid(),
  askedBy: z.string(),
  /** The transaction that was to run again and cannot without a consent, and why. */
  insteadOf: z.object({ transactionId: z.int(), why: z.enum(['never_stored', 'lost']) }).optional(),
});

/** Somebody opened the link and Webex sent them back without a grant. */
const connectRefusedNotice = z.object({
  kind: z.literal('connect_refused'),
  organizationId: z.uuid(),
  /** The OAuth error code that came back, such as `access_denied`. */
  error: z.string(),
});

/** The one message that is edited while the transaction goes on. */
const transactionProgressNotice = z.object({ kind: z.literal('transaction_progress'), transactionId: z.int() });

/** As many organizations as a notice of several names; the rest is counted. */
export const NAMED_IN_NOTICE = 10;

/** ConnectionSummary organizations, of which the first are named, the most urgent in front. `total` counts them all. */
const several = { organizationIds: z.array(z.uuid()), total: z.int() };

/** Webex refused the grants: a person must connect again. */
const connectionsLostNotice = z.object({ kind: z.literal('connections_lost'), ...several });

/** Connections cannot be refreshed, and their access tokens come to their end. */
const connectionsFailingNotice = z.object({ kind: z.literal('connections_failing'), ...several });

/** Connections end soon. `bands` says how many were told at which threshold, in days before their end. */
const deadlinesNotice = z.object({
  kind: z.literal('deadlines'),
  ...several,
  bands: z.array(z.object({ days: z.int(), count: z.int() })),
});

/** Connections end soon and nobody takes care: for the provider's administrators. */
const escalationNotice = z.object({ kind: z.literal('escalation'), ...several });

/** Somebody takes care of the deadline, and has said so in another space. */
const warningAcknowledgedNotice = z.object({
  kind: z.literal('warning_acknowledged'),
  organizationId: z.uuid(),
  by: z.string(),
});

/** Somebody put the next warning off, in another space. */
const warningSnoozedNotice = z.object({
  kind: z.literal('warning_snoozed'),
  organizationId: z.uuid(),
  by: z.string(),
  until: z.coerce.date(),
});

/** Connections were refreshed: the journal's entries of the space after the one number and up to the other. */
const refreshedNotice = z.object({ kind: z.literal('refreshed'), afterId: z.int(), upToId: z.int() });

/** What happened in a space between the two instants, and how its connections stand. */
const dailyDigestNotice = z.object({ kind: z.literal('daily_digest'), from: z.coerce.date(), to: z.coerce.date() });

/** Webex refuses our integration: for whoever runs the service. `code` is Webex's. */
const misconfiguredNotice = z.object({ kind: z.literal('misconfigured'), code: z.string() });

/** How many connections end on each of the coming days, as a picture. */
const forecastPictureNotice = z.object({ kind: z.literal('forecast_picture'), days: z.int() });

/** The deadlines of the coming days, as a calendar file. */
const forecastCalendarNotice = z.object({ kind: z.literal('forecast_calendar'), days: z.int() });

/** Somebody had a transaction run again: this is the new one. */
const transactionReplayedNotice = z.object({ kind: z.literal('transaction_replayed'), transactionId: z.int() });

/** What works of these connections has changed: not everything does, or everything does again. */
const findingsNotice = z.object({ kind: z.literal('findings'), organizationIds: z.array(z.uuid()) });

/** These grants, of `total`, do not allow what their records need. */
const missingScopesNotice = z.object({
  kind: z.literal('missing_scopes'),
  ...several,
});

const transactionResultNotice = z.object({ kind: z.literal('transaction_result'), transactionId: z.int() });

export const noticeSchema = z.discriminatedUnion('kind', [
  replyNotice,
  greetingNotice,
  organizationSavedNotice,
  organizationEditedNotice,
  connectLinkNotice,
  connectRefusedNotice,
  transactionProgressNotice,
  transactionResultNotice,
  connectionsLostNotice,
  connectionsFailingNotice,
  transactionReplayedNotice,
  deadlinesNotice,
  escalationNotice,
  warningAcknowledgedNotice,
  warningSnoozedNotice,
  refreshedNotice,
  dailyDigestNotice,
  misconfiguredNotice,
  forecastPictureNotice,
  forecastCalendarNotice,
  findingsNotice,
  missingScopesNotice,
]);

export type Notice = z.infer<typeof noticeSchema>;

/** Where in Webex something is said: a space, and the root message of the thread where there is one. */
export interface Place {
  roomId: string;
  parentMessageId: string | null;
}

/** Whom something is said to: a space, or a person in the space of that person and the bot alone. */
export type Addressee = Place | { toPersonEmail: string };
