// What `schedules` answers: a page of all, those of one organization, and one of them.

import type { Row } from '../../chat/blocks.ts';
import { button, emphasized, pageButtons } from '../../chat/buttons.ts';
import { type Fact, fact, shownName } from '../../chat/facts.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import { type ListPage, pageWords } from '../../chat/pages.ts';
import { mayRead } from '../../connections/scopes.ts';
import { counted, inARow, shorten } from '../../lib/text.ts';
import { deadlineWords, instantWords, nextDeadlineWords, sinceDeadlineWords } from '../../lib/time-words.ts';
import type { ShownGrant } from '../feature-state.view.ts';
import { isOf, kindWords } from '../sync/sync-rules.ts';
import type { NamedSchedule } from './schedule.store.ts';
import type { ScheduleName } from './schedules.schema.ts';
import { interruptedWords, kindsOf, type SyncSchedule, scheduleKind, scheduleTitle } from './schedules.ts';

/** What the buttons send as `action`. */
export const SHOW_SCHEDULE = 'schedule';
export const RUN_SCHEDULE = 'run-schedule';
export const PAUSE_SCHEDULE = 'pause-schedule';
export const RESUME_SCHEDULE = 'resume-schedule';
export const PAUSE_SCHEDULES = 'pause-schedules';
export const RESUME_SCHEDULES = 'resume-schedules';
export const EDIT_SCHEDULE = 'edit-schedule';

/** Of the organizations with this label alone. */
export type Labeled = { label?: string };

type One = { organization_id: string; schedule: ScheduleName };

declare module '../../chat/actions.ts' {
  interface Actions {
    schedules: { organization_id?: string; label?: string; page?: number };
    [SHOW_SCHEDULE]: One;
    [RUN_SCHEDULE]: One;
    [PAUSE_SCHEDULE]: One;
    [RESUME_SCHEDULE]: One;
    [PAUSE_SCHEDULES]: Labeled;
    [RESUME_SCHEDULES]: Labeled;
  }
}

/** The record of which it is a schedule, with the switches that say what there is to read. */
export interface Scheduled {
  readonly id: string;
  readonly name: string;
  readonly wholesale_status: boolean;
  readonly webex_contact_center: boolean;
}

const WORDS_MAX_CHARACTERS = 160;

const of = ({ organizationId, schedule }: SyncSchedule): One => ({ organization_id: organizationId, schedule });

/** A page of all, the next to run first. */
export function schedulesMessage(
  view: ListPage<NamedSchedule> & {
    readonly label?: string;
    readonly paused: number;
    readonly failed: number;
    readonly canChange: boolean;
  },
): CardMessage {
  const { rows, firstNumber, total, label, paused, failed, canChange, now } = view;
  const labeled = label === undefined ? {} : { label };
  const whose = label === undefined ? '' : ` of organizations with the label ${label}`;
  return message({
    title: total === 0 ? `No sync${whose} is scheduled yet` : `${counted(total, 'sync schedule')}${whose}`,
    lead: pageWords(view),
    texts: [
      total === 0 ? 'An organization’s schedules begin once it is connected.' : null,
      paused > 0 ? `${paused} ${paused === 1 ? 'is' : 'are'} paused.` : null,
      failed > 0 ? `The last run of ${failed} failed.` : null,
    ],
    blocks: [{ kind: 'rows', rows: rows.map((row, index) => rowOf(row, row.name, now, firstNumber + index)) }],
    buttons: [
      ...pageButtons(view, 'schedules', labeled),
      canChange && total > 0 ? button('Pause all', PAUSE_SCHEDULES, labeled) : null,
      canChange && paused > 0 ? button('Resume all', RESUME_SCHEDULES, labeled) : null,
    ],
    typed: md`Type **schedules** with the name of an organization for its schedules.`,
  });
}

function rowOf(schedule: SyncSchedule, name: string, now: Date, number?: number): Row {
  const last = lastWords(schedule, now);
  return {
    ...(number === undefined ? {} : { number }),
    name: shownName(scheduleTitle(schedule.schedule, name)),
    lead: {
      text: schedule.isActive
        ? schedule.nextRunAt === null
          ? 'Waits for the connection'
          : `Next run ${nextDeadlineWords(schedule.nextRunAt, now)}`
        : scheduleKind(schedule.schedule).isActive
          ? 'Paused'
          : 'Off',
      tone: schedule.lastOutcome === 'failed' ? 'attention' : 'default',
    },
    state: last ?? 'It has not run yet.',
    button: button('Open', SHOW_SCHEDULE, of(schedule)),
  };
}

/** All schedules of an organization. */
export const organizationSchedulesMessage = (view: {
  readonly organization: Scheduled;
  readonly schedules: readonly SyncSchedule[];
  readonly now: Date;
}): CardMessage => {
  const { organization, schedules, now } = view;
  const about = { organization_id: organization.id };
  return message({
    title: `Sync schedules of ${shownName(organization.name)}`,
    blocks: [{ kind: 'rows', rows: schedules.map((schedule) => rowOf(schedule, organization.name, now)) }],
    buttons: [button('Sync now', 'sync', about), button('Show', 'show', about), button('All schedules', 'schedules')],
    typed: md`Type **sync** with the name to read now what the full sync reads.`,
  });
};

