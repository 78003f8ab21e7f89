// The job queues: each subject declares its own, together with what runs their jobs. They are created when the database is opened.

/**
 * What a job of each queue carries: ids alone, since everything else is read afresh when it runs. The file that declares the job adds its queue:
 * `declare module '../db/jobs/queues.ts' { interface JobData { probe: { organizationId: string } } }`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: the subjects fill it.
export interface JobData {}

export type QueueName = keyof JobData;

export interface Queue<Name extends QueueName = QueueName> {
  readonly name: Name;
  /** How often a job is tried again after its first failure. */
  readonly retryLimit: number;
  /** The first wait, in seconds. It doubles with each retry, with jitter: n retries take 2^n - 1 times this, up to twice as long. */
  readonly retryDelaySeconds: number;
  /** How long one try may take before its signal aborts and it counts as failed. */
  readonly timeoutMs: number;
  /** Of jobs with the same key, at most one waits for its first try. A second one is not added. */
  keyOf?(data: JobData[Name]): string;
}

/** The queue of jobs that failed at their last try, by an error or by a crash. */
export const DEAD_LETTERS = 'dead_letters';

/**
 * How long a job's lease lasts; its process renews it well before the end. After a crash another process can take the job over when the lease expires.
 * 10 seconds outlast every stall of the event loop that was seen (under 2 s), and keep a person waiting for seconds, not minutes.
 */
export const LEASE_SECONDS = 10;
