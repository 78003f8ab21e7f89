// When a space's daily summary is due, and the time that it covers.

import { lastLocal } from '../../settings/quiet-hours.ts';
import { dayBegins } from '../../settings/summary-day.ts';

/**
 * The daily summary that is due: of what came after `from`, at most since the day before began. Undefined where the space has had one since its day
 * began, at `dayBeganAt`.
 */
export function dueDigest(
  { digestedAt, timeZone }: { digestedAt: Date | null; timeZone: string },
  now: Date,
): { dayBeganAt: Date; from: Date } | undefined {
  const dayBeganAt = lastLocal(dayBegins, timeZone, now);
  if (digestedAt !== null && digestedAt >= dayBeganAt) return undefined;
  const dayBeforeBeganAt = lastLocal(dayBegins, timeZone, new Date(dayBeganAt.getTime() - 1));
  return { dayBeganAt, from: digestedAt !== null && digestedAt > dayBeforeBeganAt ? digestedAt : dayBeforeBeganAt };
}
