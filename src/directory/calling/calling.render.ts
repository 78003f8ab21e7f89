// The message of how a run through people's calling behaviour ended.

import { shownName } from '../../chat/facts.ts';
import { findHeldGrant } from '../../connections/ways/held-grant.store.ts';
import { everything } from '../../db/scope.ts';
import { renders } from '../../notices/notice.ts';
import { deletedMessage } from '../../organizations/deleted.view.ts';
import { findOrganization } from '../../organizations/organization.store.ts';
import { settingsOfOrganization } from '../../settings/settings-of-many.store.ts';
import { type ShowProgressDeps, showProgress } from '../../transactions/show-progress.job.ts';
import { requesterOf, requireTransaction } from '../../transactions/transaction.render.ts';
import { transactionUrl } from '../../transactions/transaction-path.ts';
import { callingEndedNotice } from './calling.notice.ts';
import { countUndoable, findRun } from './calling.store.ts';
import { callingEndedMessage } from './calling.view.ts';
import { whyNotApplied } from './may-apply.ts';

export const callingEndedRenderer = renders(callingEndedNotice, {
  askedBy: requesterOf,
  async render(deps: ShowProgressDeps, { transactionId }) {
    const { db, clock, workflows } = deps;
    const transaction = await requireTransaction(db, transactionId);
    const { organizationId } = transaction;
    const organization = organizationId === null ? undefined : await findOrganization(db, organizationId);
    const run = await findRun(db, transactionId);
    if (!organization || !run) return deletedMessage;
    const connection = (await findHeldGrant(db, organization.id)) ?? { scopes: [] };
    const settings = await settingsOfOrganization(db, organization.id);
    const isDone = transaction.status === 'success';
    return callingEndedMessage({
      transactionId,
      organization,
      title: workflows.of(transaction.action).outcome(transaction, shownName(organization.name)),
      isDone,
      run,
      why: whyNotApplied({ organization, settings, connection, mode: 'apply' }),
      isFromDirectory: organization.dirsync_enabled,
      undoable: await countUndoable(db, { scope: everything, organizationId: organization.id, now: clock.now() }),
      texts: isDone ? [] : [transaction.message, transaction.hint],
      pageUrl: transactionUrl(deps, transaction),
    });
  },
  delivered: showProgress,
});
