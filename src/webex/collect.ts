// Gathers a paged list for callers that need all of it at once.

/** Reads to the end; throws what the list throws, and then gives nothing of it. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
