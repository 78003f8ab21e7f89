// The message of how a change of packages ended.

import { shownName } from '../../../chat/facts.ts';
import { renders } from '../../../notices/notice.ts';
import { type ShowProgressDeps, showProgress } from '../../../transactions/show-progress.job.ts';
import { requesterOf, requireTransaction } from '../../../transactions/transaction.render.ts';
import { transactionUrl } from '../../../transactions/transaction-path.ts';
import { packagesChangedNotice } from './packages.notice.ts';
import { packagesChangedMessage } from './packages.view.ts';

export const packagesChangedRenderer = renders(packagesChangedNotice, {
  askedBy: requesterOf,
  async render(deps: ShowProgressDeps, { transactionId }) {
    const transaction = await requireTransaction(deps.db, transactionId);
    const isDone = transaction.status === 'success';
    const said = transaction.steps.filter(({ status }) => status === 'done').map(({ message }) => message);
    return packagesChangedMessage({
      transactionId,
      organization: { id: transaction.organizationId, name: transaction.organizationName },
      title: deps.workflows.of(transaction.action).outcome(transaction, shownName(transaction.organizationName)),
      isDone,
      texts: isDone ? said.slice(1, 3) : [...said.slice(1), transaction.message, transaction.hint],
      pageUrl: transactionUrl(deps, transaction),
    });
  },
  delivered: showProgress,
});
