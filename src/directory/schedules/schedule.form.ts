// The form of a schedule: opened, checked and shown with its next runs, and then saved.

import type { Action } from '../../chat/command.ts';
import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import { goneAnswer } from '../../organizations/organization.lookup.ts';
import { type ChangeScheduleDeps, changeSchedule } from './change-schedule.ts';
import { nextRuns } from './pattern-rules.ts';
import { findSchedule } from './schedule.lookup.ts';
import { CHECK_SCHEDULE, confirmScheduleMessage, SAVE_SCHEDULE, scheduleForm } from './schedule-form.view.ts';
import { checkSchedule, readTyped, typedOf, versionOf } from './schedule-values.ts';
import { EDIT_SCHEDULE, scheduleMessage } from './schedules.view.ts';

const conflictWords = 'Somebody else has changed it meanwhile. These are the values of now.';

/** How many runs are shown before it is saved. */
const runsShown = 5;

/** With what was typed, where the person comes back to it. */
export const editSchedule: Action<{ db: Db }> = {
  name: EDIT_SCHEDULE,
  async run({ db }, input) {
    const found = await findSchedule(db, input);
    if ('answer' in found) return found.answer;
    const { organization, schedule } = found;
    const isBack = input.inputs['pattern'] !== undefined;
    const typed = isBack ? readTyped(input.inputs, schedule.schedule) : typedOf(schedule);
    const form = scheduleForm({ organization, schedule: schedule.schedule, typed });
    return { content: form, ...(isBack ? { replacesMessageId: input.cardMessageId } : {}) };
  },
};

/** Nothing is saved: what was typed is shown with what it means. */
export const checkScheduleForm: Action<{ db: Db; clock: Clock }> = {
  name: CHECK_SCHEDULE,
  async run({ db, clock }, input) {
    const found = await findSchedule(db, input);
    if ('answer' in found) return found.answer;
    const { organization, schedule } = found;
    const now = clock.now();
    const typed = readTyped(input.inputs, schedule.schedule);
    const checked = checkSchedule(typed, { schedule: schedule.schedule, record: organization, now });
    const replacesMessageId = input.cardMessageId;
    if ('problems' in checked) {
      const content = scheduleForm({ organization, schedule: schedule.schedule, typed, ...checked });
      return { content, replacesMessageId };
    }
    const changed = { ...schedule, ...checked.values };
    const runs = nextRuns(changed, { organizationId: organization.id, after: now, count: runsShown });
    return {
      content: confirmScheduleMessage({ organization, schedule: changed, typed, runs, now }),
      replacesMessageId,
    };
  },
};

export const saveSchedule: Action<ChangeScheduleDeps> = {
  name: SAVE_SCHEDULE,
  async run(deps, input) {
    const found = await findSchedule(deps.db, input);
    if ('answer' in found) return found.answer;
    const { organization, schedule: known, connection } = found;
    const { scope, actor: by, place, cardMessageId: replacesMessageId } = input;
    const now = deps.clock.now();
    const typed = readTyped(input.inputs, known.schedule);
    const checked = checkSchedule(typed, { schedule: known.schedule, record: organization, now });
    if ('problems' in checked) {
      const form = { organization, schedule: known.schedule, typed, ...checked };
      return { content: scheduleForm(form), replacesMessageId };
    }
    const its = { organizationId: organization.id, schedule: known.schedule, by, roomId: place.roomId };
    const result = await changeSchedule(deps, {
      ...its,
      values: checked.values,
      expectedVersion: versionOf(typed),
    });
    switch (result.outcome) {
      case 'gone':
        return { content: await goneAnswer(deps.db, { scope, id: organization.id }) };
      case 'conflict': {
        const form = { organization, schedule: known.schedule, typed: typedOf(result.schedule) };
        return { content: scheduleForm({ ...form, summary: conflictWords }), replacesMessageId };
      }
      default: {
        const done = result.outcome === 'changed' ? `${by.email} changed it.` : 'Nothing had to be changed.';
        const its = { organization: result.organization, schedule: result.schedule, connection };
        return { content: scheduleMessage({ ...its, done, canChange: true, now }), replacesMessageId };
      }
    }
  },
};
