// A job as a subject declares it: its queue, and what runs it.

import type { JobContext } from './job-worker.ts';
import type { JobData, Queue, QueueName } from './queues.ts';

interface Running<Deps> {
  /** How many run at a time in this process. */
  readonly concurrency: number | ((deps: Deps) => number);
  /** How many of a long queue are fetched ahead of their turn; 0 by default. They are released once the service stops. */
  readonly ahead?: number;
  /**
   * Never cut off: what it asks Webex for may be the only copy of a grant. None begins once the service stops. Other jobs ask Webex nothing more once
   * their signal aborts.
   */
  readonly isUninterrupted?: boolean;
}

export interface Job<Deps> extends Queue, Running<Deps> {
  /** May run twice for the same job: after a crash, or where another process took it over. */
  run(deps: Deps, data: never, context: JobContext): Promise<unknown>;
}

/** Declares a job whose `run` knows what the queue's jobs carry. */
export function job<Name extends QueueName, Deps>(
  declared: Queue<Name> &
    Running<Deps> & { run(deps: Deps, data: JobData[Name], context: JobContext): Promise<unknown> },
): Job<Deps> {
  return declared;
}
