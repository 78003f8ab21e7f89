// A forecast in words: all numbers of its picture, and what the picture leaves out. Times are dates only, so that the text does not change
// while the connections do not.

import { shownName } from '../../chat/facts.ts';
import { lines, type Markdown, md, paragraphs } from '../../chat/markdown.ts';
import type { TextMessage } from '../../chat/message.ts';
import { type ConnectionView, grantorWords, type Holder, holderWords } from '../../connections/connection-words.ts';
import type { Hanging } from '../../connections/hanging.store.ts';
import { hangingWords } from '../../connections/hanging-words.ts';
import { COUNTED_MAX, capitalized, counted, countedUpTo } from '../../lib/text.ts';
import { dateWords, instantWords, wallDayWords } from '../../lib/time-words.ts';
import { timeZoneOfReader } from '../../lib/time-zone.ts';
import {
  type DayCount,
  daysAfter,
  forecastMaxDays,
  totalOf,
  totalsByDay,
  totalsByUrgency,
  totalsByWeek,
} from './forecast-rules.ts';

/** As many of the next deadlines as the text names; the rest is counted. */
export const NEXT_ROWS = 10;
/** As many of the expired connections. */
export const ENDED_ROWS = 5;
/** Days with deadlines that are listed one by one; where there are more, weeks are. */
const DAYS_LISTED = 31;

type Grantor = Holder & Pick<ConnectionView, 'byPartner'>;

export interface ForecastView {
  readonly days: number;
  readonly counts: readonly DayCount[];
  /** The nearest deadlines, in order; no more than `NEXT_ROWS`. */
  readonly next: readonly (Grantor & { readonly name: string; readonly deadlineAt: Date })[];
  /** Those that are lost or past their deadline; no more than `ENDED_ROWS`. */
  readonly ended: readonly {
    readonly name: string;
    readonly connection: Grantor & Pick<ConnectionView, 'state' | 'refreshTokenExpiresAt'>;
  }[];
  readonly endedTotal: number;
  /** How much of all hangs on people. */
  readonly hanging?: Hanging;
  readonly now: Date;
}

/** What the text and its picture say first, the worst in front: `6 connections are lost or expired. 15 connections expire within 90 days` */
export function forecastTitle(total: number, days: number, ended = 0): string {
  const within = `within ${counted(days, 'day')}`;
  const are = ended === 1 ? 'is' : 'are';
  const worst = ended === 0 ? '' : `${capitalized(countedUpTo(ended, 'connection'))} ${are} lost or expired. `;
  if (total === 0) return `${worst}Nothing expires ${within}`;
  return `${worst}${counted(total, 'connection')} ${total === 1 ? 'expires' : 'expire'} ${within}`;
}

/** The text that goes with the picture, or stands alone where there is nothing to draw. */
export function forecastMessage({ days, counts, next, ended, endedTotal, hanging, now }: ForecastView): TextMessage {
  const total = totalOf(counts);
  const until = daysAfter(now, days);
  const hidden = total - next.length;
  const onPeople = hanging ? hangingWords(hanging) : null;
  return {
    text: paragraphs([
      md`**${forecastTitle(total, days, endedTotal)}** (${dateWords(now)} to ${dateWords(until)})`,
      total === 0 ? null : numbers(counts, days),
      endedTotal === 0 ? null : endedPart(ended, endedTotal),
      total === 0 ? null : nextPart(next),
      onPeople === null ? null : md`${onPeople}`,
      hidden > 0 ? md`${hidden} more: type **expiring ${days}**.` : null,
      nextStep({ total, endedTotal, days }),
    ]),
  };
}

/** The text that goes with the calendar file; `total` counts what did not fit in as well. */
export function calendarMessage(view: {
  readonly total: number;
  readonly included: number;
  readonly days: number;
  readonly now: Date;
}): TextMessage {
  const { total, included } = view;
  const until = dateWords(daysAfter(view.now, view.days));
  if (included === 0) return { text: md`**No calendar** – no connection expires before ${until} any more.` };
  return {
    text: paragraphs([
      md`**${counted(included, 'deadline')} for your calendar**, until ${until}`,
      included < total ? md`Only the nearest are in the file: ${included} of ${total}.` : null,
      md`Open the file to add an event for each, with a reminder 7 days before. A later file updates the events of an earlier one. An event whose deadline has moved stays: delete it yourself.`,
    ]),
  };
}

/** The picture's bars in words: by urgency, and by day or week. */
function numbers(counts: readonly DayCount[], days: number): Markdown {
  const byUrgency = totalsByUrgency(counts, days).map(({ words, count }) => `${words}: ${count}`);
  const byDay = totalsByDay(counts);
  const isShort = byDay.length <= DAYS_LISTED;
  const shown = isShort ? byDay : totalsByWeek(counts);
  const dated = shown.map(({ from, count }) => `${wallDayWords(from)}: ${count}`);
  return lines([
    md`${capitalized(byUrgency.join(' · '))}`,
    md`${isShort ? 'By day' : 'By week from Monday'} (${timeZoneOfReader()}) – ${dated.join(' · ')}`,
  ]);
}

function nextPart(next: ForecastView['next']): Markdown {
  return lines([
    md`The nearest:`,
    ...next.map((row, index) => {
      const what = `${instantWords(row.deadlineAt)}; ${authorizedBy(row)}`;
      return md`${index + 1}. **${shownName(row.name)}** – ${what}`;
    }),
  ]);
}

function endedPart(ended: ForecastView['ended'], total: number): Markdown {
  const hidden = total - ended.length;
  return paragraphs([
    lines([
      md`❌ **${capitalized(countedUpTo(total))} ${total === 1 ? 'is' : 'are'} lost or expired** and must be reconnected now:`,
      ...ended.map(({ name, connection }) => {
        const what = `${endWords(connection)}; ${authorizedBy(connection)}`;
        return md`- **${shownName(name)}** – ${what}`;
      }),
    ]),
    hidden > 0 ? md`${total > COUNTED_MAX ? 'Many' : hidden} more: type **expiring 0**.` : null,
  ]);
}

const endWords = ({ state, refreshTokenExpiresAt }: Pick<ConnectionView, 'state' | 'refreshTokenExpiresAt'>): string =>
  state === 'lost' ? 'lost' : `expired ${instantWords(refreshTokenExpiresAt)}`;

const authorizedBy = (row: Grantor): string =>
  row.authorizedEmail === null ? holderWords(row) : `authorized by ${grantorWords(row)}`;

function nextStep({ total, endedTotal, days }: { total: number; endedTotal: number; days: number }): Markdown {
  if (total > 0 || endedTotal > 0) return md`Type **connect** with a name for a fresh link.`;
  return days < forecastMaxDays
    ? md`Type **forecast ${forecastMaxDays}** to look as far ahead as I can, or **list** to see every organization.`
    : md`Type **list** to see every organization.`;
}
