// Runs through people's calling behaviour among the workflows.

import type { StepDeps } from '../../connections/connect/steps/step.ts';
import type { Workflow } from '../../transactions/workflow.ts';
import type { WordedTransaction } from '../../transactions/workflow-words.ts';
import { canceledReason } from '../../transactions/workflow-words.ts';
import { callingEndedNotice } from './calling.notice.ts';
import type { CallingMode } from './calling.schema.ts';
import { findRun } from './calling.store.ts';
import { startAnswer } from './calling.view.ts';
import { callingAction, callingSteps } from './calling-rules.ts';
import { callingStep } from './calling-step.ts';
import { type StartCallingDeps, startCalling } from './start-calling.ts';

const modes = ['look', 'apply', 'undo'] as const;
type Mode = (typeof modes)[number];

/** What each is called while it runs, once it is done, and where it failed. */
const words: Readonly<Record<Mode, readonly [string, string, string]>> = {
  look: [
    'Dry run of the calling behaviour of',
    'What the calling behaviour would change at',
    'The dry run of the calling behaviour was not ended at',
  ],
  apply: [
    'Setting the calling behaviour of',
    'The calling behaviour is set at',
    'The calling behaviour was not set for everybody at',
  ],
  undo: [
    'Putting back the calling behaviour of',
    'The calling behaviour is put back at',
    'The calling behaviour was not put back for everybody at',
  ],
};

const modeOf = ({ steps }: Pick<WordedTransaction, 'steps'>): Mode =>
  modes.find((mode) => steps.some(({ name }) => name === callingSteps[mode])) ?? 'look';

export const callingWorkflow: Workflow<StepDeps & StartCallingDeps> = {
  action: callingAction,
  title: 'Calling behaviour',
  steps: modes.map((mode: CallingMode) => callingStep(mode)),
  audience: 'administrators',
  result: callingEndedNotice,
  outcome({ status, reason, steps }, name) {
    const [running, done, failed] = words[modeOf({ steps })];
    if (status === 'success') return `${done} ${name}`;
    if (status !== 'fail') return `${running} ${name}`;
    return reason === canceledReason ? `${running} ${name} was canceled` : `${failed} ${name}`;
  },
  canceled: ({ steps }) =>
    modeOf({ steps }) === 'look'
      ? { message: 'Nothing was changed.', hint: 'Type calling with the name to begin again.' }
      : {
          message: 'Whoever was gone through before keeps what was set.',
          hint: 'Replay goes on with the others. Type calling with the name to see what is set.',
        },
  /** A replay goes through whoever is left. */
  async replay(deps, { transaction, by, place }) {
    const { id: replayOf, organizationId, organizationName } = transaction;
    const { overwrites = false, profileId = null } = (await findRun(deps.db, replayOf)) ?? {};
    const mode = modeOf(transaction);
    const result = await startCalling(deps, { organizationId, mode, overwrites, profileId, by, place, replayOf });
    return startAnswer(result, { id: organizationId, name: organizationName });
  },
};
