// Refreshes among the workflows: how one is named, canceled and run again.

import { nextDeadlineWords } from '../../lib/time-words.ts';
import { goneMessage } from '../../organizations/organization.lookup.ts';
import { findOrganization } from '../../organizations/organization.store.ts';
import { addLogLine } from '../../transactions/transaction-log.store.ts';
import type { Workflow } from '../../transactions/workflow.ts';
import { findConnection } from '../connection.store.ts';
import { refreshMessage } from './refresh.view.ts';
import { type RefreshDeps, refreshConnection } from './refresh-connection.ts';
import { canceledRefresh, refreshAction, refreshOutcome, refreshStep } from './refresh-transaction.ts';

export const refreshWorkflow: Workflow<RefreshDeps> = {
  action: refreshAction,
  title: 'Refresh',
  steps: [
    {
      ...refreshStep,
      run: () => Promise.reject(new Error('refreshes run when they are due, not by the engine')),
    },
  ],
  audience: 'administrators',
  outcome: refreshOutcome,
  canceled: () => canceledRefresh,
  async afterCancel(db, { organizationId }, now) {
    const connection = organizationId === null ? undefined : await findConnection(db, organizationId);
    return connection ? `The next refresh is due ${nextDeadlineWords(connection.refreshDueAt, now)}.` : null;
  },
  /** A replay refreshes at once. */
  async replay(deps, { transaction: { id, organizationId }, by, place: { roomId } }) {
    const { db, clock } = deps;
    await addLogLine(db, { transactionId: id, now: clock.now(), message: `${by.email} requested a new refresh.` });
    const organization = await findOrganization(db, organizationId);
    if (!organization) return { content: goneMessage };
    const result = await refreshConnection(deps, {
      organizationId,
      reason: 'asked',
      asked: { by, roomId, replayOf: id },
    });
    return { content: refreshMessage({ organization, result, now: clock.now() }) };
  },
};
