// What we can owe a space. A notice holds ids and plain facts, never a secret: links and texts are made when it is delivered.

import { z } from 'zod';

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

const connectLinkNotice = z.object({
  kind: z.literal('connect_link'),
  organizationId: z.uuid(),
  askedBy: z.string(),
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

/** Webex refused the grant: a person must connect again. */
const connectionLostNotice = z.object({ kind: z.literal('connection_lost'), organizationId: z.uuid() });

/** Connections end soon: the most urgent first. */
const deadlinesNotice = z.object({
  kind: z.literal('deadlines'),
  organizationIds: z.array(z.uuid()),
});

/** What works of these connections has changed: not everything does, or everything does again. */
const findingsNotice = z.object({ kind: z.literal('findings'), organizationIds: z.array(z.uuid()) });

/** As many grants that lack scopes as a notice names; the rest is counted. */
export const MISSING_SCOPES_NAMED = 10;

/** These grants, of `total`, do not allow what their records need. */
const missingScopesNotice = z.object({
  kind: z.literal('missing_scopes'),
  organizationIds: z.array(z.uuid()).max(MISSING_SCOPES_NAMED),
  total: z.int(),
});

const transactionResultNotice = z.object({ kind: z.literal('transaction_result'), transactionId: z.int() });

export const noticeSchema = z.discriminatedUnion('kind', [
  replyNotice,
  greetingNotice,
  organizationSavedNotice,
  connectLinkNotice,
  connectRefusedNotice,
  transactionProgressNotice,
  transactionResultNotice,
  connectionLostNotice,
  deadlinesNotice,
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
