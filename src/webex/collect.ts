// Reads a paged list for callers that need all of it at once.

/** Reads the list to its end. Throws what the list throws. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
