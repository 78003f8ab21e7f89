// Job ids made from what a job is for, so that a second request for the same work adds no second job.

import { createHash } from 'node:crypto';

/** The same UUID for the same work within one period: it is one job, however often it is sent. A job that is lost is replaced in the next period. */
export function jobIdFor(work: string, { now, periodMs }: { now: Date; periodMs: number }): string {
  const period = Math.floor(now.getTime() / periodMs);
  const hex = createHash('sha256').update(`${period} ${work}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
