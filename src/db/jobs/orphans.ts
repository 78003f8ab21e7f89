// Work that has lost its job, as after a restored backup: each subject finds its own.

import type { Db } from '../database.ts';
import type { JobData, QueueName } from './queues.ts';

/** Something that waits and has no job any more. */
export type Orphan = { [Name in QueueName]: { queue: Name; data: JobData[Name]; work: string } }[QueueName];

/** Finds work that waits since `before`, the longest first. `work` names it, so that one more job a day is made for it and not two. */
export type FindOrphans = (db: Db, query: { before: Date; limit: number }) => Promise<Orphan[]>;
