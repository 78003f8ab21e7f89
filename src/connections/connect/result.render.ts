// How a connect transaction ended, as the space reads it.

import type { Fact } from '../../chat/facts.ts';
import { shownName } from '../../chat/facts.ts';
import type { Message } from '../../chat/message.ts';
import { renders } from '../../notices/notice.ts';
import { findOrganization } from '../../organizations/organization.store.ts';
import { type ShowProgressDeps, showProgress } from '../../transactions/show-progress.job.ts';
import { transactionResultNotice } from '../../transactions/transaction.notice.ts';
import { requesterOf, requireTransaction } from '../../transactions/transaction.render.ts';
import type { TransactionWithSteps } from '../../transactions/transaction.store.ts';
import { transactionUrl } from '../../transactions/transaction-path.ts';
import { findConnection } from '../connection.store.ts';
import { connectAction, hasStoredTokens } from './connect-rules.ts';
import { connectOutcome, otherGrantorWords } from './connect-words.ts';
import { resultMessage } from './result.view.ts';

export const resultRenderer = renders(transactionResultNotice, {
  askedBy: requesterOf,
  render: async (deps: ShowProgressDeps, { transactionId }) =>
    resultOf(deps, await requireTransaction(deps.db, transactionId)),
  delivered: showProgress,
});

async function resultOf(deps: ShowProgressDeps, transaction: TransactionWithSteps): Promise<Message> {
  const { db, clock } = deps;
  const { id: transactionId, organizationId } = transaction;
  const ended = {
    transactionId,
    title: connectOutcome(transaction, shownName(transaction.organizationName)),
    pageUrl: transactionUrl(deps, transaction),
    organization: { id: organizationId, name: transaction.organizationName },
  };
  const now = clock.now();
  const connection = organizationId === null ? undefined : await findConnection(db, organizationId);
  const record = organizationId === null ? undefined : await findOrganization(db, organizationId);
  const otherGrantor = connection && record ? otherGrantorWords(connection, record) : null;
  if (transaction.status === 'success' && connection) {
    const stepFacts = await factsOf(deps, transaction);
    return resultMessage({ ...ended, ...connection, outcome: 'success', stepFacts, otherGrantor }, now);
  }
  return resultMessage(
    {
      ...ended,
      outcome: 'fail',
      isConnected: hasStoredTokens(transaction),
      otherGrantor: hasStoredTokens(transaction) ? otherGrantor : null,
      what: transaction.message ?? 'The connection is gone again.',
      hint: transaction.hint,
    },
    now,
  );
}

/** The facts of the workflow's steps, in order; of a replay, those of the first run too. */
async function factsOf({ db, workflows }: ShowProgressDeps, transaction: TransactionWithSteps): Promise<Fact[]> {
  const facts: Fact[] = [];
  for (const name of workflows.stepNames(connectAction)) {
    facts.push(...((await workflows.step(name)?.resultFacts?.(db, transaction)) ?? []));
  }
  return facts;
}
