// Directory: what Webex says of an organization, synced after it was connected, when a schedule is due, and where somebody asks.

import { connectAction } from '../connections/connect/connect-rules.ts';
import type { Feature } from '../feature.ts';
import { applyCalling, calling, lookAtCalling, undoCalling } from './calling/calling.command.ts';
import { callingEndedRenderer } from './calling/calling.render.ts';
import { callingWorkflow } from './calling/calling.workflow.ts';
import { eraseBefore } from './calling/calling-people.store.ts';
import { undoDays } from './calling/calling-rules.ts';
import { undoableCalling } from './calling/undoable.lookup.ts';
import { purgeChanges } from './changes/change.store.ts';
import { changes, keptDays } from './changes/changes.command.ts';
import { changesFileRenderer, changesFoundRenderer } from './changes/changes.render.ts';
import { notifyChanges } from './changes/notify-changes.ts';
import { contactCenter } from './contact-center/contact-center.command.ts';
import { confirmForget, forget } from './forget.command.ts';
import { grantProofs } from './kinds.ts';
import { licenses } from './licenses/licenses.command.ts';
import { licensesFileRenderer } from './licenses/licenses.render.ts';
import { floors } from './locations/floors.command.ts';
import { locationsCommand } from './locations/locations.command.ts';
import { directoryNewsRenderer } from './news/news.render.ts';
import { notifyNews } from './news/notify-news.ts';
import { peopleCommand } from './people/people.command.ts';
import { directoryRecordHooks } from './record-hooks.ts';
import { roles } from './roles/roles.command.ts';
import { notifyFailures } from './schedules/notify-failures.ts';
import { sweepAtStart, sweepSchedules } from './schedules/plan-schedules.ts';
import { checkScheduleForm, editSchedule, saveSchedule } from './schedules/schedule.form.ts';
import {
  confirmPauseSchedules,
  confirmResumeSchedules,
  pauseSchedule,
  pauseSchedules,
  resumeSchedule,
  resumeSchedules,
  runSchedule,
  showSchedule,
} from './schedules/schedules.action.ts';
import { schedules } from './schedules/schedules.command.ts';
import { lookForSyncs, syncJob, syncsTotal } from './schedules/sync.job.ts';
import { stalledSyncs } from './sync/stalled-syncs.ts';
import { sync } from './sync/sync.command.ts';
import { syncResultRenderer, syncsFailedRenderer } from './sync/sync.render.ts';
import { syncWorkflow } from './sync/sync.workflow.ts';
import { connectSyncSteps } from './sync/sync-step.ts';
import { changePackages, checkPackages, savePackages } from './wholesale/packages/packages.action.ts';
import { packagesChangedRenderer } from './wholesale/packages/packages.render.ts';
import { packagesWorkflow } from './wholesale/packages/packages.workflow.ts';
import { checkProvisionForm, provisionWholesale, saveProvision } from './wholesale/packages/provision.action.ts';
import { subscribers, wholesale } from './wholesale/wholesale.command.ts';
import { workspaces } from './workspaces/workspaces.command.ts';

export const directory: Feature = {
  commands: [
    sync,
    schedules,
    roles,
    licenses,
    locationsCommand,
    floors,
    peopleCommand,
    calling,
    workspaces,
    wholesale,
    subscribers,
    contactCenter,
    changes,
    forget,
  ],
  actions: [
    showSchedule,
    runSchedule,
    pauseSchedule,
    resumeSchedule,
    editSchedule,
    checkScheduleForm,
    saveSchedule,
    pauseSchedules,
    resumeSchedules,
    confirmPauseSchedules,
    confirmResumeSchedules,
    confirmForget,
    changePackages,
    checkPackages,
    savePackages,
    provisionWholesale,
    checkProvisionForm,
    saveProvision,
    lookAtCalling,
    applyCalling,
    undoCalling,
  ],
  notices: [
    syncResultRenderer,
    syncsFailedRenderer,
    changesFoundRenderer,
    changesFileRenderer,
    licensesFileRenderer,
    directoryNewsRenderer,
    packagesChangedRenderer,
    callingEndedRenderer,
  ],
  jobs: [syncJob],
  schedules: [
    { job: 'look for due syncs', pattern: ({ schedules }) => schedules.refresh, run: lookForSyncs },
    { job: 'look for syncs that fail', pattern: ({ schedules }) => schedules.refresh, run: notifyFailures },
    { job: 'look for changes to tell of', pattern: ({ schedules }) => schedules.refresh, run: notifyChanges },
    { job: 'look for news of licenses', pattern: ({ schedules }) => schedules.refresh, run: notifyNews },
    { job: 'look for schedules that are missing', pattern: '40 * * * *', run: sweepSchedules },
  ],
  workflows: [syncWorkflow, packagesWorkflow, callingWorkflow],
  records: { ...directoryRecordHooks, undoable: undoableCalling },
  proofs: grantProofs,
  followUps: [{ after: connectAction, steps: connectSyncSteps }],
  metrics: [syncsTotal],
  retention: [
    { what: 'changes of directories', days: keptDays, purge: purgeChanges },
    { what: 'calling behaviour before ours', days: undoDays, purge: eraseBefore },
  ],
  orphans: stalledSyncs,
  start: sweepAtStart,
};
