// When a schedule runs: its pattern by the clocks of its zone, and a delay of the organization's own, so that ten thousand do not start in the same minute.

import { Cron } from 'croner';
import { minuteMs } from '../../lib/durations.ts';

export interface Timing {
  /** A Croner pattern of five parts. */
  readonly pattern: string;
  /** An IANA name. */
  readonly timeZone: string;
}

/** The longest delay of an organization's own. */
const longestDelayMs = 4 * 60 * minuteMs;
/** No schedule runs more often. */
export const shortestGapMs = 15 * minuteMs;
/** How many runs are looked at to find the shortest gap between two. */
const runsLookedAt = 10;

const cronOf = ({ pattern, timeZone }: Timing) =>
  new Cron(pattern, { mode: '5-part', timezone: timeZone, paused: true });

/** Why the pattern cannot be used: it is none, it never comes, or it comes too often. Undefined where it can. */
export function patternProblem(timing: Timing, now: Date): 'unreadable' | 'never' | 'too_often' | undefined {
  let runs: Date[];
  try {
    runs = cronOf(timing).nextRuns(runsLookedAt, now);
  } catch {
    return 'unreadable';
  }
  if (runs.length === 0) return 'never';
  return shortestGap(runs) < shortestGapMs ? 'too_often' : undefined;
}

const shortestGap = (runs: readonly Date[]): number =>
  Math.min(
    ...runs.slice(1).map((run, index) => run.getTime() - (runs[index]?.getTime() ?? 0)),
    Number.POSITIVE_INFINITY,
  );

/** How far the organization's runs are behind the pattern: always the same, at most a quarter of the time between two runs. */
export const ownDelayMs = (timing: Timing, organizationId: string, now: Date): number =>
  delayWithin(longestDelayOf(timing, now), organizationId);

const longestDelayOf = (timing: Timing, now: Date): number =>
  Math.min(longestDelayMs, shortestGap(cronOf(timing).nextRuns(runsLookedAt, now)) / 4);

const delayWithin = (mostMs: number, organizationId: string): number =>
  Math.floor((shareOf(organizationId) * mostMs) / minuteMs) * minuteMs;

/** A number from 0 to 1 that an id always has: random ids are spread evenly. */
const shareOf = (organizationId: string): number => Number.parseInt(organizationId.slice(0, 8), 16) / 2 ** 32;

/** The next runs of the organization after an instant. Fewer where the pattern ends. */
export function nextRuns(
  timing: Timing,
  { organizationId, after, count }: { organizationId: string; after: Date; count: number },
): Date[] {
  const delayMs = ownDelayMs(timing, organizationId, after);
  const before = new Date(after.getTime() - delayMs);
  return cronOf(timing)
    .nextRuns(count, before)
    .map((run) => new Date(run.getTime() + delayMs));
}

/** The next run after an instant; null where none comes. */
export const nextRun = (timing: Timing, organizationId: string, after: Date): Date | null =>
  nextRuns(timing, { organizationId, after, count: 1 })[0] ?? null;

/** The same of many organizations at one instant: a pattern that they share is read once. */
export function nextRunsAt(now: Date): (timing: Timing, organizationId: string) => Date | null {
  const known = new Map<string, { mostMs: number; runs: Date[] }>();
  return (timing, organizationId) => {
    const key = `${timing.pattern} ${timing.timeZone}`;
    const { mostMs, runs } = known.get(key) ?? twoRunsOf(timing, now);
    known.set(key, { mostMs, runs });
    const delayMs = delayWithin(mostMs, organizationId);
    // Whose delay has not passed yet still has the first one before it.
    return runs.map((run) => new Date(run.getTime() + delayMs)).find((run) => run > now) ?? null;
  };
}

function twoRunsOf(timing: Timing, now: Date) {
  const mostMs = longestDelayOf(timing, now);
  return { mostMs, runs: cronOf(timing).nextRuns(2, new Date(now.getTime() - mostMs)) };
}
