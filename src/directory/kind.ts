// A kind of directory data, as one descriptor: reading, syncing, comparing and showing it come from here.

import type { SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Fact } from '../chat/facts.ts';
import type { organizations } from '../organizations/organizations.schema.ts';
import type { WebexClient } from '../webex/client.ts';
import type { Difference } from './changes/differences.ts';
import type { syncs } from './directory.schema.ts';
import type { ScheduleName } from './schedules/schedules.schema.ts';

/** A table whose rows belong to an organization and are known by Webex's id. */
export type DirectoryTable = PgTable & {
  organizationId: PgColumn;
  webexId: PgColumn;
  name: PgColumn;
  /** When Webex was first seen without it; null where Webex has it. */
  goneAt: PgColumn;
};

export interface DirectoryKind<Table extends DirectoryTable> {
  /** The name under which its syncs are saved. */
  readonly kind: (typeof syncs.$inferSelect)['kind'];
  /** As people read it: `Roles`, and of one of them `role`. */
  readonly title: string;
  readonly noun: string;
  /** The scope that reading it takes. */
  readonly scope: string;
  /** The schedule that reads it beside the full sync; null where that alone does. */
  readonly schedule: ScheduleName | null;
  readonly table: Table;
  /** Its fields as people read them where one has changed. */
  readonly fields: Readonly<Record<string, string>>;
  /** In which rows are listed. */
  readonly order: readonly (PgColumn | SQL)[];
  /** Reads all there is at Webex; `granted` are the scopes of the grant. @throws WebexRefused, WebexUnavailable */
  read(
    webex: WebexClient,
    organization: typeof organizations.$inferSelect,
    granted: readonly string[],
  ): Promise<Omit<Table['$inferSelect'], 'organizationId' | 'goneAt'>[]>;
  /** What of it a space is notified of, a sentence each; `thresholds` are percent of use. A first sync is no news. */
  news?(differences: readonly Difference[], thresholds: readonly number[]): string[];
  /** What the result of a Connect says of these rows; null where the record says not to sync. */
  facts(rows: readonly Table['$inferSelect'][] | null): Fact[];
}
