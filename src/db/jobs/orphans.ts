// Orphans: work that has lost its job, as after a restored backup. Each subject finds its own.

import type { Db } from '../database.ts';
import type { JobData, QueueName } from './queues.ts';

/** Work that waits and has no job any more. */
export type Orphan = { [Name in QueueName]: { queue: Name; data: JobData[Name]; work: string } }[QueueName];

/** Finds work that has waited since `before`, the longest first. By the name in `work`, it gets one new job a day and not two. */
export type FindOrphans = (db: Db, query: { before: Date; limit: number }) => Promise<Orphan[]>;
