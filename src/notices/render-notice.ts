// Turns a notice into what the space reads, from what is true at the moment of delivery. Connect links are made here, so that none is ever stored.

import { shownName } from '../chat/facts.ts';
import { failureReply } from '../chat/refusals.ts';
import type { Card, FileReply, Reply } from '../chat/reply.ts';
import { connectReply, savedReply } from '../connections/connect/connect.view.ts';
import { connectRefusedReply } from '../connections/connect/connect-refused.view.ts';
import { issueConnectLink } from '../connections/connect/issue-link.ts';
import { resultReply } from '../connections/connect/result.view.ts';
import { type Connection, connectionsOf, findConnection, standingOf } from '../connections/connection.store.ts';
import { failingReply, lostReply, manyLostReply } from '../connections/lost.view.ts';
import { misconfiguredReply } from '../connections/misconfigured.view.ts';
import { missingScopesReply } from '../connections/missing-scopes.view.ts';
import type { ConnectionSummary, NamedConnection } from '../connections/named-connections.view.ts';
import { troublesIn } from '../connections/probe/findings.ts';
import { findingsReply } from '../connections/probe/findings.view.ts';
import {
  countOutcomes,
  countSuccessfulRefreshes,
  failingSince,
  successfulRefreshes,
} from '../connections/refresh/journal.store.ts';
import { digestReply, refreshedReply } from '../connections/refresh/refreshed.view.ts';
import { missingScopes, neededScopes } from '../connections/scopes.ts';
import { wellAgainReply } from '../connections/well-again.view.ts';
import type { Db } from '../db/database.ts';
import type { Sealer } from '../db/seal/seal.ts';
import { renderCalendar, renderPicture } from '../deadlines/forecast/render.ts';
import { escalationReply, warningReply } from '../deadlines/warning.view.ts';
import { acknowledgedReply, snoozedReply } from '../deadlines/warning-answers.view.ts';
import { listLicenses, listSyncs } from '../directory/directory.store.ts';
import type { Clock } from '../lib/clock.ts';
import { dayMs } from '../lib/durations.ts';
import { editedReply } from '../organizations/edited.view.ts';
import { findOrganization, organizationsWithConnection } from '../organizations/organization.store.ts';
import { MOST_ESCALATION_DAYS } from '../settings/settings.ts';
import { greetingReply } from '../spaces/greeting.view.ts';
import { readTransaction, type TransactionWithSteps } from '../transactions/transaction.store.ts';
import { hasStoredTokens } from '../transactions/transaction.ts';
import { progressMarkdown } from '../transactions/transaction.view.ts';
import { replayedReply } from '../transactions/transaction-answers.view.ts';
import { outcomeWords } from '../transactions/transaction-words.ts';
import { type Addressee, NAMED_IN_NOTICE, type Notice, type Place } from './notice.ts';

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
export async function renderNotice(deps: RenderDeps, notice: Notice, place: Addressee): Promise<Reply | FileReply> {
  switch (notice.kind) {
    case 'reply':
      // Made by a view before it was saved.
      return notice.reply as { markdown: string; card?: Card };
    case 'greeting':
      return greetingReply({ isGroup: await isGroup(deps, place), botName: deps.botName() });
    case 'organization_saved':
    case 'connect_link':
      return renderLink(deps, notice, placeIn(place));
    case 'organization_edited':
      return renderEdited(deps, notice);
    case 'connect_refused': {
      const organization = await findOrganization(deps.db, notice.organizationId);
      return organization ? connectRefusedReply({ organization, error: notice.error }) : deletedReply;
    }
    case 'connections_lost':
      return renderSummary(deps, notice, isLost, (several) => lostOf({ ...several, ...ofSpace(place) }));
    case 'connections_failing':
      return renderFailing(deps, notice, place);
    case 'escalation':
      return renderSummary(deps, notice, endsWithin(MOST_ESCALATION_DAYS), escalationReply);
    case 'warning_acknowledged':
    case 'warning_snoozed':
      return renderAnswer(deps, notice);
    case 'refreshed':
      return renderRefreshed(deps, notice, place);
    case 'daily_digest':
      return renderDigest(deps, notice, place);
    case 'misconfigured':
      return misconfiguredReply(notice);
    case 'transaction_progress': {
      const transaction = await requireTransaction(deps.db, notice.transactionId);
      return { markdown: progressMarkdown(transaction, deps.transactionUrl(transaction)) };
    }
    case 'deadlines':
      return renderSummary(deps, notice, endsWithin(Math.max(...notice.bands.map(({ days }) => days))), (several) => {
        const isWhole = several.rows.length === notice.organizationIds.length;
        return warningReply({ ...several, ...ofSpace(place), bands: isWhole ? notice.bands : [] });
      });
    case 'forecast_picture':
      return renderPicture(deps, notice.days);
    case 'forecast_calendar':
      return renderCalendar(deps, notice.days);
    case 'transaction_replayed':
      return replayedReply(await requireTransaction(deps.db, notice.transactionId));
    case 'findings':
      return renderFindings(deps, notice.organizationIds);
    case 'missing_scopes':
      return renderMissingScopes(deps, notice);
    case 'transaction_result':
      return renderResult(deps, await requireTransaction(deps.db, notice.transactionId));
  }
}

