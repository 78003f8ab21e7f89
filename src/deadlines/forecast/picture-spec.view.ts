// The picture of a forecast as a Vega-Lite specification: bars for each day, stacked by urgency, and the most urgent by name below them.

import type { TopLevelSpec } from 'vega-lite';
import { wallTime } from '../../lib/local-time.ts';
import { counted } from '../../lib/text.ts';
import { dateWords } from '../../lib/time-words.ts';
import { timeZoneOfReader } from '../../lib/time-zone.ts';
import { forecastTitle } from './forecast.view.ts';
import {
  type DayCount,
  daysAfter,
  daysBetween,
  startOfDay,
  startOfWeek,
  totalOf,
  totalsByDay,
  totalsByUrgency,
  urgencies,
  urgencyBounds,
} from './forecast-rules.ts';
import { namesBelow } from './picture-names.ts';
import { BACKGROUND, COLORS, CONFIG, HEIGHT, INK, QUIET_INK, WIDTH } from './picture-style.ts';

export interface PictureView {
  readonly days: number;
  readonly counts: readonly DayCount[];
  /** The nearest deadlines, in order. */
  readonly next: readonly { readonly name: string; readonly deadlineAt: Date }[];
  /** How many connections are lost or expired. */
  readonly endedTotal?: number;
  readonly now: Date;
}

/** What a number over a bar takes, and the words at the line between two classes. */
const NUMBER_WIDTH = 22;
const BOUND_LABEL_WIDTH = 45;
/** So that one deadline alone does not fill the picture to the top. */
const LEAST_TOP = 4;
/** Up to here the axis names each day, up to there each week; beyond that months. */
const EACH_UP_TO_DAYS = 10;
const WEEKS_UP_TO_DAYS = 100;

/** Times are placed as the reader's clocks show them: as what `wallTime` gives, which Vega takes for UTC. */
export function pictureSpec({ days, counts, next, endedTotal, now }: PictureView): TopLevelSpec {
  const until = daysAfter(now, days);
  const isLong = days > WEEKS_UP_TO_DAYS;
  const total = totalOf(counts);
  const reached = totalsByUrgency(counts, days);
  const legendOf = (index: number) => `${reached[index]?.words}: ${reached[index]?.count}`;
  const byDay = totalsByDay(counts);
  const top = Math.max(LEAST_TOP, ...byDay.map(({ count }) => count));
  const x = {
    field: 'at',
    type: 'temporal',
    timeUnit: 'utcyearmonthdate',
    scale: {
      type: 'utc',
      domain: [startOfDay(shownAt(now)).getTime(), daysAfter(startOfDay(shownAt(until)), 1).getTime()],
    },
    axis: {
      values: axisDays(now, until, days).map((at) => at.getTime()),
      labelExpr: `utcFormat(datum.value, '${isLong ? '%b' : '%-d %b'}')`,
      title: null,
      grid: false,
      labelOverlap: false,
    },
  } as const;
  // Between two days, where a bar fills one.
  const xOfBound = { ...x, timeUnit: 'utcyearmonthdatehoursminutes' } as const;
  const y = {
    field: 'count',
    type: 'quantitative',
    scale: { domain: [0, top] },
    axis: { title: 'deadlines a day', tickMinStep: 1, format: 'd', tickCount: 5 },
  } as const;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: BACKGROUND,
    padding: 24,
    title: {
      text: forecastTitle(total, days, endedTotal),
      subtitle: `${dateWords(now)} to ${dateWords(until)}, by day of expiry (${timeZoneOfReader()})`,
    },
    vconcat: [
      {
        width: WIDTH,
        height: HEIGHT,
        layer: [
          {
            data: { values: boundsWithin(now, days) },
            layer: [
              {
                mark: { type: 'rule', strokeDash: [4, 4], color: QUIET_INK },
                encoding: { x: xOfBound },
              },
              {
                mark: { type: 'text', align: 'left', baseline: 'top', dx: 4, fontSize: 12, color: QUIET_INK },
                encoding: {
                  x: xOfBound,
                  y: { value: 2 },
                  text: { field: 'words' },
                },
              },
            ],
          },
          {
            data: {
              values: counts.map(({ day, urgency, count }) => ({
                at: day.getTime(),
                urgency,
                legend: legendOf(urgency),
                count,
              })),
            },
            mark: { type: 'bar', binSpacing: isLong ? 0 : 1 },
            encoding: {
              x,
              y: { ...y, stack: 'zero' },
              order: { field: 'urgency', type: 'ordinal' },
              color: {
                field: 'legend',
                type: 'nominal',
                scale: { domain: reached.map((_, index) => legendOf(index)), range: COLORS.slice(0, reached.length) },
                legend: { title: null, orient: 'top', symbolType: 'square', symbolSize: 180, columnPadding: 10 },
              },
            },
          },
          {
            data: {
              values: hasRoomForNumbers(byDay, days)
                ? byDay.map(({ from, count }) => ({ at: from.getTime(), count }))
                : [],
            },
            mark: { type: 'text', baseline: 'bottom', dy: -3, fontSize: 12, color: INK },
            encoding: { x: { ...x, bandPosition: 0.5 }, y, text: { field: 'count' } },
          },
        ],
      },
      namesBelow(next, total),
    ],
    config: CONFIG,
  } as TopLevelSpec;
}

/** Where a class of urgency begins, as far as that lies before the picture's end; in words where those reach no further than the next one. */
const boundsWithin = (now: Date, days: number) =>
  urgencyBounds(now).flatMap((at, index) => {
    const after = urgencies[index]?.endsAfterDays ?? 0;
    if (after >= days) return [];
    const isTight = widthOf(urgencies[index + 1]?.endsAfterDays ?? 0, days) - widthOf(after, days) < BOUND_LABEL_WIDTH;
    return [{ at: shownAt(at).getTime(), words: isTight ? '' : counted(after, 'day') }];
  });

const shownAt = (at: Date): Date => wallTime(at, timeZoneOfReader());

/** How wide so many days are in a picture of `days`, which shows its first and its last day in full. */
const widthOf = (count: number, days: number): number => (count / (days + 1)) * WIDTH;

/** The middles of the days that the axis names: Mondays, or each day of a short time, or the first of each month of a long one. */
function axisDays(now: Date, until: Date, days: number): Date[] {
  const found: Date[] = [];
  for (let at = startOfDay(shownAt(now)); at <= shownAt(until); at = daysAfter(at, 1)) {
    const isMonday = at.getTime() === startOfWeek(at).getTime();
    const isNamed = days > WEEKS_UP_TO_DAYS ? at.getUTCDate() === 1 : days <= EACH_UP_TO_DAYS || isMonday;
    if (isNamed) found.push(daysAfter(at, 0.5));
  }
  return found;
}

/** Whether a number over each bar would touch no other. */
function hasRoomForNumbers(byDay: readonly { from: Date }[], days: number): boolean {
  return byDay.every(({ from }, index) => {
    const before = byDay[index - 1]?.from;
    return before === undefined || widthOf(daysBetween(before, from), days) >= NUMBER_WIDTH;
  });
}
