// Messages about syncs: the end of one that somebody asked for, and scheduled ones that fail.

import type { Fact } from '../../chat/facts.ts';
import { shownName } from '../../chat/facts.ts';
import { renders } from '../../notices/notice.ts';
import { type ShowProgressDeps, showProgress } from '../../transactions/show-progress.job.ts';
import { requesterOf, requireTransaction } from '../../transactions/transaction.render.ts';
import { transactionUrl } from '../../transactions/transaction-path.ts';
import { callingSteps } from '../calling/calling-rules.ts';
import { countChanges } from '../changes/change.store.ts';
import { countedWords } from '../changes/change-words.ts';
import { failedOf } from '../schedules/failures.store.ts';
import { syncResultNotice, syncsFailedNotice } from './sync.notice.ts';
import { syncResultMessage, syncsFailedMessage } from './sync.view.ts';

export const syncResultRenderer = renders(syncResultNotice, {
  askedBy: requesterOf,
  async render(deps: ShowProgressDeps, { transactionId }) {
    const { db, workflows } = deps;
    const transaction = await requireTransaction(db, transactionId);
    const facts: Fact[] = [];
    for (const { name, status } of transaction.steps) {
      if (status === 'done') facts.push(...((await workflows.step(name)?.resultFacts?.(db, transaction)) ?? []));
    }
    const changes = await countChanges(db, [transactionId]);
    const words = changes.length === 0 ? 'None' : countedWords(changes);
    const isDone = transaction.status === 'success';
    const skipped = transaction.steps.filter(({ status }) => status === 'skipped');
    return syncResultMessage({
      transactionId,
      organization: { id: transaction.organizationId, name: transaction.organizationName },
      title: workflows.of(transaction.action).outcome(transaction, shownName(transaction.organizationName)),
      isDone,
      facts: facts.length === 0 ? [] : [...facts, { title: 'Changes', value: words }],
      hasChanges: changes.length > 0,
      leavesCalling: skipped.some(({ name }) => name === callingSteps.follow),
      texts: [...skipped.map(({ message }) => message), ...(isDone ? [] : [transaction.message, transaction.hint])],
      pageUrl: transactionUrl(deps, transaction),
    });
  },
  delivered: showProgress,
});

export const syncsFailedRenderer = renders(syncsFailedNotice, {
  mustBeHeard: true,
  render: async ({ db, clock }: ShowProgressDeps, { organizationIds, total }) =>
    syncsFailedMessage({ rows: await failedOf(db, organizationIds), total, now: clock.now() }),
});
