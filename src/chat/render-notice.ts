// Turns a notice into what the space reads, from what is true at the moment of delivery. Connect links are made here, so that none is ever stored.

import { connectionsOf, findConnection } from '../db/connections.ts';
import type { Db } from '../db/database.ts';
import { listLicenses, listSyncs } from '../db/directory.ts';
import { findOrganization, organizationsWithConnection } from '../db/organizations.ts';
import type { Sealer } from '../db/seal.ts';
import { readTransaction, type TransactionWithSteps } from '../db/transactions.ts';
import type { Clock } from '../domain/clock.ts';
import type { Addressee, Notice } from '../domain/notice.ts';
import { missingScopes, neededScopes } from '../domain/scopes.ts';
import { hasStoredTokens } from '../domain/transaction.ts';
import { issueConnectLink } from '../flows/issue-connect-link.ts';
import type { Card, Reply } from './reply.ts';
import { connectReply, savedReply } from './views/connect.ts';
import { connectRefusedReply } from './views/connect-refused.ts';
import { WARNING_ROWS, warningReply } from './views/deadlines.ts';
import { DIGEST_ROWS } from './views/digest.ts';
import { findingsReply } from './views/findings.ts';
import { greetingReply } from './views/greeting.ts';
import { missingScopesReply } from './views/missing-scopes.ts';
import { lostReply } from './views/refresh.ts';
import { failureReply } from './views/refusals.ts';
import { resultReply } from './views/result.ts';
import { progressMarkdown } from './views/transaction.ts';

export interface RenderDeps {
  db: Db;
  sealer: Sealer;
  clock: Clock;
  publicUrl: string;
  /** Where browsers find a transaction's page: a secret address, which no notice's row may hold. */
  transactionUrl: (transaction: { id: number; submittedAt: Date }) => string;
  botName: () => string;
  /** Whether a space is one with a single person; unknown ones count as group spaces. */
  isDirect: (roomId: string) => Promise<boolean>;
}

/** What the space reads now for a notice that it is owed. A notice with a connect link makes a fresh one each time that it is rendered. */
export async function renderNotice(deps: RenderDeps, notice: Notice, place: Addressee): Promise<Reply> {
  switch (notice.kind) {
    case 'reply':
      // Made by a view before it was saved.
      return notice.reply as { markdown: string; card?: Card };
    case 'greeting':
      return greetingReply({ isGroup: await isGroup(deps, place), botName: deps.botName() });
    case 'organization_saved':
    case 'connect_link':
      return renderLink(deps, notice, place);
    case 'connect_refused': {
      const organization = await findOrganization(deps.db, notice.organizationId);
      return organization ? connectRefusedReply({ organization, error: notice.error }) : deletedReply;
    }
    case 'connection_lost': {
      const organization = await findOrganization(deps.db, notice.organizationId);
      const connection = await findConnection(deps.db, notice.organizationId);
      return organization && connection
        ? lostReply({ organization, code: connection.stateReason ?? 'invalid_grant' })
        : deletedReply;
    }
    case 'transaction_progress': {
      const transaction = await requireTransaction(deps.db, notice.transactionId);
      return { markdown: progressMarkdown(transaction, deps.transactionUrl(transaction)) };
    }
    case 'deadlines':
      return renderDeadlines(deps, notice.organizationIds);
    case 'findings':
      return renderFindings(deps, notice.organizationIds);
    case 'missing_scopes':
      return renderMissingScopes(deps, notice);
    case 'transaction_result':
      return renderResult(deps, await requireTransaction(deps.db, notice.transactionId));
  }
}

const isGroup = async (deps: RenderDeps, place: Addressee): Promise<boolean> =>
  'roomId' in place && !(await deps.isDirect(place.roomId));

/** From what is true now: deleted organizations are gone from it, and those connected again show their new deadline. */
async function renderDeadlines({ db, clock }: RenderDeps, organizationIds: readonly string[]): Promise<Reply> {
  const now = clock.now();
  const ending = await connectionsOf(db, organizationIds.slice(0, WARNING_ROWS));
  const rows = ending.map(({ organization, connection }) => ({ ...organization, connection }));
  return rows.length === 0 ? deletedReply : warningReply({ rows, total: organizationIds.length, now });
}

