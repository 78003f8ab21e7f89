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
  /** The first wait, in seconds; doubled with jitter at each further try: n retries go on for (2^n - 1) of it to twice that. */
  readonly retryDelaySeconds: number;
  /** How long one try may take before its signal aborts and it counts as failed. */
  readonly timeoutMs: number;
  /** Of jobs with the same key, one at most waits for its first try; a further one is not added. */
  keyOf?(data: JobData[Name]): string;
}

/** Where jobs end that failed at their last try, whoever was to notice: a handler that threw, or nobody, after a crash. */
export const DEAD_LETTERS = 'dead_letters';

/**
 * A job whose process died is taken over once nobody has renewed its lease for this long. A running job renews it well before.
 * 10 seconds outlast every stall of the event loop that was seen (under 2 s) and keep a person waiting for seconds, not minutes.
 */
export const LEASE_SECONDS = 10;
