// How many notices wait in the outbox, for the metrics page.

import { sql } from 'drizzle-orm';
import { type Db, readWaiting } from '../db/database.ts';
import { waitingGauges } from '../lib/metrics.ts';
import { notices } from './notices.schema.ts';

const { gauges, samples } = waitingGauges('notices_waiting', 'Notices that are queued and not delivered');

/** Notices that are not delivered yet. */
export const noticeFigures = {
  gauges,
  read: async (db: Db, now: Date) =>
    samples(
      await readWaiting(
        db,
        sql`select count(*)::int as count, extract(epoch from min(${notices.createdAt}))::float8 as oldest from ${notices}
          where ${notices.deliveredAt} is null and ${notices.undeliverable} is null`,
      ),
      now,
    ),
};