/** One schedule, with what can be done about it. */
export function scheduleMessage(view: {
  readonly organization: Scheduled;
  readonly schedule: SyncSchedule;
  readonly connection: ShownGrant;
  readonly canChange: boolean;
  /** What was just done, as a sentence. */
  readonly done?: string;
  readonly now: Date;
}): CardMessage {
  const { organization, schedule, canChange, done } = view;
  const its = of(schedule);
  const runs = schedule.runningId !== null;
  return message({
    mark: done === undefined ? undefined : '✅',
    title: shownName(scheduleTitle(schedule.schedule, organization.name)),
    texts: [done ?? null],
    facts: scheduleFacts(view),
    buttons: [
      ...(canChange
        ? [
            runs ? null : emphasized(button('Run now', RUN_SCHEDULE, its)),
            schedule.isActive ? button('Pause', PAUSE_SCHEDULE, its) : button('Resume', RESUME_SCHEDULE, its),
            button('Change', EDIT_SCHEDULE, its),
          ]
        : []),
      schedule.lastTransactionId === null
        ? null
        : button('Last run', 'transaction', { transaction_id: schedule.lastTransactionId }),
      button('Its schedules', 'schedules', { organization_id: organization.id }),
    ],
    typed: md`Type **schedules** with the name for all of its schedules.`,
  });
}

function scheduleFacts({
  organization,
  schedule,
  connection,
  now,
}: {
  readonly organization: Scheduled;
  readonly schedule: SyncSchedule;
  readonly connection: ShownGrant;
  readonly now: Date;
}): (Fact | null)[] {
  const { isActive, nextRunAt, changedBy, changedAt } = schedule;
  return [
    { title: 'Organization', value: shownName(organization.name) },
    { title: 'Reads', value: readsWords(schedule, organization) },
    fact('The grant does not allow', inARow(notGranted(schedule, organization, connection))),
    fact('Leaves out', inARow(excludedOf(schedule, organization))),
    { title: 'What it may do here', value: actionWords(schedule) },
    { title: 'Runs', value: `${schedule.pattern} by the clocks of ${schedule.timeZone}, with a delay of its own` },
    {
      title: 'Next run',
      value: !isActive
        ? 'None: it is paused'
        : nextRunAt === null
          ? 'Once the organization is connected'
          : nextDeadlineWords(nextRunAt, now),
    },
    { title: 'Last run', value: lastWords(schedule, now) ?? 'None yet' },
    fact('Changed by', changedBy && changedAt && `${shownName(changedBy)}, ${sinceDeadlineWords(changedAt, now)}`),
  ];
}

/** `Roles and licenses`; what is read by no kind of this version says so. */
export function readsWords(schedule: Pick<SyncSchedule, 'schedule' | 'excluded'>, record: Scheduled): string {
  const words = inARow(readsOf(schedule, record).map(kindWords));
  return words === '' ? 'Nothing in this version' : `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

const readsOf = (schedule: Pick<SyncSchedule, 'schedule' | 'excluded'>, record: Scheduled) =>
  kindsOf(schedule).filter((kind) => isOf(kind, record));

/** What of it cannot be read, since nobody has permitted it. */
const notGranted = (schedule: SyncSchedule, record: Scheduled, connection: ShownGrant): string[] =>
  connection === null
    ? []
    : readsOf(schedule, record)
        .filter(({ scope }) => !mayRead(connection.scopes, scope))
        .map(kindWords);

const excludedOf = ({ schedule, excluded }: SyncSchedule, record: Scheduled): string[] =>
  scheduleKind(schedule)
    .reads.filter((kind) => isOf(kind, record) && excluded.includes(kind.kind))
    .map(kindWords);

/** `Add and change; what is gone at Webex is marked` */
export function actionWords({ adds, updates, deletes }: Pick<SyncSchedule, 'adds' | 'updates' | 'deletes'>): string {
  const may = [...(adds ? ['add'] : []), ...(updates ? ['change'] : []), ...(deletes ? ['delete'] : [])];
  const words = may.length === 0 ? 'nothing' : inARow(may);
  const marked = deletes ? '' : '; what is gone at Webex is marked, not deleted';
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${marked}`;
}

const outcomeWords = { done: '✅ Done', failed: '❌ Failed', skipped: '⏭️ Skipped' };

/** `✅ Done 3 hours ago (…)`, `❌ Failed …: Webex refused it`; null before the first run. */
function lastWords({ runningId, lastRunAt, lastOutcome, lastWords: words }: SyncSchedule, now: Date): string | null {
  if (lastRunAt === null) return null;
  const when = sinceDeadlineWords(lastRunAt, now);
  if (runningId !== null) return `⏳ Running since ${instantWords(lastRunAt)}`;
  // An earlier version has left the outcome open of a run that was lost.
  if (lastOutcome === null) return `${outcomeWords.failed} ${when}: ${interruptedWords}`;
  return `${outcomeWords[lastOutcome]} ${when}${words === null ? '' : `: ${shorten(words, WORDS_MAX_CHARACTERS)}`}`;
}

/** When a form's schedule would run: shown before it is saved. */
export const runWords = (runs: readonly Date[], now: Date): string[] => runs.map((run) => deadlineWords(run, now));
