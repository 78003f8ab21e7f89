// A kind of directory data, as one descriptor: reading, syncing, comparing and showing it come from here.

import type { SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { OrganizationAction } from '../chat/actions.ts';
import type { Fact } from '../chat/facts.ts';
import type { GrantProof } from '../connections/connect/grant-proof.ts';
import type { Ability, Way } from '../connections/ways/ways.ts';
import { counted } from '../lib/text.ts';
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

/** Rows that were read. */
export type ReadRows<Table extends DirectoryTable> = Omit<
  Table['$inferSelect'],
  'organizationId' | 'goneAt' | 'seenIn'
>[];

/** What was read of a list, and how many of its items could not be: without those it says nothing of what is gone. */
export interface ReadList<Table extends DirectoryTable> {
  rows: ReadRows<Table>;
  unread: number;
}

/** A changed field as people read it: its name, or what to say of both values. */
export type FieldWords = string | ((before: unknown, after: unknown) => string);

/** What there is to say of every kind. */
export interface KindOfData<Table extends DirectoryTable> {
  /** The name under which its syncs are saved. */
  readonly kind: (typeof syncs.$inferSelect)['kind'];
  /** As people read it: `Roles`, and of one of them `role`. */
  readonly title: string;
  readonly noun: string;
  /** The action that shows it for one organization. */
  readonly shownBy: OrganizationAction;
  /** Several of them, where the title does not say it. */
  readonly nouns?: string;
  /** What a row of this id is, where not all are of one noun. */
  nounOf?(webexId: string): string;
  /** The scope that reading it takes. */
  readonly scope: string;
  /** What a connection's way must be able to do for it; any way can where it is left out. */
  readonly ability?: Ability;
  /** The switch of the record without which there is nothing of it. With that it is read after each Connect; the other kinds are where the record says to sync. */
  readonly feature?: 'wholesale_status' | 'webex_contact_center';
  /** How a new grant is proven to read it. Not for kinds with a `feature`: the daily check knows how those are looked at. */
  readonly proof?: Pick<GrantProof, 'byScopeAlone' | 'ask'>;
  /** The schedule that reads it beside the full sync; null where that alone does. */
  readonly schedule: ScheduleName | null;
  readonly table: Table;
  /** Its fields as people read them where one has changed. */
  readonly fields: Readonly<Record<string, FieldWords>>;
  /** In which rows are listed. */
  readonly order: readonly (PgColumn | SQL)[];
}

/** Webex beyond the API that most kinds are read from. */
export interface Elsewhere {
  /** With the same grant, at another base URL. */
  at(baseUrl: string): WebexClient;
  /** In place of Webex's own addresses of the contact center. */
  readonly contactCenterUrl: string | undefined;
}

export interface DirectoryKind<Table extends DirectoryTable> extends KindOfData<Table> {
  /** Reads all there is at Webex; `grant` is what it is read with. @throws WebexRefused, WebexUnavailable, NothingToRead */
  read(
    webex: WebexClient,
    organization: typeof organizations.$inferSelect,
    grant: { readonly scopes: readonly string[]; readonly way: Way },
    elsewhere: Elsewhere,
  ): Promise<ReadList<Table>>;
  /** What of it a space is notified of, a sentence each; `thresholds` are percent of use. A first sync is no news. */
  news?(differences: readonly Difference[], thresholds: readonly number[]): string[];
  /** What the result of a Connect says of these rows; null where the record says not to sync. */
  facts(rows: readonly Table['$inferSelect'][] | null): Fact[];
}

/** A table of a kind that is read page by page. */
export type PagedTable = DirectoryTable & {
  /** The transaction that saw the row last. */
  seenIn: PgColumn;
  /** When Webex says that it has last changed, which is no news by itself. */
  modifiedAt: PgColumn;
};

/** A kind of which there can be more than belongs into memory: each page is kept before the next one is read. No Connect waits for it. */
export interface PagedKind<Table extends PagedTable> extends KindOfData<Table> {
  /** Reads one page at Webex. `from`: what the page before has named as next; null for the first page. @throws WebexRefused, WebexUnavailable */
  readPage(
    webex: WebexClient,
    organization: typeof organizations.$inferSelect,
    from: string | null,
  ): Promise<ReadList<Table> & { next: string | null }>;
  /** What the result of a sync says of so many rows; null where they were never read. */
  facts(total: number | null): Fact[];
}

/** A kind that is counted while it is read, page by page: of what was read, its counts alone are kept. */
export interface CountedKind<Table extends DirectoryTable> extends KindOfData<Table> {
  /**
   * Reads one page at Webex and adds it to `counts`, which the pages before have come to; undefined for the first page. They are stored between two pages,
   * as JSON. @throws NothingToRead, WebexRefused, WebexUnavailable
   */
  countPage(
    webex: WebexClient,
    organization: typeof organizations.$inferSelect,
    before: { from: string | null; counts: unknown },
  ): Promise<{ counts: unknown; seen: number; unread: number; next: string | null }>;
  /** The rows that the counts of all pages come to. */
  rowsOf(counts: unknown): ReadRows<Table>;
  /** What the result of a Connect says of these rows; null where they were never read. */
  facts(rows: readonly Table['$inferSelect'][] | null): Fact[];
}

export type AnyKind = DirectoryKind<DirectoryTable> | PagedKind<PagedTable> | CountedKind<DirectoryTable>;

/** Whether it is read page by page. */
export const isPaged = (kind: AnyKind): kind is PagedKind<PagedTable> => 'readPage' in kind;

/** Whether it is counted page by page. */
export const isCounted = (kind: AnyKind): kind is CountedKind<DirectoryTable> => 'countPage' in kind;

/** `1 role`, `12 people` */
export const countedOf = (
  { noun, title, nouns = title.toLowerCase() }: Pick<AnyKind, 'noun' | 'title' | 'nouns'>,
  count: number,
): string => counted(count, noun, nouns);
