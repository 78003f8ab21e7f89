// The schedules of an organization's syncs, by the names that VOSS gives them: what each reads, and what counts where nobody has changed it.

import type { AnyKind } from '../kind.ts';
import { directoryKinds } from '../kinds.ts';
import type { ScheduleName, syncSchedules } from './schedules.schema.ts';

export type SyncSchedule = typeof syncSchedules.$inferSelect;

/** What a form decides. */
export type ScheduleValues = Pick<SyncSchedule, 'pattern' | 'timeZone' | 'excluded' | 'adds' | 'updates' | 'deletes'>;

export interface ScheduleKind {
  readonly schedule: ScheduleName;
  /** Its name, in front of the organization's. */
  readonly prefix: string;
  /** As people read it beside the organization's name. */
  readonly title: string;
  /** Words that people type for what it reads. */
  readonly words: readonly string[];
  readonly reads: readonly AnyKind[];
  readonly pattern: string;
  readonly isActive: boolean;
}

const readWith = (schedule: ScheduleName) => directoryKinds.filter((kind) => kind.schedule === schedule);

/** In the order in which people see them. */
export const scheduleKinds: readonly ScheduleKind[] = [
  {
    schedule: 'roles_licenses',
    prefix: 'SyncSparkRolesLicenses',
    title: 'Roles and licenses',
    words: [],
    reads: readWith('roles_licenses'),
    pattern: '0 1 * * *',
    isActive: true,
  },
  {
    schedule: 'full',
    prefix: 'SyncSpark',
    title: 'Full sync',
    words: ['all', 'full'],
    reads: directoryKinds,
    pattern: '0 1 * * 0',
    isActive: true,
  },
  {
    schedule: 'users',
    prefix: 'SyncSparkUsers',
    title: 'Users',
    words: ['people', 'users'],
    reads: readWith('users'),
    pattern: '0 1 * * 6',
    isActive: false,
  },
];

/** A schedule's kind. */
export function scheduleKind(schedule: ScheduleName): ScheduleKind {
  const kind = scheduleKinds.find((known) => known.schedule === schedule);
  if (!kind) throw new Error(`nobody knows a schedule ${schedule}`);
  return kind;
}

/** Schedules that an organization has from the start: those that are on. */
export const initialSchedules = scheduleKinds.filter(({ isActive }) => isActive);

/** What is said of a run whose transaction is lost. */
export const interruptedWords = 'interrupted';

/** `SyncSparkRolesLicensesAcme` */
export const scheduleTitle = (schedule: ScheduleName, organizationName: string): string =>
  `${scheduleKind(schedule).prefix}${organizationName}`;

/** What counts where there is no row. */
export const defaultSchedule = (organizationId: string, schedule: ScheduleName, timeZone: string): SyncSchedule => ({
  organizationId,
  schedule,
  isActive: scheduleKind(schedule).isActive,
  pausedWithOthers: false,
  pattern: scheduleKind(schedule).pattern,
  timeZone,
  excluded: [],
  adds: true,
  updates: true,
  deletes: true,
  nextRunAt: null,
  runningId: null,
  lastRunAt: null,
  lastOutcome: null,
  lastWords: null,
  lastTransactionId: null,
  failureToldAt: null,
  changedBy: null,
  changedAt: null,
});

/** The kinds of data that it reads, in their order. */
export const kindsOf = ({ schedule, excluded }: Pick<SyncSchedule, 'schedule' | 'excluded'>) =>
  scheduleKind(schedule).reads.filter(({ kind }) => !excluded.includes(kind));
