// The table of news: what syncs found and spaces are notified of whatever their verbosity, such as licenses that are used up.

import { bigint, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../../db/columns.ts';
import { organizations } from '../../organizations/organizations.schema.ts';

/** A row is deleted once its space's notice is queued. */
export const directoryNews = pgTable(
  'directory_news',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** A sentence. */
    words: text('words').notNull(),
    seenAt: instant('seen_at').notNull(),
  },
  (table) => [index('directory_news_organization').on(table.organizationId)],
);
