// A page of a list: which page was asked for, its rows, and the pages beside it.

import { z } from 'zod';
import type { PagesBeside } from './buttons.ts';

/** How many organizations, or people, a page of a list holds. */
export const LIST_PAGE_SIZE = 10;

const MOST_PAGES = 1_000_000;

const pageNumber = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
  .transform((number) => Math.min(Math.max(1, Math.trunc(number)), MOST_PAGES))
  .catch(1);

/** One page of a list as a view gets it: the first row carries `firstNumber`, `total` counts the rows of all pages. */
export interface ListPage<Row> extends PagesBeside {
  readonly rows: readonly Row[];
  readonly firstNumber: number;
  readonly total: number;
  readonly now: Date;
}

export interface Page {
  /** Counted from 1. */
  page: number;
  /** How many rows are on the pages before it. */
  offset: number;
  limit: number;
  /** The number of its first row, as people see and type it. */
  firstNumber: number;
}

/** The page that a button or a person asked for; the first where that is no number. */
export function pageAsked(asked: unknown, size = LIST_PAGE_SIZE): Page {
  const page = pageNumber.parse(asked);
  const offset = (page - 1) * size;
  return { page, offset, limit: size, firstNumber: offset + 1 };
}

/** Whether the page lies behind the last of `total` rows. Where there are no rows at all, none does. */
export const isPastEnd = ({ offset }: Page, total: number): boolean => total > 0 && offset >= total;

/** The number of the last page of `total` rows. */
export const lastPage = (total: number): number => Math.max(1, Math.ceil(total / LIST_PAGE_SIZE));

/** Which rows a page shows, in words; nothing where it shows all. */
export const pageWords = ({ rows, firstNumber, total }: Pick<ListPage<unknown>, 'rows' | 'firstNumber' | 'total'>) =>
  rows.length === total ? undefined : `Showing ${firstNumber} to ${firstNumber + rows.length - 1}.`;

/** The pages beside this one, of `total` rows in all, or where it is known whether there are more. */
export function pagesBeside({ page, offset, limit }: Page, rows: number | { readonly hasMore: boolean }): PagesBeside {
  const hasMore = typeof rows === 'number' ? offset + limit < rows : rows.hasMore;
  return {
    ...(page > 1 ? { previousPage: page - 1 } : {}),
    ...(hasMore ? { nextPage: page + 1 } : {}),
  };
}
