// How many entries the audit has, for the metrics page.

import type { Db } from '../db/database.ts';
import { gauge } from '../lib/metrics.ts';
import { readChain } from './chain.store.ts';

const entries = gauge('hubkeeper_audit_entries', 'Entries of the audit. It never falls.');

export const auditFigures = {
  gauges: [entries],
  read: async (db: Db) => [{ gauge: entries, value: (await readChain(db))?.sequence ?? 0 }],
};
