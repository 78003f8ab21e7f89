// How long to wait before the next try: as long as Webex asks, else by a back-off of our own.

const firstWaitMs = 500;
const longestWaitMs = 8_000;
/** The least wait: a Retry-After of 0 or of a past date must not make a call spin. */
const shortestWaitMs = 250;

/** Reads a Retry-After header (seconds or an HTTP date) as milliseconds from `now`; undefined when it is absent or unreadable. */
export function readRetryAfterMs(header: string | undefined, now: Date): number | undefined {
  const text = header?.trim() ?? '';
  const isDate = /^[A-Z][a-z]{2}/.test(text);
  const waitMs = isDate ? Date.parse(text) - now.getTime() : /^\d+$/.test(text) ? Number(text) * 1000 : Number.NaN;
  return Number.isFinite(waitMs) ? Math.max(waitMs, shortestWaitMs) : undefined;
}

/** The wait after the given number of tries: it doubles each time, and half of it is random so that callers do not return in step. */
export function backOffMs(tries: number): number {
  const waitMs = Math.min(firstWaitMs * 2 ** (tries - 1), longestWaitMs);
  return Math.round(waitMs / 2 + (Math.random() * waitMs) / 2);
}
