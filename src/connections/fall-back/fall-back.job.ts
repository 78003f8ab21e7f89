// The jobs of fall-backs: one takes over a lost connection, another tells a space what was taken over.

import { job } from '../../db/jobs/job.ts';
import { willPass } from '../../db/unavailable.ts';
import type { Log } from '../../log.ts';
import { type FallBackDeps, fallBack, fallBackBroke } from './fall-back.ts';
import { takenOver } from './notify-fell-back.ts';

export const fallBackJob = job({
  name: 'fall_back',
  // Only our own faults: where Webex is away, the next job waits. After the last try the loss is told of.
  retryLimit: 8,
  retryDelaySeconds: 2,
  timeoutMs: 120_000,
  keyOf: ({ organizationId, isOfLook }) => (isOfLook ? `look:${organizationId}` : organizationId),
  concurrency: 2,
  async run(deps: FallBackDeps & { log: Log }, data, { lastAttempt }) {
    try {
      await fallBack(deps, data);
    } catch (error) {
      if (!lastAttempt || willPass(error)) throw error;
      deps.log.error({ err: error, organizationId: data.organizationId }, 'a fall-back met a fault of ours');
      await fallBackBroke(deps, data.organizationId);
    }
  },
});

export const fellBackJob = job({
  name: 'fell_back',
  retryLimit: 8,
  retryDelaySeconds: 2,
  timeoutMs: 60_000,
  // One that waits collects all that is taken over until it runs.
  keyOf: ({ roomId }) => roomId,
  concurrency: 1,
  run: takenOver.notify,
});
