// The buttons of schedules: one is shown, run, paused or resumed; all in scope are paused or resumed once that was confirmed.

import { scopeFor } from '../../chat/actor.ts';
import type { Answer } from '../../chat/answer.ts';
import type { Action, CommandInput } from '../../chat/command.ts';
import type { Db } from '../../db/database.ts';
import type { Scope } from '../../db/scope.ts';
import type { Clock } from '../../lib/clock.ts';
import { labelSent } from '../../organizations/labels/label-sent.ts';
import { goneAnswer } from '../../organizations/organization.lookup.ts';
import { type StartSyncDeps, startSync } from '../sync/start-sync.ts';
import { startAnswer } from '../sync/sync.view.ts';
import {
  allDoneMessage,
  CONFIRM_PAUSE_SCHEDULES,
  CONFIRM_RESUME_SCHEDULES,
  confirmAllMessage,
  nothingScheduledMessage,
} from './all-schedules.view.ts';
import { type ChangeScheduleDeps, setActive, setAllActive } from './change-schedule.ts';
import { findSchedule } from './schedule.lookup.ts';
import { countOrganizations } from './schedule.store.ts';
import { kindsOf } from './schedules.ts';
import {
  PAUSE_SCHEDULE,
  PAUSE_SCHEDULES,
  RESUME_SCHEDULE,
  RESUME_SCHEDULES,
  RUN_SCHEDULE,
  SHOW_SCHEDULE,
  scheduleMessage,
} from './schedules.view.ts';

export const showSchedule: Action<{ db: Db; clock: Clock }> = {
  name: SHOW_SCHEDULE,
  needs: 'viewer',
  async run({ db, clock }, input) {
    const found = await findSchedule(db, input);
    if ('answer' in found) return found.answer;
    const canChange = scopeFor(input.standing, 'administrator').within.length > 0;
    return { content: scheduleMessage({ ...found, canChange, now: clock.now() }) };
  },
};

/** Its run counts as the schedule's last one. What is next stays as it is. */
export const runSchedule: Action<StartSyncDeps> = {
  name: RUN_SCHEDULE,
  async run(deps, input) {
    const found = await findSchedule(deps.db, input);
    if ('answer' in found) return found.answer;
    const { organization, schedule } = found;
    const { actor: by, place } = input;
    const kinds = kindsOf(schedule);
    const asked = { organizationId: organization.id, kinds, schedule: schedule.schedule, by, place };
    return startAnswer(await startSync(deps, asked), { organization, kinds });
  },
};

async function turn(deps: ChangeScheduleDeps, input: CommandInput, isActive: boolean): Promise<Answer> {
  const found = await findSchedule(deps.db, input);
  if ('answer' in found) return found.answer;
  const { organizationId, schedule } = found.schedule;
  const { actor: by, place, scope } = input;
  const result = await setActive(deps, { organizationId, schedule, isActive, by, roomId: place.roomId });
  if (result.outcome === 'gone') return { content: await goneAnswer(deps.db, { scope, id: organizationId }) };
  const done = isActive ? `${by.email} resumed it.` : `${by.email} paused it.`;
  const its = { organization: result.organization, schedule: result.schedule, connection: found.connection };
  const view = { ...its, done, canChange: true };
  return { content: scheduleMessage({ ...view, now: deps.clock.now() }), replacesMessageId: input.cardMessageId };
}

export const pauseSchedule: Action<ChangeScheduleDeps> = {
  name: PAUSE_SCHEDULE,
  run: (deps, input) => turn(deps, input, false),
};

export const resumeSchedule: Action<ChangeScheduleDeps> = {
  name: RESUME_SCHEDULE,
  run: (deps, input) => turn(deps, input, true),
};

/** Asks whether all in scope are meant, or all of them that carry the label. */
export async function askAll(
  db: Db,
  { scope, isActive, label }: { scope: Scope; isActive: boolean; label: string | undefined },
): Promise<Answer> {
  const organizations = await countOrganizations(db, { scope, label });
  return {
    content: organizations === 0 ? nothingScheduledMessage : confirmAllMessage({ isActive, organizations, label }),
  };
}

export const pauseSchedules: Action<{ db: Db }> = {
  name: PAUSE_SCHEDULES,
  run: ({ db }, { scope, inputs }) => askAll(db, { scope, isActive: false, label: labelSent.parse(inputs['label']) }),
};

export const resumeSchedules: Action<{ db: Db }> = {
  name: RESUME_SCHEDULES,
  run: ({ db }, { scope, inputs }) => askAll(db, { scope, isActive: true, label: labelSent.parse(inputs['label']) }),
};

async function turnAll(deps: ChangeScheduleDeps, input: CommandInput, isActive: boolean): Promise<Answer> {
  const { scope, actor: by, place } = input;
  const label = labelSent.parse(input.inputs['label']);
  const changed = await setAllActive(deps, { scope, isActive, label, by, roomId: place.roomId });
  return {
    content: allDoneMessage({ isActive, changed, label, by: by.email }),
    replacesMessageId: input.cardMessageId,
  };
}

export const confirmPauseSchedules: Action<ChangeScheduleDeps> = {
  name: CONFIRM_PAUSE_SCHEDULES,
  run: (deps, input) => turnAll(deps, input, false),
};

export const confirmResumeSchedules: Action<ChangeScheduleDeps> = {
  name: CONFIRM_RESUME_SCHEDULES,
  run: (deps, input) => turnAll(deps, input, true),
};
