// The tables of labels: which organizations carry which, and which spaces are told of those that carry one.

import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../../db/columns.ts';
import { spaces } from '../../spaces/spaces.schema.ts';
import { organizations } from '../organizations.schema.ts';

/** A word that administrators gave an organization, by which it is listed with others. */
export const organizationLabels = pgTable(
  'organization_labels',
  {
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    label: text('label').notNull(),
    givenBy: text('given_by').notNull(),
    givenAt: instant('given_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.label] }),
    index('organization_labels_label').on(table.label, table.organizationId),
  ],
);

/** A space that is notified of all organizations with a label that stand at the space's node or below. */
export const labelSpaces = pgTable(
  'label_spaces',
  {
    label: text('label').notNull(),
    roomId: text('room_id')
      .notNull()
      .references(() => spaces.roomId, { onDelete: 'cascade' }),
    setBy: text('set_by').notNull(),
    setAt: instant('set_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.label, table.roomId] }), index('label_spaces_room').on(table.roomId)],
);
