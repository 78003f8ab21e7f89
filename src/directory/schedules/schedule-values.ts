// What the form of a schedule sends, and the check of it.

import { z } from 'zod';
import { trimmed } from '../../lib/search-key.ts';
import { isTimeZone } from '../../lib/time-zone.ts';
import { isOf } from '../sync/sync-rules.ts';
import { patternProblem } from './pattern-rules.ts';
import type { ScheduleName } from './schedules.schema.ts';
import { type ScheduleValues, type SyncSchedule, scheduleKind } from './schedules.ts';

export const PATTERN_MAX = 100;
export const ZONE_MAX = 60;

/** The inputs of the form: `true` or `false` of a toggle. */
export interface ScheduleTyped {
  pattern: string;
  time_zone: string;
  adds: string;
  updates: string;
  deletes: string;
  /** When the schedule was changed last, as the form has shown it. */
  seen_at: string;
  [exclude: `exclude_${string}`]: string;
}

/** The input that leaves a kind out. */
export const excludeInput = (kind: string): `exclude_${string}` => `exclude_${kind}`;

/** What `seen_at` says where nobody has changed it yet. */
const NEVER_CHANGED = 'never';

/** A schedule as the form's inputs hold it. */
export const typedOf = (schedule: SyncSchedule): ScheduleTyped => ({
  pattern: schedule.pattern,
  time_zone: schedule.timeZone,
  adds: String(schedule.adds),
  updates: String(schedule.updates),
  deletes: String(schedule.deletes),
  seen_at: schedule.changedAt?.toISOString() ?? NEVER_CHANGED,
  ...Object.fromEntries(
    scheduleKind(schedule.schedule).reads.map(({ kind }) => [
      excludeInput(kind),
      String(schedule.excluded.includes(kind)),
    ]),
  ),
});

const text = (most: number) => z.string().transform(trimmed).pipe(z.string().max(most)).catch('');

/** What was sent, as the form shows it again. */
export function readTyped(inputs: Readonly<Record<string, unknown>>, schedule: ScheduleName): ScheduleTyped {
  const on = (name: string) => String(String(inputs[name]) === 'true');
  return {
    pattern: text(PATTERN_MAX).parse(inputs['pattern']).replace(/\s+/g, ' '),
    time_zone: text(ZONE_MAX).parse(inputs['time_zone']),
    adds: on('adds'),
    updates: on('updates'),
    deletes: on('deletes'),
    seen_at: text(40).parse(inputs['seen_at']),
    ...Object.fromEntries(scheduleKind(schedule).reads.map(({ kind }) => [excludeInput(kind), on(excludeInput(kind))])),
  };
}

/** The version that the form was made from. A form of another version gets one that is always a conflict. */
export const versionOf = ({ seen_at }: Pick<ScheduleTyped, 'seen_at'>): Date | null =>
  seen_at === NEVER_CHANGED
    ? null
    : z.iso
        .datetime()
        .transform((at) => new Date(at))
        .catch(new Date(0))
        .parse(seen_at);

export type ScheduleProblems = { readonly [Name in keyof ScheduleTyped]?: string };

const patternWords = {
  unreadable: 'This is no pattern of five parts. 0 1 * * * is each day at 1:00, 30 6 * * 1-5 each weekday at 6:30.',
  never: 'This time never comes.',
  too_often: 'It runs at most every 15 minutes.',
};

/** What the form decides, or every problem at once. */
export function checkSchedule(
  typed: ScheduleTyped,
  { schedule, record, now }: { schedule: ScheduleName; record: Parameters<typeof isOf>[1]; now: Date },
): { values: ScheduleValues } | { problems: ScheduleProblems; summary: string } {
  const knowsZone = isTimeZone(typed.time_zone);
  const wrong = patternProblem({ pattern: typed.pattern, timeZone: knowsZone ? typed.time_zone : 'UTC' }, now);
  const { reads } = scheduleKind(schedule);
  const excluded = reads.map(({ kind }) => kind).filter((kind) => typed[excludeInput(kind)] === 'true');
  const its = reads.filter((kind) => isOf(kind, record));
  const isEmpty = its.length > 0 && its.every(({ kind }) => excluded.includes(kind));
  if (wrong !== undefined || !knowsZone || isEmpty) {
    return {
      problems: {
        ...(wrong === undefined ? {} : { pattern: patternWords[wrong] }),
        ...(knowsZone ? {} : { time_zone: 'Type a name of the time zone database, such as Europe/Berlin.' }),
      },
      summary: isEmpty
        ? 'Not saved yet: all is left out. To read nothing, pause the schedule.'
        : 'Not saved yet: correct the marked fields.',
    };
  }
  return {
    values: {
      pattern: typed.pattern,
      timeZone: typed.time_zone,
      excluded,
      adds: typed.adds === 'true',
      updates: typed.updates === 'true',
      deletes: typed.deletes === 'true',
    },
  };
}
