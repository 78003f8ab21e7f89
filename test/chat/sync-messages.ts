// Every message about syncs and their schedules, each with `value` wherever others write.
import type { Message } from '../../src/chat/message.ts';
import { changesFileMessage, changesFoundMessage, changesMessage } from '../../src/directory/changes/changes.view.ts';
import { directoryKinds } from '../../src/directory/kinds.ts';
import {
  licenseSumsMessage,
  licensesFileMessage,
  licensesMessage,
} from '../../src/directory/licenses/licenses.view.ts';
import { directoryNewsMessage } from '../../src/directory/news/news.view.ts';
import { rolesMessage } from '../../src/directory/roles/roles.view.ts';
import {
  allDoneMessage,
  confirmAllMessage,
  nothingScheduledMessage,
} from '../../src/directory/schedules/all-schedules.view.ts';
import { confirmScheduleMessage, scheduleForm } from '../../src/directory/schedules/schedule-form.view.ts';
import { typedOf } from '../../src/directory/schedules/schedule-values.ts';
import { defaultSchedule, type SyncSchedule } from '../../src/directory/schedules/schedules.ts';
import {
  organizationSchedulesMessage,
  scheduleMessage,
  schedulesMessage,
} from '../../src/directory/schedules/schedules.view.ts';
import {
  leftOutMessage,
  startAnswer,
  syncResultMessage,
  syncRunsMessage,
  syncsFailedMessage,
} from '../../src/directory/sync/sync.view.ts';
import { aLicense, aRole } from './directory-rows.ts';

const id = '7d4c1f7e-6a0e-4a55-9d0b-0e7a2f7d3a11';
const now = new Date('2026-11-23T12:00:00Z');

