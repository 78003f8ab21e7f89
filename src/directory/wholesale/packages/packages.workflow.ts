// A change of packages among the workflows.

import type { StepDeps } from '../../../connections/connect/steps/step.ts';
import type { Workflow } from '../../../transactions/workflow.ts';
import { canceledReason } from '../../../transactions/workflow-words.ts';
import { askStep, checkStep, packagesAction } from './change-words.ts';
import { packagesChangedNotice } from './packages.notice.ts';
import { changeSteps } from './steps.ts';

export const packagesWorkflow: Workflow<StepDeps> = {
  action: packagesAction,
  title: 'Change packages',
  steps: changeSteps,
  audience: 'administrators',
  result: packagesChangedNotice,
  outcome({ status, reason }, name) {
    if (status === 'success') return `${name} has the packages that were asked for`;
    if (status !== 'fail') return `Changing the packages of ${name}`;
    if (reason === canceledReason) return `Following the change of the packages of ${name} was canceled`;
    return `${name} did not get the packages that were asked for`;
  },
  canceled: ({ steps }) => ({
    message: askedWords(steps.filter(({ status }) => status === 'done').map(({ name }) => name)),
    hint: 'Type sync with the name and wholesale to see what is there.',
  }),
  notReplayed: {
    what: 'A change of packages is never run again: what is there now can be something else than what was confirmed.',
    hint: 'Type wholesale with the name, and change what is missing.',
  },
  replay: () => Promise.resolve(undefined),
};

/** By the steps that are done: one that asks may have been heard, and its answer lost. */
function askedWords(done: readonly string[]): string {
  if (done.includes(askStep)) return 'Webex has accepted the change before, and goes on with it.';
  return done.includes(checkStep)
    ? 'Webex may have been asked, and have accepted the change without our hearing of it.'
    : 'Webex was not asked to change anything.';
}
