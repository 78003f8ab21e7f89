// How a connect transaction ended, as the space reads it.

import { shownName } from '../../chat/facts.ts';
import type { Message } from '../../chat/message.ts';
import type { Db } from '../../db/database.ts';
import { listLicenses, listSyncs } from '../../directory/directory.store.ts';
import { renders } from '../../notices/notice.ts';
import { type ShowProgressDeps, showProgress } from '../../transactions/show-progress.ts';
import { transactionResultNotice } from '../../transactions/transaction.notice.ts';
import { requireTransaction } from '../../transactions/transaction.render.ts';
import type { TransactionWithSteps } from '../../transactions/transaction.store.ts';
import { hasStoredTokens } from '../../transactions/transaction.ts';
import { transactionUrl } from '../../transactions/transaction-path.ts';
import { outcomeWords } from '../../transactions/transaction-words.ts';
import { findConnection } from '../connection.store.ts';
import { resultMessage } from './result.view.ts';

export const resultRenderer = renders(transactionResultNotice, {
  render: async (deps: ShowProgressDeps, { transactionId }) =>
    resultOf(deps, await requireTransaction(deps.db, transactionId)),
  delivered: showProgress,
});

async function resultOf(deps: ShowProgressDeps, transaction: TransactionWithSteps): Promise<Message> {
  const { db, clock } = deps;
  const { id: transactionId, organizationId } = transaction;
  const ended = {
    transactionId,
    title: outcomeWords(transaction, shownName(transaction.organizationName)),
    pageUrl: transactionUrl(deps, transaction),
    organization: { id: organizationId, name: transaction.organizationName },
  };
  const now = clock.now();
  const connection = organizationId === null ? undefined : await findConnection(db, organizationId);
  if (transaction.status === 'success' && organizationId !== null && connection) {
    const found = { ...ended, outcome: 'success' as const, ...(await syncedOf(db, organizationId)), ...connection };
    return resultMessage(found, now);
  }
  return resultMessage(
    {
      ...ended,
      outcome: 'fail',
      isConnected: hasStoredTokens(transaction),
      what: transaction.message ?? 'The connection is gone again.',
      hint: transaction.hint,
    },
    now,
  );
}

async function syncedOf(db: Db, organizationId: string) {
  const synced = await listSyncs(db, organizationId);
  const syncOf = (kind: 'roles' | 'licenses') => synced.find((sync) => sync.kind === kind);
  return {
    rolesCount: syncOf('roles')?.total ?? null,
    licenses: syncOf('licenses') ? await listLicenses(db, organizationId) : null,
  };
}
