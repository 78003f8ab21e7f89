// The form of a schedule, and the question before it is saved, which shows the next runs.

import type { Block } from '../../chat/blocks.ts';
import { button, emphasized, inputsButton } from '../../chat/buttons.ts';
import { shownName } from '../../chat/facts.ts';
import type { Field } from '../../chat/fields.ts';
import { DISCARD_FORM, formMessage } from '../../chat/form.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import { isOf, kindWords } from '../sync/sync-rules.ts';
import { excludeInput, PATTERN_MAX, type ScheduleTyped, ZONE_MAX } from './schedule-values.ts';
import type { ScheduleName } from './schedules.schema.ts';
import { type SyncSchedule, scheduleKind, scheduleTitle } from './schedules.ts';
import { actionWords, EDIT_SCHEDULE, readsWords, runWords, type Scheduled } from './schedules.view.ts';

export const CHECK_SCHEDULE = 'check-schedule';
export const SAVE_SCHEDULE = 'save-schedule';

type One = { organization_id: string; schedule: ScheduleName };

declare module '../../chat/actions.ts' {
  interface Actions {
    [EDIT_SCHEDULE]: One & Partial<ScheduleTyped>;
    [CHECK_SCHEDULE]: One & Partial<ScheduleTyped>;
    [SAVE_SCHEDULE]: One & ScheduleTyped;
  }
}

export interface ScheduleFormView {
  readonly organization: Scheduled;
  readonly schedule: ScheduleName;
  readonly typed: ScheduleTyped;
  readonly problems?: { readonly [Name in keyof ScheduleTyped]?: string };
  readonly summary?: string | null;
}

const onOff = (id: string, label: string, help: string, value: string | undefined): Field => ({
  kind: 'toggle',
  id,
  label,
  help,
  value: value ?? 'false',
});

export function scheduleForm(view: ScheduleFormView): CardMessage {
  const { organization, schedule, typed, problems = {}, summary = null } = view;
  const { reads: all } = scheduleKind(schedule);
  // What the record has nothing of is not spoken of; whether it is left out stays as it is.
  const reads = all.filter((kind) => isOf(kind, organization));
  const kept = all.filter((kind) => !reads.includes(kind)).map(({ kind }) => excludeInput(kind));
  const fields: Block = {
    kind: 'fields',
    fields: [
      {
        kind: 'text',
        id: 'pattern',
        label: 'Pattern',
        help: 'Minute, hour, day of the month, month and day of the week: 0 1 * * * is each day at 1:00, 0 1 * * 0 each Sunday.',
        value: typed.pattern,
        maxLength: PATTERN_MAX,
        problem: problems.pattern ?? null,
      },
      {
        kind: 'text',
        id: 'time_zone',
        label: 'Time zone',
        help: 'By whose clocks, such as Europe/Berlin.',
        value: typed.time_zone,
        maxLength: ZONE_MAX,
        problem: problems.time_zone ?? null,
      },
      onOff('adds', 'Add what is new', 'What is new at Webex is added here.', typed.adds),
      onOff('updates', 'Change what has changed', 'What has changed at Webex is changed here.', typed.updates),
      onOff('deletes', 'Delete what is gone', 'Off: what is gone at Webex is kept here and marked.', typed.deletes),
      ...reads.map((kind) =>
        onOff(
          excludeInput(kind.kind),
          `Leave out ${kindWords(kind)}`,
          'On: it does not read them.',
          typed[excludeInput(kind.kind)],
        ),
      ),
    ],
  };
  return formMessage({
    title: `Change ${shownName(scheduleTitle(schedule, organization.name))}`,
    summary,
    fields: [
      { kind: 'text', text: 'Each organization has a delay of its own, so that not all start in the same minute.' },
      fields,
    ],
    save: inputsButton('Show the next runs', CHECK_SCHEDULE, {
      organization_id: organization.id,
      schedule,
      seen_at: typed.seen_at,
      ...Object.fromEntries(kept.map((name) => [name, typed[name] ?? 'false'])),
    }),
  });
}

/** What would be saved, and when it would run. */
export function confirmScheduleMessage(view: {
  readonly organization: Scheduled;
  readonly schedule: SyncSchedule;
  readonly typed: ScheduleTyped;
  readonly runs: readonly Date[];
  readonly now: Date;
}): CardMessage {
  const { organization, schedule, typed, runs, now } = view;
  const inputs = { organization_id: organization.id, schedule: schedule.schedule, ...typed };
  return message({
    mark: '⚠️',
    title: `Change ${shownName(scheduleTitle(schedule.schedule, organization.name))}?`,
    texts: [
      'Nothing is saved yet.',
      schedule.isActive ? null : 'It is paused, and stays so: it runs once somebody resumes it.',
    ],
    facts: [
      { title: 'Runs', value: `${schedule.pattern} by the clocks of ${schedule.timeZone}` },
      { title: 'Reads', value: readsWords(schedule, organization) },
      { title: 'What it may do here', value: actionWords(schedule) },
    ],
    blocks: [
      { kind: 'log', title: runs.length === 5 ? 'The next five runs' : 'The next runs', lines: runWords(runs, now) },
    ],
    buttons: [
      emphasized(button('Save', SAVE_SCHEDULE, inputs)),
      button('Back to the form', EDIT_SCHEDULE, inputs),
      button('Cancel', DISCARD_FORM),
    ],
    typed: md`Save it with the button on the card.`,
  });
}
