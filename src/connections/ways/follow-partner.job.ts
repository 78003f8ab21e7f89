// The job by which organizations follow the grant of their partner.

import { job } from '../../db/jobs/job.ts';
import { followPage } from './follow-partner.ts';

export const followPartnerJob = job({
  name: 'follow_partner',
  retryLimit: 12,
  retryDelaySeconds: 2,
  timeoutMs: 60_000,
  concurrency: 1,
  run: followPage,
});
