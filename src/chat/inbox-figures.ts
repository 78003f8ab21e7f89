// How many events wait in the inbox, for the metrics page.

import { sql } from 'drizzle-orm';
import { type Db, readWaiting } from '../db/database.ts';
import { waitingGauges } from '../lib/metrics.ts';
import { inboxEvents } from './chat.schema.ts';

const { gauges, samples } = waitingGauges('inbox_unhandled', 'Events that are saved and not handled');

/** Events that are saved and not handled yet, those being handled included. */
export const inboxFigures = {
  gauges,
  read: async (db: Db, now: Date) =>
    samples(
      await readWaiting(
        db,
        sql`select count(*)::int as count, extract(epoch from min(${inboxEvents.receivedAt}))::float8 as oldest
          from ${inboxEvents} where ${inboxEvents.handledAt} is null`,
      ),
      now,
    ),
};
