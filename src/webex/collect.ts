// Reads a paged list for callers that need all of it at once.

import type { WebexList } from './client.ts';

/** A list that was read to its end. */
export interface Collected<T> {
  items: T[];
  /** How many more there are that could not be read. */
  unread: number;
}

/** Reads the list to its end. Throws what the list throws. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** The same, with how much of it could not be read. */
export async function collectCounted<T>(list: WebexList<T>): Promise<Collected<T>> {
  const items: T[] = [];
  for (;;) {
    const { done, value } = await list.next();
    if (done) return { items, unread: value };
    items.push(value);
  }
}
