// What `schedules` answers: a page of all, those of one organization, and one of them.

import type { Row } from '../../chat/blocks.ts';
import { button, emphasized, pageButtons } from '../../chat/buttons.ts';
import { type Fact, fact, shownName } from '../../chat/facts.ts';
import { DISCARD_FORM } from '../../chat/form.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import { type ListPage, pageWords } from '../../chat/pages.ts';
import { counted, inARow, shorten } from '../../lib/text.ts';
import { deadlineWords, instantWords, nextDeadlineWords, sinceDeadlineWords } from '../../lib/time-words.ts';
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
type Labeled = { label?: string };

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
    typed: md`Type **sync** with the name to read all now.`,
  });
};

/** One schedule, with what can be done about it. */
export function scheduleMessage(view: {
  readonly organization: Scheduled;
  readonly schedule: SyncSchedule;
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
  now,
}: {
  readonly organization: Scheduled;
  readonly schedule: SyncSchedule;
  readonly now: Date;
}): (Fact | null)[] {
  const { isActive, nextRunAt, changedBy, changedAt } = schedule;
  return [
    { title: 'Organization', value: shownName(organization.name) },
    { title: 'Reads', value: readsWords(schedule, organization) },
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
  const its = kindsOf(schedule).filter((kind) => isOf(kind, record));
  const words = inARow(its.map(kindWords));
  return words === '' ? 'Nothing in this version' : `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

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

/** Asks before all schedules in scope are paused, or run again. */
export function confirmAllMessage(view: {
  readonly isActive: boolean;
  readonly organizations: number;
  readonly label?: string | undefined;
}): CardMessage {
  const { isActive, organizations, label } = view;
  const whose = whoseWords(organizations, label);
  const confirmed = { confirmed: 'yes', ...(label === undefined ? {} : { label }) } as const;
  return message({
    mark: '⚠️',
    title: isActive ? `Resume the syncs of ${whose}?` : `Pause the syncs of ${whose}?`,
    texts: [
      isActive
        ? 'Each schedule runs again when it is next due. What somebody has turned off for one organization runs again, too, but for schedules of users: of those, what was paused with all.'
        : 'No schedule runs until it is resumed. Syncs that run now go on. An organization that is added later has its schedules on.',
    ],
    buttons: [
      emphasized(
        isActive
          ? button('Resume all', CONFIRM_RESUME_SCHEDULES, confirmed)
          : button('Pause all', CONFIRM_PAUSE_SCHEDULES, confirmed),
      ),
      button('Cancel', DISCARD_FORM),
    ],
    typed: md`Confirm it with the button on the card.`,
  });
}

const whoseWords = (count: number, label: string | undefined): string =>
  `${counted(count, 'organization')}${label === undefined ? '' : ` with the label ${label}`}`;

/** What the confirming buttons send as `action`. */
export const CONFIRM_PAUSE_SCHEDULES = 'confirm-pause-schedules';
export const CONFIRM_RESUME_SCHEDULES = 'confirm-resume-schedules';

declare module '../../chat/actions.ts' {
  interface Actions {
    [CONFIRM_PAUSE_SCHEDULES]: Labeled & { confirmed: 'yes' };
    [CONFIRM_RESUME_SCHEDULES]: Labeled & { confirmed: 'yes' };
  }
}

/** All in scope are paused, or run again. */
export const allDoneMessage = (view: {
  readonly isActive: boolean;
  readonly changed: number;
  readonly label?: string | undefined;
  readonly by: string;
}): CardMessage => {
  const { isActive, changed, label, by } = view;
  const whose = whoseWords(changed, label);
  const labeled = label === undefined ? {} : { label };
  return message({
    mark: '✅',
    title: isActive
      ? `${shownName(by)} resumed the syncs of ${whose}`
      : `${shownName(by)} paused the syncs of ${whose}`,
    texts: [changed === 0 ? 'The others were so already.' : null],
    buttons: [
      button('Schedules', 'schedules', labeled),
      isActive ? null : button('Resume all', RESUME_SCHEDULES, labeled),
    ],
  });
};

/** Nothing is in scope. */
export const nothingScheduledMessage: CardMessage = message({
  title: 'There are no organizations here whose syncs could be changed',
  buttons: [button('List organizations', 'list')],
});

/** When a form's schedule would run: shown before it is saved. */
export const runWords = (runs: readonly Date[], now: Date): string[] => runs.map((run) => deadlineWords(run, now));