/** From what is true now: what was found and mended before it was told is told as mended; what was lost meanwhile is told by itself. */
async function renderFindings({ db }: RenderDeps, organizationIds: readonly string[]): Promise<Reply> {
  const rows = (await organizationsWithConnection(db, organizationIds)).flatMap(({ organization, connection }) =>
    connection === null || connection.state === 'lost' ? [] : [{ ...organization, connection }],
  );
  const impaired = rows.filter(({ connection }) => connection.findings.length > 0);
  return findingsReply({
    impaired: impaired.slice(0, DIGEST_ROWS),
    total: impaired.length,
    restored: rows.filter(({ connection }) => connection.findings.length === 0).map(({ name }) => name),
  });
}

/** From what is true now: those that were connected again meanwhile, or need no more, are left out. */
async function renderMissingScopes(
  { db }: RenderDeps,
  { organizationIds, total }: Extract<Notice, { kind: 'missing_scopes' }>,
): Promise<Reply> {
  const found = await organizationsWithConnection(db, organizationIds);
  const rows = found.flatMap(({ organization, connection }) => {
    const missing = connection === null ? [] : missingScopes(connection.scopes, neededScopes(organization));
    const { id, name } = organization;
    return connection === null || missing.length === 0 ? [] : [{ id, name, missing, ...connection }];
  });
  return missingScopesReply({ rows, total: total - (organizationIds.length - rows.length) });
}

async function renderLink(
  deps: RenderDeps,
  notice: Extract<Notice, { kind: 'organization_saved' | 'connect_link' }>,
  place: Addressee,
): Promise<Reply> {
  if ('toPersonEmail' in place) throw new Error('a connect link is told in a space, where its result is told too');
  const organization = await findOrganization(deps.db, notice.organizationId);
  if (!organization) return deletedReply;
  const { url, expiresAt } = await issueConnectLink(deps, { organization, askedBy: notice.askedBy, place });
  const view = {
    organizationName: organization.name,
    url,
    expiresAt,
    adminEmail: organization.account_email,
    now: deps.clock.now(),
  };
  return notice.kind === 'organization_saved' ? savedReply(view) : connectReply(view);
}

async function renderResult(
  { db, clock, transactionUrl }: RenderDeps,
  transaction: TransactionWithSteps,
): Promise<Reply> {
  const { id: transactionId, organizationId } = transaction;
  const organization = { id: organizationId, name: transaction.organizationName };
  const pageUrl = transactionUrl(transaction);
  const now = clock.now();
  const connection = organizationId === null ? undefined : await findConnection(db, organizationId);
  if (transaction.status === 'success' && organizationId !== null && connection) {
    const synced = await listSyncs(db, organizationId);
    const hasSynced = (kind: 'roles' | 'licenses') => synced.find((sync) => sync.kind === kind);
    return resultReply(
      {
        outcome: 'success',
        transactionId,
        pageUrl,
        organization,
        rolesCount: hasSynced('roles')?.total ?? null,
        licenses: hasSynced('licenses') ? await listLicenses(db, organizationId) : null,
        ...connection,
      },
      now,
    );
  }
  return resultReply(
    {
      outcome: 'fail',
      transactionId,
      pageUrl,
      organization,
      wrongOrganization: transaction.reason === 'wrong_organization',
      isConnected: hasStoredTokens(transaction.steps),
      what: transaction.message ?? 'The connection is gone again.',
      cure: transaction.cure,
    },
    now,
  );
}

async function requireTransaction(db: Db, id: number): Promise<TransactionWithSteps> {
  const transaction = await readTransaction(db, id);
  if (!transaction) throw new Error('a notice speaks of a transaction that does not exist');
  return transaction;
}

const deletedReply = failureReply({
  what: 'The organization was deleted meanwhile.',
  cure: 'Add it again with "add".',
});
