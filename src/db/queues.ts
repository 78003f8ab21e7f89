// The job queues and how each retries, in one place. They are created together with the tables, so that starting the engine creates nothing.

export type QueueName = 'inbox' | 'transaction' | 'notice';

export interface QueueSettings {
  /** How often a job is tried again after its first failure. */
  retryLimit: number;
  /** The first wait, in seconds; doubled with jitter at each further try. */
  retryDelaySeconds: number;
  /** How long one try may take before its signal aborts and it counts as failed. */
  timeoutMs: number;
}

/**
 * A job whose process died is taken over once nobody has renewed its hold for this long. A running job renews it well before.
 * 15 seconds outlast every stall of the event loop that was seen (under 2 s) and keep a person waiting for seconds, not minutes.
 */
export const HOLD_SECONDS = 15;

/** With n retries and a first delay of d, the engine goes on for (2^n - 1) * d to twice that. */
export const queues: Record<QueueName, QueueSettings> = {
  // A person waits for the answer: the first retry comes at once, and after 4 to 9 minutes nobody waits any more.
  inbox: { retryLimit: 8, retryDelaySeconds: 1, timeoutMs: 60_000 },
  // 34 to 68 minutes: most outages of Webex end before a Connect gives up, and the person need not consent again.
  transaction: { retryLimit: 10, retryDelaySeconds: 2, timeoutMs: 120_000 },
  // 9 to 18 hours: what we owe a space outlasts an outage of Webex of a working day.
  notice: { retryLimit: 14, retryDelaySeconds: 2, timeoutMs: 60_000 },
};
