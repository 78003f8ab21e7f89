// A sync among the workflows: a step for each kind of data, each of which fails alone.

import { ourselves } from '../../transactions/transaction.ts';
import type { Workflow } from '../../transactions/workflow.ts';
import { canceledReason, type WordedTransaction } from '../../transactions/workflow-words.ts';
import { callingSteps } from '../calling/calling-rules.ts';
import { callingStep } from '../calling/calling-step.ts';
import { addNews } from '../changes/change.store.ts';
import { directoryKinds } from '../kinds.ts';
import { saveRun } from '../schedules/schedule.store.ts';
import { type StartSyncDeps, startSync, stepNameOf } from './start-sync.ts';
import { syncResultNotice } from './sync.notice.ts';
import { startAnswer } from './sync.view.ts';
import { syncAction } from './sync-rules.ts';
import { type SyncDeps, syncSteps } from './sync-step.ts';

/** Something of what was asked for could not be read. */
const isPartial = (steps: WordedTransaction['steps']): boolean =>
  steps.some(({ name, status }) => status === 'skipped' && name !== callingSteps.follow);

export const syncWorkflow: Workflow<SyncDeps & StartSyncDeps> = {
  action: syncAction,
  title: 'Sync',
  steps: [...syncSteps, callingStep('follow')],
  stepsFailAlone: true,
  audience: 'administrators',
  isBackground: ({ requestedBy }) => requestedBy === ourselves,
  result: syncResultNotice,
  outcome({ status, reason, steps }, name) {
    if (status === 'success') return isPartial(steps) ? `${name} is synced in part` : `${name} is synced`;
    if (status !== 'fail') return `Syncing ${name}`;
    return reason === canceledReason ? `The sync of ${name} was canceled` : `${name} could not be synced in full`;
  },
  canceled: () => ({
    message: 'What was read before stays.',
    hint: 'The schedules go on. To read the rest now, type sync with the name.',
  }),
  async ended(tx, { id: transactionId, status, reason, message, requestedBy, organizationId }, now) {
    const outcome = status === 'success' ? 'done' : reason === canceledReason ? 'skipped' : 'failed';
    await saveRun(tx, { transactionId, outcome, words: outcome === 'done' ? null : message });
    // Whoever asks for a sync reads what it found in its result.
    const isScheduled = requestedBy === ourselves;
    if (isScheduled && organizationId !== null) await addNews(tx, { transactionId, organizationId, endedAt: now });
  },
  /** A replay reads the same kinds again. */
  async replay(deps, { transaction, by, place }) {
    const names = new Set(transaction.steps.map(({ name }) => name));
    const kinds = directoryKinds.filter(({ kind }) => names.has(stepNameOf(kind)));
    const { id: replayOf, organizationId, organizationName } = transaction;
    const result = await startSync(deps, { organizationId, kinds, by, place, replayOf });
    return startAnswer(result, { organization: { id: organizationId, name: organizationName }, kinds });
  },
};
