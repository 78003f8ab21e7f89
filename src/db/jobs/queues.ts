// The job queues: what a job of each carries and how it is retried. They are created together with the tables, so that starting the engine creates nothing.

/** What a job carries: ids alone, since everything else is read afresh when it runs. */
export interface JobData {
  /** A webhook event that was not handled at once. */
  inbox: { eventId: string };
  /** The next step of a transaction. */
  transaction: { transactionId: number };
  /** A transaction's progress message is to show how far it is. */
  progress: { transactionId: number };
  /** An organization's grant is due to be refreshed. */
  refresh: { organizationId: string };
  /** An organization's grant is due for a proof of life. */
  probe: { organizationId: string };
  /** A space is to be told what proofs of life have found. */
  findings: { roomId: string };
  /** All grants are to be looked at: this version may need scopes that they lack. */
  scopes: Record<string, never>;
  /** A notice is to be delivered. */
  notice: { noticeId: string };
  /** A space is to be told what has happened to its connections since it was told last. */
  tell: { roomId: string };
}

export type QueueName = keyof JobData;

export interface QueueSettings<Data> {
  /** How often a job is tried again after its first failure. */
  retryLimit: number;
  /** The first wait, in seconds; doubled with jitter at each further try: n retries go on for (2^n - 1) of it to twice that. */
  retryDelaySeconds: number;
  /** How long one try may take before its signal aborts and it counts as failed. */
  timeoutMs: number;
  /** Of jobs with the same key, one at most waits for its first try; a further one is not added. */
  keyOf?: (data: Data) => string;
}

export const queues: { [Name in QueueName]: QueueSettings<JobData[Name]> } = {
  // A person waits for the answer: the first retry comes at once, and after 4 to 9 minutes nobody waits any more.
  inbox: { retryLimit: 8, retryDelaySeconds: 1, timeoutMs: 60_000 },
  // 34 to 68 minutes: most outages of Webex end before a Connect gives up, and the person need not consent again.
  transaction: { retryLimit: 10, retryDelaySeconds: 2, timeoutMs: 120_000 },
  // The next milestone or the result says it anyway. A job shows what is true when it runs, so one that waits stands for all.
  progress: {
    retryLimit: 3,
    retryDelaySeconds: 1,
    timeoutMs: 60_000,
    keyOf: ({ transactionId }) => String(transactionId),
  },
  // How long to wait after a failure is the connection's own; a job is tried again only where the process or its database failed.
  refresh: { retryLimit: 2, retryDelaySeconds: 5, timeoutMs: 120_000, keyOf: ({ organizationId }) => organizationId },
  // When to ask again is the connection's own; a job is tried again only where the process or its database failed.
  probe: { retryLimit: 2, retryDelaySeconds: 5, timeoutMs: 300_000, keyOf: ({ organizationId }) => organizationId },
  // One that waits collects all that is found until it runs.
  findings: { retryLimit: 8, retryDelaySeconds: 2, timeoutMs: 60_000, keyOf: ({ roomId }) => roomId },
  // One look at all grants after an upgrade, in pages.
  scopes: { retryLimit: 8, retryDelaySeconds: 5, timeoutMs: 600_000, keyOf: () => 'all' },
  // 9 to 18 hours: what we owe a space outlasts an outage of Webex of a working day.
  notice: { retryLimit: 14, retryDelaySeconds: 2, timeoutMs: 60_000 },
  // Tells all that is untold when it runs, so that one that waits stands for many; what it misses the next look for deadlines finds.
  tell: { retryLimit: 5, retryDelaySeconds: 2, timeoutMs: 60_000, keyOf: ({ roomId }) => roomId },
};

export const queueNames = Object.keys(queues) as QueueName[];

/** Where jobs end that failed at their last try, whoever was to notice: a handler that threw, or nobody, after a crash. */
export const DEAD_LETTERS = 'dead_letters';

/**
 * A job whose process died is taken over once nobody has renewed its lease for this long. A running job renews it well before.
 * 10 seconds outlast every stall of the event loop that was seen (under 2 s) and keep a person waiting for seconds, not minutes.
 */
export const LEASE_SECONDS = 10;
