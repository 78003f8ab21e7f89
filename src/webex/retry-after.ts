// How long to wait before the next try: as long as Webex asks, else by a back-off of our own.

const firstWaitMs = 500;
const longestWaitMs = 8_000;
/** The least wait: a Retry-After of 0 or of a past date must not make a call spin. */
const shortestWaitMs = 250;
/** The longest wait that is obeyed: a longer one is a mistake on the way more often than a wish of Webex, and nothing may stand still for years. */
const longestObeyedMs = 60 * 60_000;

/**
 * Reads a Retry-After header (seconds, in part too, or an HTTP date) as milliseconds from `now`, at most an hour; undefined when it is absent or unreadable.
 * Of several values, as a header that came twice has them, the longest counts.
 */
export function readRetryAfterMs(header: string | undefined, now: Date): number | undefined {
  const text = header?.trim() ?? '';
  const waitsMs = /^[A-Z][a-z]{2}/.test(text)
    ? [Date.parse(text) - now.getTime()]
    : text.split(',').map((part) => (/^\s*\d+(\.\d*)?\s*$/.test(part) ? Math.ceil(Number(part) * 1000) : Number.NaN));
  const readable = waitsMs.filter((waitMs) => !Number.isNaN(waitMs));
  if (readable.length === 0) return undefined;
  return Math.min(Math.max(shortestWaitMs, ...readable), longestObeyedMs);
}

/** The wait after the given number of tries: it doubles each time, and half of it is random so that callers do not return in step. */
export function backOffMs(tries: number): number {
  const waitMs = Math.min(firstWaitMs * 2 ** (tries - 1), longestWaitMs);
  return Math.round(waitMs / 2 + (Math.random() * waitMs) / 2);
}
