// The two messages of a forecast, from what is true when they are made: the picture with its numbers, and the calendar.

import type { FileMessage, TextMessage } from '../../chat/message.ts';
import { endingConnections } from '../../connections/ending.store.ts';
import { countHanging } from '../../connections/hanging.store.ts';
import type { Db } from '../../db/database.ts';
import type { Scope } from '../../db/scope.ts';
import type { Clock } from '../../lib/clock.ts';
import { COUNTED_MAX } from '../../lib/text.ts';
import { timeZoneOfReader } from '../../lib/time-zone.ts';
import { calendarFile } from './calendar.ts';
import { drawPng } from './draw.ts';
import { type Ahead, type ComingDeadline, comingDeadlines, countDeadlines } from './forecast.store.ts';
import { calendarMessage, ENDED_ROWS, forecastMessage, NEXT_ROWS } from './forecast.view.ts';
import { daysAfter, totalOf } from './forecast-rules.ts';
import { pictureSpec } from './picture-spec.view.ts';

export interface ForecastDeps {
  db: Db;
  clock: Clock;
  botName: () => string;
}

/** How far to look ahead, among what whoever asked may see. */
export interface ScopedForecast {
  scope: Scope;
  days: number;
}

/** As many events as one calendar gets, and as many as are read at a time. */
const mostEvents = 5000;
const pageSize = 1000;

/** Text alone where no connection expires within these days. */
export async function renderPicture(
  { db, clock }: ForecastDeps,
  { scope, days }: ScopedForecast,
): Promise<TextMessage | FileMessage> {
  const now = clock.now();
  const ahead = { scope, now, until: daysAfter(now, days), timeZone: timeZoneOfReader() };
  const [counts, next, ended, hanging] = await Promise.all([
    countDeadlines(db, ahead),
    comingDeadlines(db, { ...ahead, limit: NEXT_ROWS }),
    endingConnections(db, { scope, before: now, offset: 0, limit: ENDED_ROWS }),
    countHanging(db, { scope }),
  ]);
  const { lost, expired } = ended.counts;
  const endedTotal = Math.min(lost + expired, COUNTED_MAX + 1);
  const { text } = forecastMessage({
    days,
    counts,
    next,
    ended: ended.rows.map(({ organization, connection }) => ({ name: organization.name, connection })),
    endedTotal,
    hanging,
    now,
  });
  if (totalOf(counts) === 0) return { text };
  const bytes = await drawPng(pictureSpec({ days, counts, next, endedTotal, now }));
  return { text, file: { name: `forecast-${days}-days.png`, contentType: 'image/png', bytes } };
}

/** Text alone where no connection expires within these days any more. */
export async function renderCalendar(
  { db, clock, botName }: ForecastDeps,
  { scope, days }: ScopedForecast,
): Promise<TextMessage | FileMessage> {
  const now = clock.now();
  const ahead = { scope, now, until: daysAfter(now, days), timeZone: timeZoneOfReader() };
  const deadlines = await readDeadlines(db, ahead);
  const total = deadlines.length < mostEvents ? deadlines.length : totalOf(await countDeadlines(db, ahead));
  const { text } = calendarMessage({ total, included: deadlines.length, days, now });
  if (deadlines.length === 0) return { text };
  const bytes = calendarFile(deadlines, { now, botName: botName() });
  return { text, file: { name: `deadlines-${days}-days.ics`, contentType: 'text/calendar; charset=utf-8', bytes } };
}

/** The nearest deadlines, a page at a time, so that no question to the database is a long one. */
async function readDeadlines(db: Db, ahead: Ahead): Promise<ComingDeadline[]> {
  const found: ComingDeadline[] = [];
  while (found.length < mostEvents) {
    const page = await comingDeadlines(db, { ...ahead, after: found.at(-1), limit: pageSize });
    found.push(...page);
    if (page.length < pageSize) break;
  }
  return found;
}
