// Job ids that follow from what a job is for, so that whoever asks for the same work again adds no second job.

import { createHash } from 'node:crypto';

/** The same UUID for the same work within one period: asked for however often, it is one job, and a lost one is replaced in the next period. */
export function jobIdFor(work: string, { now, periodMs }: { now: Date; periodMs: number }): string {
  const period = Math.floor(now.getTime() / periodMs);
  const hex = createHash('sha256').update(`${period} ${work}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
