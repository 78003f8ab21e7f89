// Pages of what is numbered, the newest first, by keys: a page costs the same however far back it is.

import { type AnyColumn, and, asc, desc, gt, lt, type SQL } from 'drizzle-orm';

/** What is behind a number, or before it. The newest page without either. */
export interface NewestPage {
  olderThan?: number | undefined;
  newerThan?: number | undefined;
  limit: number;
}

/** One page, the newest first, and whether there are others beside it. Nothing is counted. */
export interface FoundPage<Row> {
  rows: Row[];
  hasNewer: boolean;
  hasOlder: boolean;
}

const goesUp = ({ olderThan, newerThan }: NewestPage): boolean => newerThan !== undefined && olderThan === undefined;

/** The condition of a page, by the column of the numbers. */
export const isOnPage = (number: AnyColumn, { olderThan, newerThan }: NewestPage): SQL | undefined =>
  and(
    olderThan === undefined ? undefined : lt(number, olderThan),
    newerThan === undefined ? undefined : gt(number, newerThan),
  );

/** In which order, and how many, a page's query reads: one more than it shows. */
export const orderOfPage = (number: AnyColumn, page: NewestPage): SQL => (goesUp(page) ? asc(number) : desc(number));
export const readForPage = ({ limit }: NewestPage): number => limit + 1;

/** The page, of what its query has read. */
export function newestPage<Row>(found: readonly Row[], page: NewestPage): FoundPage<Row> {
  const hasMore = found.length > page.limit;
  const rows = found.slice(0, page.limit);
  return goesUp(page)
    ? { rows: rows.reverse(), hasNewer: hasMore, hasOlder: true }
    : { rows, hasNewer: page.olderThan !== undefined, hasOlder: hasMore };
}