/** News of a space that a person reads came to nobody in the space. */
const ofSpace = (place: Addressee) => ({ insteadOfSpace: 'toPersonEmail' in place });

const isGroup = async (deps: RenderDeps, place: Addressee): Promise<boolean> =>
  'roomId' in place && !(await deps.isDirect(place.roomId));

interface Found extends ConnectionSummary {
  readonly rows: readonly (NamedConnection & { readonly connection: Connection })[];
}

type IsToBeTold = (connection: Connection, now: Date) => boolean;

/**
 * From what is true now, which may be hours after it was noted: organizations that were deleted and those of which there is nothing to tell any more
 * are gone from it; where that is so of all that are named, it says that they are well.
 */
async function renderSummary(
  { db, clock }: RenderDeps,
  { organizationIds, total }: { organizationIds: readonly string[]; total: number },
  isToBeTold: IsToBeTold,
  view: (several: Found) => Reply,
): Promise<Reply> {
  const now = clock.now();
  const named = (await connectionsOf(db, organizationIds)).map(({ organization, connection }) => ({
    ...organization,
    connection,
  }));
  if (named.length === 0) return deletedReply;
  const rows = named.filter(({ connection }) => isToBeTold(connection, now));
  if (rows.length === 0)
    return wellAgainReply({ rows: named, total: total - (organizationIds.length - named.length), now });
  return view({ rows, total: total - (organizationIds.length - rows.length), now });
}

const isLost = ({ state }: Connection) => state === 'lost';
const isFailingOrLost = ({ state }: Connection) => state !== 'connected';

/** A deadline of which a space was warned, or the administrators were told, that many days before; one that a refresh or a reconnect has moved lies behind it. */
const endsWithin =
  (days: number): IsToBeTold =>
  ({ state, refreshTokenExpiresAt }, now) =>
    state === 'lost' || refreshTokenExpiresAt.getTime() <= now.getTime() + days * dayMs;

/** One that is lost is told with its reason. */
function lostOf(several: Found): Reply {
  const [first] = several.rows;
  if (several.total > 1 || !first) return manyLostReply(several);
  const { insteadOfSpace = false } = several;
  return lostReply({ organization: first, code: first.connection.stateReason ?? 'invalid_grant', insteadOfSpace });
}

async function renderFailing(
  deps: RenderDeps,
  notice: Extract<Notice, { kind: 'connections_failing' }>,
  place: Addressee,
): Promise<Reply> {
  const since = await failingSince(deps.db, notice.organizationIds);
  return renderSummary(deps, notice, isFailingOrLost, (several) => {
    const view = { ...several, ...ofSpace(place) };
    return several.rows.every(({ connection }) => isLost(connection)) ? lostOf(view) : failingReply({ ...view, since });
  });
}

async function renderAnswer(
  { db, clock }: RenderDeps,
  notice: Extract<Notice, { kind: 'warning_acknowledged' | 'warning_snoozed' }>,
): Promise<Reply> {
  const organization = await findOrganization(db, notice.organizationId);
  if (!organization) return deletedReply;
  return notice.kind === 'warning_snoozed'
    ? snoozedReply({ organization, ...notice, now: clock.now() })
    : acknowledgedReply({ organization, ...notice });
}

