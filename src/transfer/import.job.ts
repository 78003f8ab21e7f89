// An import's file, to be fetched and checked.

import { job } from '../db/jobs/job.ts';
import type { Parts } from '../parts.ts';
import { checkImport } from './check-import.ts';

declare module '../db/jobs/queues.ts' {
  interface JobData {
    import: { importId: string };
  }
}

export const importJob = job({
  name: 'import',
  // 5 to 10 minutes: Webex has scanned a file by then, or will not.
  retryLimit: 7,
  retryDelaySeconds: 5,
  timeoutMs: 600_000,
  concurrency: 2,
  run: (parts: Parts, data, context) => checkImport(parts, data, context),
});
