// What runs the jobs of a queue, as a subject declares it.

import type { JobContext } from './job-worker.ts';
import type { JobData, QueueName } from './queues.ts';

export interface JobRunner<Deps> {
  readonly queue: QueueName;
  /** How many run at a time in this process. */
  readonly concurrency: number;
  /** How many are fetched ahead of their turn: what a fetch costs grows with what waits. */
  readonly ahead?: number;
  /** Never cut off, since what it asks Webex for may be the only copy of a grant. Others ask Webex nothing more once their signal aborts. */
  readonly isUninterrupted?: boolean;
  run(deps: Deps, data: never, context: JobContext): Promise<unknown>;
}

/** Declares what runs the jobs of a queue. */
export function runs<Name extends QueueName, Deps>(
  queue: Name,
  options: Omit<JobRunner<Deps>, 'queue' | 'run'>,
  run: (deps: Deps, data: JobData[Name], context: JobContext) => Promise<unknown>,
): JobRunner<Deps> {
  return { queue, ...options, run };
}