async function renderRefreshed(
  { db, clock }: RenderDeps,
  { afterId, upToId }: Extract<Notice, { kind: 'refreshed' }>,
  place: Addressee,
): Promise<Reply> {
  const part = { roomId: placeIn(place).roomId, afterId, upToId };
  const rows = await successfulRefreshes(db, { ...part, limit: NAMED_IN_NOTICE });
  return refreshedReply({ rows, total: await countSuccessfulRefreshes(db, part), now: clock.now() });
}

async function renderDigest(
  { db }: RenderDeps,
  { from, to }: Extract<Notice, { kind: 'daily_digest' }>,
  place: Addressee,
): Promise<Reply> {
  const { roomId } = placeIn(place);
  const outcomes = await countOutcomes(db, { roomId, from, to });
  return digestReply({ from, to, outcomes, standing: await standingOf(db, { roomId, now: to }) });
}

/** The space that is told: links and a space's own news are owed to nobody else. */
function placeIn(addressee: Addressee): Place {
  if ('toPersonEmail' in addressee) throw new Error('a notice of a space is owed to a person');
  return addressee;
}

/** From what is true now: what was found and mended before it was told is told as mended; what was lost meanwhile is told by itself. */
async function renderFindings({ db }: RenderDeps, organizationIds: readonly string[]): Promise<Reply> {
  const rows = (await organizationsWithConnection(db, organizationIds)).flatMap(({ organization, connection }) =>
    connection === null || connection.state === 'lost' ? [] : [{ ...organization, connection }],
  );
  const isImpaired = ({ connection }: (typeof rows)[number]) => troublesIn(connection.findings).length > 0;
  const impaired = rows.filter(isImpaired);
  return findingsReply({
    impaired: impaired.slice(0, NAMED_IN_NOTICE),
    total: impaired.length,
    restored: rows.filter((row) => !isImpaired(row)).map(({ name }) => name),
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

/** Whether the grant permits what the record needs, from what is true now. */
async function renderEdited(
  { db }: RenderDeps,
  { organizationId, by, changes }: Extract<Notice, { kind: 'organization_edited' }>,
): Promise<Reply> {
  const organization = await findOrganization(db, organizationId);
  if (!organization) return deletedReply;
  const scopes = (await findConnection(db, organizationId))?.scopes ?? [];
  const lacksScopes = scopes.length > 0 && missingScopes(scopes, neededScopes(organization)).length > 0;
  return editedReply({ organization, by, changes, lacksScopes });
}

async function renderLink(
  deps: RenderDeps,
  notice: Extract<Notice, { kind: 'organization_saved' | 'connect_link' }>,
  place: Place,
): Promise<Reply> {
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
  return notice.kind === 'organization_saved'
    ? savedReply(view)
    : connectReply({ ...view, insteadOf: notice.insteadOf });
}

async function renderResult(
  { db, clock, transactionUrl }: RenderDeps,
  transaction: TransactionWithSteps,
): Promise<Reply> {
  const { id: transactionId, organizationId } = transaction;
  const ended = {
    transactionId,
    title: outcomeWords(transaction, shownName(transaction.organizationName)),
    pageUrl: transactionUrl(transaction),
    organization: { id: organizationId, name: transaction.organizationName },
  };
  const now = clock.now();
  const connection = organizationId === null ? undefined : await findConnection(db, organizationId);
  if (transaction.status === 'success' && organizationId !== null && connection) {
    const synced = await listSyncs(db, organizationId);
    const hasSynced = (kind: 'roles' | 'licenses') => synced.find((sync) => sync.kind === kind);
    return resultReply(
      {
        ...ended,
        outcome: 'success',
        rolesCount: hasSynced('roles')?.total ?? null,
        licenses: hasSynced('licenses') ? await listLicenses(db, organizationId) : null,
        ...connection,
      },
      now,
    );
  }
  return resultReply(
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

async function requireTransaction(db: Db, id: number): Promise<TransactionWithSteps> {
  const transaction = await readTransaction(db, id);
  if (!transaction) throw new Error('a notice speaks of a transaction that does not exist');
  return transaction;
}

const deletedReply = failureReply({
  what: 'The organization was deleted meanwhile.',
  hint: 'Add it again with "add".',
});
