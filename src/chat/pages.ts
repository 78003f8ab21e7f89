// A page of a list: which one was asked for, what it holds, and which ones are beside it.

import { z } from 'zod';
import { LIST_PAGE_SIZE } from '../overview/list.view.ts';
import type { PagesBeside } from './buttons.ts';

const pageNumber = z.coerce.number().int().min(1).max(1_000_000).catch(1);

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
export function pageAsked(asked: unknown): Page {
  const page = pageNumber.parse(asked);
  const offset = (page - 1) * LIST_PAGE_SIZE;
  return { page, offset, limit: LIST_PAGE_SIZE, firstNumber: offset + 1 };
}

/** The pages beside this one, of `total` rows in all. */
export function pagesBeside({ page, offset, limit }: Page, total: number): PagesBeside {
  return {
    ...(page > 1 ? { previousPage: page - 1 } : {}),
    ...(offset + limit < total ? { nextPage: page + 1 } : {}),
  };
}