export function syncMessages(value: string): Record<string, Message> {
  const organization = { id, name: value, wholesale_status: true, webex_contact_center: true };
  const daily = defaultSchedule(id, 'roles_licenses', 'America/Argentina/Buenos_Aires');
  const run: SyncSchedule = {
    ...daily,
    nextRunAt: new Date('2026-11-24T01:07:00Z'),
    lastRunAt: now,
    lastTransactionId: 12,
  };
  const failed: SyncSchedule = { ...run, lastOutcome: 'failed', lastWords: value, excluded: ['roles'], deletes: false };
  const paused: SyncSchedule = { ...failed, isActive: false, nextRunAt: null, lastOutcome: 'done', lastWords: null };
  const changed: SyncSchedule = { ...paused, adds: false, updates: false, changedBy: value, changedAt: now };
  const running: SyncSchedule = { ...run, runningId: 13 };
  const typed = typedOf({ ...daily, pattern: value.slice(0, 100), timeZone: value.slice(0, 60) });
  const ended = {
    transactionId: 12,
    organization,
    title: `${value.slice(0, 80)} is synced`,
    facts: [{ title: 'Roles', value: '12 synced' }],
    hasChanges: true,
    leavesCalling: true,
    pageUrl: 'https://hub.example.com/transactions/12',
  };
  const answers = (['not_connected', 'lost', 'not_granted', 'nothing'] as const).map((why) => {
    const answer = startAnswer({ outcome: 'unreadable', why }, { organization, kinds: directoryKinds });
    return [`not synced: ${why}`, answer?.content as Message] as const;
  });
  const connection = { state: 'connected' as const, scopes: ['spark:people_read'] };
  const page = { firstNumber: 11, total: 35, previousPage: 1, nextPage: 3, now };
  return {
    ...Object.fromEntries(answers),
    'a sync leaves something out': leftOutMessage({ organization: { id, name: value }, leftOut: directoryKinds }),
    'sync runs': syncRunsMessage({ organization, transactionId: 12 }),
    'sync done': syncResultMessage({ ...ended, isDone: true, texts: [value] }),
    'sync failed': syncResultMessage({ ...ended, isDone: false, texts: [value, value, null] }),
    'sync of a deleted organization': syncResultMessage({
      ...ended,
      organization: { id: null, name: value },
      isDone: false,
      texts: [],
    }),
    'a scheduled sync fails': syncsFailedMessage({
      rows: [{ id, name: value, words: value, ranAt: now, transactionId: 12 }],
      total: 1,
      now,
    }),
    'scheduled syncs fail': syncsFailedMessage({
      rows: Array.from({ length: 10 }, () => ({ id, name: value, words: null, ranAt: now, transactionId: null })),
      total: 1234,
      now,
    }),
    roles: rolesMessage({
      ...page,
      organization,
      rows: Array.from({ length: 10 }, (_, index) => ({ ...aRole(value), goneAt: index === 0 ? now : null })),
      syncedAt: now,
      grantor: { ...connection, authorizedEmail: value, byPartner: true, way: 'consent' },
      held: Array.from({ length: 7 }, () => value),
      isHeldShown: true,
    }),
    'no roles': rolesMessage({
      ...{
        organization,
        rows: [],
        total: 0,
        firstNumber: 1,
        now,
        syncedAt: null,
        grantor: null,
        held: [],
        isHeldShown: false,
      },
    }),
    licenses: licensesMessage({
      ...page,
      organization,
      rows: Array.from({ length: 10 }, (_, index) => ({
        ...aLicense(value, 10, index * 2),
        webexId: `Y2lzY29zcGFyazovL3VzL0xJQ0VOU0UvOTZhYmMyYWEtM2RjYy0xMWU1LWExNTItZmUzNDgxOWNkYzlh${index}`,
        subscriptionId: index < 3 ? null : `${value}${index}`,
        siteUrl: index < 5 ? null : value,
        goneAt: index === 9 ? now : null,
      })),
      syncedAt: now,
      connection,
    }),
    'no licenses': licensesMessage({
      ...{ organization, rows: [], total: 0, firstNumber: 1, now },
      ...{ syncedAt: null, connection: null },
    }),
    'sums of licenses': licenseSumsMessage({
      ...page,
      place: value,
      rows: Array.from({ length: 10 }, (_, index) => ({
        ...{ name: value, organizations: 1234, unlimited: index, unlimitedUsed: 2n ** 60n, unknown: index },
        limited: index === 9 ? null : { total: 2n ** 62n, used: 2n ** 62n },
      })),
    }),
    'no sums of licenses': licenseSumsMessage({ rows: [], total: 0, firstNumber: 1, now, place: value }),
    'licenses as a file': licensesFileMessage(50_000),
    'no licenses as a file': licensesFileMessage(0),
    'news of licenses': directoryNewsMessage({
      rows: Array.from({ length: 10 }, () => ({ ...organization, words: [value] })),
      hidden: 7,
    }),
    'news of the licenses of one': directoryNewsMessage({ rows: [{ ...organization, words: [value] }], hidden: 0 }),
    changes: changesMessage({
      rows: (['added', 'changed', 'removed', 'gone', 'returned', 'changed'] as const).map((what) => ({
        ...{ id: 123_456, organizationId: id, organizationName: value, transactionId: 12, kind: 'licenses' },
        ...{ webexId: value, name: value, what, seenAt: now },
        before: { totalUnits: 10, name: value },
        after: { totalUnits: null, name: value },
      })),
      hasNewer: true,
      hasOlder: true,
      organization: undefined,
      days: 30,
      now,
    }),
    'no changes': changesMessage({ rows: [], hasNewer: false, hasOlder: false, organization, days: undefined, now }),
    'changes found': changesFoundMessage({
      rows: Array.from({ length: 10 }, () => ({
        ...organization,
        counts: [{ transactionId: 1, kind: 'licenses', what: 'changed' as const, count: 1234 }],
      })),
      total: 1234,
    }),
    'changes of one': changesFoundMessage({ rows: [{ ...organization, counts: [] }], total: 1 }),
    'changes as a file': changesFileMessage({ rows: 50_000, mostRows: 50_000 }),
    'no changes as a file': changesFileMessage({ rows: 0, mostRows: 50_000 }),
    'schedules, all': schedulesMessage({
      ...page,
      rows: [run, failed, paused, running, daily, run, run, run, run, run].map((row) => ({ ...row, name: value })),
      paused: 1,
      failed: 2,
      canChange: true,
    }),
    'schedules, none': schedulesMessage({
      rows: [],
      firstNumber: 1,
      total: 0,
      now,
      paused: 0,
      failed: 0,
      canChange: true,
    }),
    'schedules of one': organizationSchedulesMessage({
      organization,
      schedules: [failed, running, defaultSchedule(id, 'users', 'UTC')],
      now,
    }),
    'a schedule': scheduleMessage({ organization, schedule: run, connection, canChange: true, now }),
    'a schedule that fails': scheduleMessage({
      organization,
      schedule: failed,
      connection: null,
      canChange: false,
      now,
    }),
    'a schedule that was paused': scheduleMessage({
      organization,
      schedule: changed,
      connection,
      canChange: true,
      done: value,
      now,
    }),
    'a schedule that never ran': scheduleMessage({ organization, schedule: daily, connection, canChange: true, now }),
    'a form of a schedule': scheduleForm({ organization, schedule: 'full', typed }),
    'a form of a schedule with problems': scheduleForm({
      organization,
      schedule: 'full',
      typed,
      problems: { pattern: 'This time never comes.', time_zone: 'Type a name.' },
      summary: 'Not saved yet: correct the marked fields.',
    }),
    'the next runs of a schedule': confirmScheduleMessage({
      organization,
      schedule: { ...paused, pattern: value.slice(0, 100) },
      typed,
      runs: [now, now, now, now, now],
      now,
    }),
    'pause all?': confirmAllMessage({ isActive: false, organizations: 1234 }),
    'resume all?': confirmAllMessage({ isActive: true, organizations: 1 }),
    'all paused': allDoneMessage({ isActive: false, changed: 1234, by: value }),
    'all resumed': allDoneMessage({ isActive: true, changed: 0, by: value }),
    'pause all with a label?': confirmAllMessage({ isActive: false, organizations: 2, label: 'gold' }),
    'all with a label resumed': allDoneMessage({ isActive: true, changed: 2, label: 'gold', by: value }),
    'nothing scheduled here': nothingScheduledMessage,
  };
}
