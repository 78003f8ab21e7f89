// Every message that the views can give, with one value in each place that others write.

import { commandHelpMessage, groupHelpMessage, helloMessage, helpMessage } from '../../src/chat/help.view.ts';
import type { Message } from '../../src/chat/message.ts';
import { pageAsked } from '../../src/chat/pages.ts';
import { pastEndMessage } from '../../src/chat/past-end.view.ts';
import {
  duplicateMessage,
  failureMessage,
  notAllowedMessage,
  notFoundMessage,
  notReachedMessage,
  unknownCommandMessage,
} from '../../src/chat/refusals.ts';
import {
  connectMessage,
  forwardMessage,
  linksForAllMessage,
  revokedMessage,
  savedMessage,
} from '../../src/connections/connect/connect.view.ts';
import { connectRefusedMessage } from '../../src/connections/connect/connect-refused.view.ts';
import { resultMessage } from '../../src/connections/connect/result.view.ts';
import { failingMessage, lostMessage, manyLostMessage } from '../../src/connections/lost.view.ts';
import { misconfiguredMessage } from '../../src/connections/misconfigured.view.ts';
import { missingScopesMessage } from '../../src/connections/missing-scopes.view.ts';
import type { Finding } from '../../src/connections/probe/findings.ts';
import { findingsMessage } from '../../src/connections/probe/findings.view.ts';
import { refreshMessage } from '../../src/connections/refresh/refresh.view.ts';
import type { RefreshResult } from '../../src/connections/refresh/refresh-connection.ts';
import { digestMessage, refreshedMessage } from '../../src/connections/refresh/refreshed.view.ts';
import { refusedTogetherMessage } from '../../src/connections/refresh/refused-together.view.ts';
import { wellAgainMessage } from '../../src/connections/well-again.view.ts';
import { calendarMessage, forecastMessage } from '../../src/deadlines/forecast/forecast.view.ts';
import {
  escalationMessage,
  expiringMessage,
  nothingConnectedMessage,
  warningMessage,
} from '../../src/deadlines/warning.view.ts';
import {
  acknowledgedAllMessage,
  acknowledgedMessage,
  alreadyAcknowledgedMessage,
  refusedAnswerMessage,
  snoozedMessage,
  unacknowledgedMessage,
} from '../../src/deadlines/warning-answers.view.ts';
import { licensesKind } from '../../src/directory/licenses.ts';
import { rolesKind } from '../../src/directory/roles.ts';
import { doubtMessage } from '../../src/notices/doubt.view.ts';
import { toldDirectlyMessage } from '../../src/notices/told-directly.view.ts';
import { switchedOffMessage } from '../../src/operations/switched-off.view.ts';
import { chooseMessage, closestMessage } from '../../src/organizations/choose.view.ts';
import { confirmEditMessage, draftGoneMessage } from '../../src/organizations/confirm-edit.view.ts';
import {
  differenceProblem,
  editedMessage,
  numberBoundProblem,
  savedAlreadyMessage,
  unchangedMessage,
} from '../../src/organizations/edited.view.ts';
import { ORGANIZATION_FIELDS } from '../../src/organizations/organization-fields.ts';
import { organizationForm } from '../../src/organizations/organization-form.view.ts';
import { AUDIT_PAGE_SIZE, auditExportMessage, auditMessage } from '../../src/overview/audit.view.ts';
import { listMessage, nothingListedMessage } from '../../src/overview/list.view.ts';
import { everyOrganization } from '../../src/overview/list-filter.ts';
import { organizationMessage } from '../../src/overview/show.view.ts';
import type { GrantView } from '../../src/overview/show-connection.view.ts';
import type { OrganizationView } from '../../src/overview/show-record.view.ts';
import { transactionsMessage } from '../../src/overview/transactions.view.ts';
import { adminsMessage, grantsMessage, unknownGrantorMessage } from '../../src/people/admins.view.ts';
import type { NamedLevel } from '../../src/settings/settings.store.ts';
import { defaultSettings, SETTING_NAMES } from '../../src/settings/settings.ts';
import { settingsMessage } from '../../src/settings/settings.view.ts';
import { confirmSettingsMessage, differingSetting, settingsForm } from '../../src/settings/settings-form.view.ts';
import { greetingMessage } from '../../src/spaces/greeting.view.ts';
import { outsiderJoinedMessage, readAlongMessage } from '../../src/spaces/read-along.view.ts';
import type { StepStatus } from '../../src/transactions/transaction.ts';
import { progressMessage, transactionMessage } from '../../src/transactions/transaction.view.ts';
import { cancelMessage, notReplayedMessage, replayedMessage } from '../../src/transactions/transaction-answers.view.ts';
import type { TransactionView } from '../../src/transactions/transaction-words.ts';
import { WebexUnavailable } from '../../src/webex/errors.ts';
import { aTransaction } from '../helpers/transactions.ts';
import { callingMessages, workspaceMessages } from './calling-messages.ts';
import { contactCenterMessages } from './contact-center-messages.ts';
import { customerMessages, rightsOf } from './customer-messages.ts';
import { deletionMessages } from './deletion-messages.ts';
import { aLicense, aRole } from './directory-rows.ts';
import { locationMessages } from './location-messages.ts';
import { onboardMessages } from './onboard-messages.ts';
import { partnerMessages } from './partner-messages.ts';
import { peopleMessages } from './people-messages.ts';
import { serviceAppMessages } from './service-app-messages.ts';
import { siteMessages } from './site-messages.ts';
import { syncMessages } from './sync-messages.ts';
import { transferMessages } from './transfer-messages.ts';
import { wholesaleMessages } from './wholesale-messages.ts';

export const now = new Date('2026-11-23T12:00:00Z');
export const organizationId = '7d4c1f7e-6a0e-4a55-9d0b-0e7a2f7d3a11';
/** An organization's number as Webex's API writes it. */
export const webexOrgId = 'Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8wMDBmZDBlNC04M2VmLWQzOTgtYmUyMy1kMDY5OTg1ODBmZWQ';
const url = 'https://hubkeeper.example.com/connect/Zm9v_YmFy-_x_-0123456789abcdefghijklmnopqrs';
export const pageUrl = 'https://hubkeeper.example.com/transactions/12?key=mid0.Zm9v_YmFy-_x_-0123456789';

const days = (count: number) => new Date(now.getTime() + count * 24 * 60 * 60 * 1000);

export function connectionOf(email: string, refreshDays = 90): GrantView {
  return {
    accessTokenExpiresAt: days(14),
    refreshTokenExpiresAt: days(refreshDays),
    connectedAt: now,
    authorizedEmail: email,
    way: 'consent' as const,
    fallbackWay: 'service_app' as const,
    fallbackRefusal: null,
    appClientId: null,
    byPartner: true,
    state: 'connected',
    scopes: [email, 'spark:people_read'],
    refreshDueAt: days(7),
    probedAt: days(-0.5),
    findings: [],
    acknowledgedBy: null,
    acknowledgedAt: null,
    snoozedUntil: null,
  };
}

export function transactionOf(value: string): TransactionView {
  const step = (name: string, status: StepStatus, message: string | null) => ({ name, status, message });
  return aTransaction({
    id: 12,
    action: 'connect',
    organizationId,
    organizationName: value,
    requestedBy: value,
    status: 'fail',
    reason: 'http_403',
    message: value,
    hint: value,
    cancelRequestedBy: value,
    cancelRequestedAt: now,
    replayOf: 11,
    submittedAt: now,
    startedAt: now,
    completedAt: days(0.0001),
    steps: [
      step('exchange_code', 'done', value),
      step('verify_organization', 'failed', value),
      step('store_tokens', 'running', value),
      step('sync_roles', 'skipped', value),
      step('sync_licenses', 'waiting', null),
    ],
  });
}

/** Somebody has acknowledged it, and snoozed its warnings. */
const takenCareOf = (value: string, refreshDays?: number): GrantView => ({
  ...connectionOf(value, refreshDays),
  acknowledgedBy: value,
  acknowledgedAt: days(-1),
  snoozedUntil: days(3),
});

const ending = (value: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `${organizationId}-${index}`,
    name: value,
    account_email: `ask-${value}`,
    notes: value,
    wholesale_status: false,
    servesAsPartner: false,
    connection: index % 2 === 0 ? connectionOf(value, index * 3 + 2) : takenCareOf(value, index * 3 + 2),
  }));

const failedSince = new Map(ending('', 10).map(({ id }, index) => [id, days(-index - 0.25)]));

const bands = [
  { days: 0, count: 4 },
  { days: 1, count: 16 },
  { days: 30, count: 180 },
];

const standing = { connected: 40, failing: 0, lost: 0, soon: 3 };

/** The levels from the provider down to a space, or with `isOfNode` to a customer. */
function settingsChain(value: string, isOfNode = false): NamedLevel[] {
  const quiet = { warning_days: [60, 7], quiet_hours: { from: '22:00', to: '07:00' }, escalation_days: 10 };
  const zone = { time_zone: 'Europe/Berlin', verbosity: 'daily_digest' as const, link_lifetime_hours: 72 };
  const node = { name: value, changedAt: null };
  return [
    { level: 'provider', subject: '', path: '/1/', own: quiet, ...node },
    { level: 'customer', subject: organizationId, path: '/1/2/', own: { delete_approval: true }, ...node },
    isOfNode
      ? { level: 'customer', subject: organizationId, path: '/1/2/3/', own: zone, ...node }
      : { level: 'space', subject: 'room', path: '', own: zone, name: '', changedAt: null },
  ];
}

const refreshedRows = (value: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    name: value,
    entry: {
      outcome: (['renewed', 'not_renewed', 'shortened', 'same_token'] as const)[index % 4] ?? 'renewed',
      oldDeadlineAt: days(83),
      newDeadlineAt: days(90),
    },
  }));

function forecastMessages(value: string): Record<string, Message> {
  const next = ending(value, 10).map(({ name, connection }) => ({
    ...connection,
    name,
    deadlineAt: connection.refreshTokenExpiresAt,
  }));
  const counts = Array.from({ length: 365 }, (_, index) => ({ day: days(index), urgency: 3, count: 12_345 }));
  const ended = ending(value, 5);
  const nothing = { counts: [], next: [], ended: [], endedTotal: 0, now };
  return {
    forecast: forecastMessage({
      days: 365,
      counts,
      next,
      ended,
      endedTotal: 1234,
      hanging: { total: 120, onPeople: 41, most: { email: value, count: 3 } },
      now,
    }),
    'forecast of a short time': forecastMessage({ ...nothing, days: 31, counts: counts.slice(0, 31), next }),
    'forecast of nothing': forecastMessage({ ...nothing, days: 90 }),
    calendar: calendarMessage({ total: 6000, included: 5000, days: 365, now }),
    'empty calendar': calendarMessage({ total: 0, included: 0, days: 90, now }),
  };
}

const findings = (value: string): Finding[] => [
  { kind: 'read_refused', feature: 'wholesale', code: value, route: 'GET /wholesale/customers', trackingId: value },
  { kind: 'organization_gone' },
  { kind: 'nothing_there', feature: 'customers' },
  { kind: 'wrong_region', found: value },
];

const unanswered = (['organization', 'wholesale', 'contact_center', 'customers'] as const).map((feature) => ({
  kind: 'unanswered' as const,
  feature,
  since: now.toISOString(),
}));

const impaired = (value: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `${organizationId}-${index}`,
    name: value,
    base_url_setting: index % 2 === 0 ? null : value,
    account_email: `ask-${value}`,
    notes: value,
    connection: { ...connectionOf(value), findings: findings(value) },
  }));

const decisions = (value: string) =>
  ({
    acknowledge: { act: 'acknowledge', hasEnded: true },
    keep: { act: 'keep', by: value, at: now },
    refuse: { act: 'refuse', reason: 'not_connected' },
  }) as const;

const lacking = (value: string, count: number) =>
  Array.from({ length: count }, () => ({
    id: organizationId,
    name: value,
    account_email: `ask-${value}`,
    notes: value,
    way: 'consent' as const,
    authorizedEmail: value,
    missing: ['spark-admin:wholesale_customers_read', value],
  }));

const grantors = (value: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    email: value,
    count: 3 * index + 1,
    lost: index,
    through: index,
    organizationId,
  }));

function refreshMessages(value: string): Record<string, Message> {
  const organization = { id: organizationId, name: value, wholesale_status: false, servesAsPartner: false };
  const transactionId = 12;
  const tokens = { transactionId, accessTokenExpiresAt: days(14), refreshTokenExpiresAt: days(90) };
  const silence = new WebexUnavailable('Webex did not answer.', {
    reason: 'timeout',
    route: 'POST /access_token',
    trackingId: value,
  });
  const results: RefreshResult[] = [
    { outcome: 'renewed', gainedMs: 7 * 24 * 60 * 60_000, ...tokens },
    { outcome: 'not_renewed', isSoon: false, ...tokens },
    { outcome: 'shortened', lostMs: 43 * 24 * 60 * 60_000, ...tokens },
    { outcome: 'same_token', ...tokens },
    { outcome: 'refused', transactionId, code: value },
    { outcome: 'unavailable', transactionId, nextTryAt: days(0.01), error: silence },
    { outcome: 'misconfigured', transactionId, nextTryAt: days(0.01), code: value },
    { outcome: 'odd_refusal', transactionId, nextTryAt: days(0.01), code: value, trackingId: value },
    { outcome: 'broken', transactionId, nextTryAt: days(0.01) },
    { outcome: 'refused_together', transactionId, nextTryAt: days(0.04) },
    { outcome: 'replaced', transactionId },
    ...(['held', 'not_due', 'lost', 'not_connected', 'stopping', 'too_late'] as const).map(
      (reason) => ({ outcome: 'left', reason }) as const,
    ),
  ];
  const stillLost: RefreshResult[] = [
    { outcome: 'unavailable', transactionId, nextTryAt: null, error: silence },
    { outcome: 'misconfigured', transactionId, nextTryAt: null, code: value },
    { outcome: 'odd_refusal', transactionId, nextTryAt: null, code: value, trackingId: value },
    { outcome: 'broken', transactionId, nextTryAt: null },
  ];
  const soon: RefreshResult = { outcome: 'not_renewed', isSoon: true, ...tokens };
  return Object.fromEntries([
    ...results.map((result) => [
      `refresh ${result.outcome}${'reason' in result ? ` ${result.reason}` : ''}`,
      refreshMessage({ organization, result, now }),
    ]),
    ...stillLost.map((result) => [
      `refresh of a lost one ${result.outcome}`,
      refreshMessage({ organization, result, now }),
    ]),
    ['refresh not_renewed within a day', refreshMessage({ organization, result: soon, now })],
  ]);
}

function transactionMessages(value: string): Record<string, Message> {
  const transaction = transactionOf(value);
  const open = { ...transaction, status: 'in_progress' as const, completedAt: null };
  const log = { lines: Array.from({ length: 10 }, () => ({ at: now, message: value })), hasMore: true };
  const organization = { id: organizationId, name: value };
  const rows = Array.from({ length: 10 }, (_, index) => ({
    ...(index % 2 === 0 ? transaction : open),
    id: 90_000 - index,
  }));
  const page = { rows, hasNewer: true, hasOlder: true, now };
  const none = { rows: [], hasNewer: false, hasOlder: false, now };
  const cancels = (['canceled', 'pending', 'already_pending', 'too_late'] as const).map((outcome) => [
    `cancel ${outcome}`,
    cancelMessage({ transaction: outcome === 'pending' ? open : transaction, outcome, next: null, now }),
  ]);
  return {
    progress: progressMessage(transaction, pageUrl),
    'progress to be canceled': progressMessage(open, pageUrl),
    transaction: transactionMessage({ transaction, log, pageUrl, now }),
    'open transaction': transactionMessage({
      transaction: open,
      log: { lines: [], hasMore: false },
      pageUrl: null,
      now,
    }),
    transactions: transactionsMessage({ ...page, filter: 'all', organization: null }),
    'transactions of one': transactionsMessage({ ...page, filter: 'failed', organization }),
    'no transactions': transactionsMessage({ ...none, filter: 'all', organization: null }),
    'no transactions of one': transactionsMessage({ ...none, filter: 'all', organization }),
    'no failed transactions of one': transactionsMessage({ ...none, filter: 'failed', organization }),
    'transactions past the end': transactionsMessage({ ...none, hasNewer: true, filter: 'running', organization }),
    ...Object.fromEntries(cancels),
    'refresh canceled': cancelMessage({
      transaction: { ...transaction, actionTitle: 'Refresh' },
      outcome: 'canceled',
      next: 'The next refresh is due in 24 hours.',
      now,
    }),
    replayed: replayedMessage(open),
    'not replayed, open': notReplayedMessage({ transaction: open, why: 'still_open', now }),
    'not replayed, deleted': notReplayedMessage({ transaction, why: 'organization_deleted', now }),
  };
}

function editMessages(value: string, fields: Omit<OrganizationView, 'id'>): Record<string, Message> {
  const record = { ...fields, id: organizationId, updatedAt: now };
  const values = Object.fromEntries(ORGANIZATION_FIELDS.map(({ name }) => [name, value]));
  const changes = ORGANIZATION_FIELDS.map(({ name }) => ({ field: name, from: value, to: value }));
  const bound = (by: 'connection' | 'transaction') => [numberBoundProblem({ organization: record, by })];
  return {
    'edit form': organizationForm({ mode: 'edit', record }),
    'outrun edit form': organizationForm({
      mode: 'edit',
      record: { ...record, https_proxy: value },
      values,
      isConflict: true,
      problems: changes.map(differenceProblem),
    }),
    'edit form of a connected organization': organizationForm({ mode: 'edit', record, problems: bound('connection') }),
    'edit form while a Connect runs': organizationForm({ mode: 'edit', record, problems: bound('transaction') }),
    'edit form of a draft': organizationForm({
      mode: 'edit',
      record,
      values,
      draft: { id: organizationId, secrets: ['http_proxy', 'https_proxy'] },
    }),
    'edit to confirm': confirmEditMessage({
      organization: record,
      changes,
      lacking: {
        scopes: ['spark-admin:wholesale_customers_read', 'cjp:config_read'].map((scope) => ({ scope, allows: value })),
        reconnector: value,
        authorizedBy: value,
      },
      draftId: organizationId,
    }),
    'draft gone': draftGoneMessage,
    edited: editedMessage({ organization: record, by: value, changes, lacksScopes: true }),
    'edited a little': editedMessage({
      organization: record,
      by: value,
      changes: changes.slice(0, 1),
      lacksScopes: false,
    }),
    unchanged: unchangedMessage({ organization: record }),
    'saved already': savedAlreadyMessage(record),
  };
}

function refusedAnswers(value: string): Record<string, Message> {
  const organization = { name: value };
  const refused = (
    asked: 'acknowledge' | 'unacknowledge' | 'snooze',
    refusal: Parameters<typeof refusedAnswerMessage>[0]['refusal'],
  ) => refusedAnswerMessage({ organization, asked, refusal, now });
  const reasons = (['not_connected', 'lost', 'last_day', 'ended'] as const).map((reason) => [
    `not snoozed, ${reason}`,
    refused('snooze', { act: 'refuse', reason }),
  ]);
  return {
    ...Object.fromEntries(reasons),
    'not snoozed, too early': refused('snooze', { act: 'refuse', reason: 'too_early', notifiedAt: days(60) }),
    'not taken back': refused('unacknowledge', { act: 'refuse', reason: 'not_acknowledged' }),
    'not acknowledged, too early': refused('acknowledge', { act: 'refuse', reason: 'too_early', notifiedAt: days(60) }),
  };
}

function auditMessages(value: string): Record<string, Message> {
  const entry = (sequence: number) => ({
    ...{ sequence, at: days(-sequence), act: 'organization.edited', byPersonId: value, byEmail: value, roomId: 'room' },
    ...{ organizationId, organizationName: value, customerId: null, person: value, hash: 'hash' },
    before: JSON.stringify({ [value]: value, notes: null }),
    after: JSON.stringify({ [value]: value, notes: value }),
  });
  const page = { hasNewer: true, hasOlder: true, roomId: 'room', now };
  const ownDoing = { ...entry(1), act: 'attempt.refused', byPersonId: null, byEmail: null, roomId: null, after: null };
  const rows = [...Array.from({ length: AUDIT_PAGE_SIZE - 1 }, (_, index) => entry(1_000_000 - index)), ownDoing];
  const none = { rows: [], hasNewer: false, hasOlder: false, roomId: 'room', now };
  return {
    audit: auditMessage({ ...page, rows }),
    'audit of an organization': auditMessage({
      ...page,
      rows,
      organization: { id: organizationId, name: value },
      days: 7,
    }),
    'audit of a person': auditMessage({ ...page, rows, person: value.slice(0, 254) }),
    'audit of nothing': auditMessage(none),
    'audit of nobody': auditMessage({ ...none, person: value, days: 1 }),
    'audit as a file': auditExportMessage({ rows: 50_000, mostRows: 50_000 }),
    'audit as no file': auditExportMessage({ rows: 0, mostRows: 50_000 }),
  };
}

/** By the name of the view; `value` stands wherever a person or Webex wrote something. */
export function everyMessage(value: string): Record<string, Message> {
  const organization = { id: organizationId, name: value, wholesale_status: false, servesAsPartner: false };
  const record = {
    ...organization,
    wholesale_status: true,
    webex_contact_center: true,
    base_url_setting: value,
    account_number_external: '000fd0e4-83ef-d398-be23-d06998580fed',
    account_number: webexOrgId,
    account_email: value,
    default_calling_behaviour: value,
    email_domain: value,
    dirsync_enabled: false,
    servesAsPartner: false,
    ownsServiceApp: false,
    toOwnServiceApp: false,
    notes: value,
    http_proxy: value,
    https_proxy: null,
    sync: true,
  };
  const lastTransaction = {
    id: 12,
    action: 'connect' as const,
    status: 'fail' as const,
    message: value,
    submittedAt: now,
  };
  const syncs = [{ kind: 'roles' as const, total: 12, syncedAt: now }];
  const notified = {
    roomId: 'room',
    type: 'group' as const,
    title: value,
    isSeen: true,
    isLeft: false,
    isHere: false,
    isByLabel: true,
  };
  const shown = {
    organization: record,
    settings: defaultSettings,
    customer: [value, value],
    notified,
    labels: ['europe', 'gold'],
    syncs,
    lastTransaction,
    mayChange: true,
    now,
  };
  const link = {
    organizationId,
    organizationName: value,
    url,
    expiresAt: days(1),
    adminEmail: value,
    isWholesale: false,
    now,
  };
  const refused = { organization, error: 'access_denied', appId: 'C0123', linkExpiresAt: days(1), now };
  const rows = Array.from({ length: 10 }, (_, index) => ({
    id: `${organizationId}-${index}`,
    name: value,
    account_number_external: `000fd0e4-83ef-d398-be23-d0699858${String(index).padStart(4, '0')}`,
    connection: index % 2 === 0 ? null : connectionOf(value, index * 10 - 30),
  }));
  const listedRows = rows.map(({ account_number_external: number, ...row }, index) => ({
    ...row,
    number,
    customer: value,
    isWholesale: index % 3 === 0,
    wholesaleStatus: index % 2 === 0 ? value : null,
  }));
  const commands = Array.from({ length: 28 }, () => ({
    name: 'show',
    usage: 'show <organization>',
    summary: 'Show an organization’s record, its connection, what was synced, and its last transaction.',
    group: 'Organizations' as const,
    examples: [value, `show ${value}`],
  }));
  const ended = { transactionId: 12, title: value, pageUrl, organization };
  const success = {
    ...ended,
    outcome: 'success' as const,
    stepFacts: [
      ...rolesKind.facts(Array.from({ length: 12 }, () => aRole(value))),
      ...licensesKind.facts(Array.from({ length: 200 }, () => aLicense(value, 50, 12))),
    ],
    ...connectionOf(value),
  };
  const fail = { ...ended, outcome: 'fail' as const, what: value, hint: value, trackingId: value };
  return {
    help: helpMessage({ commands, isGroup: true, botName: value }),
    'help of a group': groupHelpMessage({ commands, isGroup: true, botName: value, group: 'Organizations' }),
    ...Object.fromEntries(
      commands
        .slice(0, 1)
        .map((command) => ['help of a command', commandHelpMessage({ command, isGroup: true, botName: value })]),
    ),
    hello: helloMessage({ isGroup: true, botName: value }),
    greeting: greetingMessage({ isGroup: true, botName: value }),
    ...transferMessages(value),
    'read along': readAlongMessage({ isAllowed: true, by: value }),
    'read along no more': readAlongMessage({ isAllowed: false, by: value }),
    'outsider joined': outsiderJoinedMessage({ name: value, mayReadAlong: false }),
    'outsider joined who may read': outsiderJoinedMessage({ name: value, mayReadAlong: true }),
    'answered directly': toldDirectlyMessage({ what: 'answer' }),
    'notices told directly': toldDirectlyMessage({ what: 'notices' }),
    'not reached': notReachedMessage,
    'another person': doubtMessage({ admin: value, what: 'person', email: value }),
    'another organization': doubtMessage({ admin: value, what: 'organization', email: value }),
    'another address': doubtMessage({ admin: value, what: 'address', email: value }),
    'greeting in a direct space': greetingMessage({ isGroup: false, botName: value }),
    form: organizationForm({ mode: 'add' }),
    'rejected form': organizationForm({
      mode: 'add',
      values: Object.fromEntries(ORGANIZATION_FIELDS.map(({ name }) => [name, value])),
      problems: ORGANIZATION_FIELDS.map(({ name, label }) => ({ field: name, message: `${label} is wrong: mend it.` })),
    }),
    ...editMessages(value, record),
    organization: organizationMessage({ ...shown, connection: connectionOf(value), othersOfGrantor: 3 }),
    'impaired organization': organizationMessage({
      ...shown,
      connection: { ...takenCareOf(value), findings: [...findings(value), ...unanswered] },
      othersOfGrantor: 1,
    }),
    'expired organization': organizationMessage({
      ...shown,
      notified: { ...notified, type: 'direct', isLeft: true },
      connection: connectionOf(value, -1),
      othersOfGrantor: 0,
      syncs: [],
      lastTransaction: null,
    }),
    'lost organization of a viewer': organizationMessage({
      ...shown,
      notified: { ...notified, isHere: true },
      connection: { ...connectionOf(value), state: 'lost' },
      othersOfGrantor: 0,
      mayChange: false,
    }),
    'unconnected organization': organizationMessage({
      ...shown,
      organization: { ...record, notes: null, account_email: null, http_proxy: null },
      customer: [],
      notified: undefined,
      connection: null,
      othersOfGrantor: 0,
      syncs: [],
      lastTransaction: null,
    }),
    ...onboardMessages(value),
    list: listMessage({
      query: { part: value, filter: 'lost', order: 'name' },
      mayChange: true,
      counts: null,
      rows: listedRows,
      firstNumber: 11,
      total: 35,
      nextPage: 3,
      previousPage: 1,
      now,
    }),
    'whole list': listMessage({
      query: everyOrganization,
      mayChange: true,
      counts: { lost: 3, failing: 1, soon: 1, notConnected: 0 },
      rows: listedRows,
      firstNumber: 1,
      total: rows.length,
      now,
    }),
    'long list': listMessage({
      query: everyOrganization,
      mayChange: true,
      counts: { lost: 1001, failing: 1001, soon: 1001, notConnected: 1001 },
      rows: listedRows,
      firstNumber: 1,
      total: 1001,
      nextPage: 2,
      now,
    }),
    'list with a grant that holds others': listMessage({
      query: everyOrganization,
      mayChange: true,
      counts: { lost: 1001, failing: 1001, soon: 1001, notConnected: 1001 },
      rows: listedRows.map((row) => ({ ...row, served: 1001 })),
      firstNumber: 1,
      total: 1001,
      nextPage: 2,
      now,
    }),
    'list in which all is well': listMessage({
      query: everyOrganization,
      mayChange: true,
      counts: { lost: 0, failing: 0, soon: 0, notConnected: 0 },
      rows: listedRows.slice(0, 1),
      firstNumber: 1,
      total: 1,
      now,
    }),
    'empty list': nothingListedMessage({ query: everyOrganization, nearest: [] }),
    'list of nothing like it': nothingListedMessage({
      query: { part: value, filter: 'all', order: 'deadline' },
      nearest: [value, value],
    }),
    'page past the end': pastEndMessage('list', pageAsked(41), 35, { part: value }),
    choose: chooseMessage({
      command: 'show',
      typed: value,
      matches: rows,
      hasMore: true,
    }),
    'not found': notFoundMessage({ typed: value }),
    'no such row': notFoundMessage({ typed: '77' }),
    'closest names': closestMessage({ command: 'show', typed: value, matches: rows.slice(0, 5) }),
    'unknown command': unknownCommandMessage({ typed: value, nearest: ['show', 'list'] }),
    'not allowed': notAllowedMessage,
    failure: failureMessage({ what: value, hint: value, trackingId: value }),
    duplicate: duplicateMessage({ existing: organization }),
    'duplicate out of scope': duplicateMessage({ existing: undefined }),
    connect: connectMessage(link),
    'links for all': linksForAllMessage(
      Array.from({ length: 10 }, (_, index) => ({
        id: `${index}`,
        name: value,
        account_email: index === 0 ? null : `${value}@example.com`,
      })),
    ),
    'connect instead of a replay': connectMessage({ ...link, insteadOf: { transactionId: 12, why: 'never_stored' } }),
    saved: savedMessage(link),
    'saved without an administrator’s e-mail': savedMessage({ ...link, adminEmail: null }),
    'connect a wholesale customer': connectMessage({ ...link, isWholesale: true }),
    'the text to forward for a wholesale customer': forwardMessage({
      ...link,
      isWholesale: true,
      provider: { name: value, contact: value },
    }),
    'the text to forward': forwardMessage({ ...link, provider: { name: value, contact: value } }),
    'no links to revoke': revokedMessage({ organization, count: 0 }),
    'revoked links': revokedMessage({ organization, count: 3 }),
    'access denied': connectRefusedMessage(refused),
    'access denied with a link of the past': connectRefusedMessage({ ...refused, linkExpiresAt: null }),
    'another refusal': connectRefusedMessage({ ...refused, error: value }),
    ...transactionMessages(value),
    success: resultMessage(success, now),
    'success without sync': resultMessage(
      { ...success, stepFacts: [...rolesKind.facts(null), ...licensesKind.facts(null)] },
      now,
    ),
    fail: resultMessage(fail, now),
    'connected, but not synced': resultMessage({ ...fail, isConnected: true }, now),
    'wrong organization': resultMessage({ ...fail, hint: null }, now),
    ...refreshMessages(value),
    ...deletionMessages(value),
    lost: lostMessage({ organization: { ...organization, account_email: value, notes: value }, code: 'invalid_grant' }),
    'lost for another reason': lostMessage({ organization, code: value }),
    'lost, to an administrator': lostMessage({ organization, code: value, insteadOfSpace: true }),
    'several lost': manyLostMessage({ rows: ending(value, 10), total: 200, now }),
    'several lost, the owner of the service app first': manyLostMessage({
      rows: ending(value, 10).map((row, index) => (index === 0 ? { ...row, heldByApp: 1001 } : row)),
      ...{ total: 200, now },
    }),
    'several lost, for different reasons': manyLostMessage({
      rows: ending(value, 10).map(({ connection, ...row }, index) => ({
        ...row,
        connection: { ...connection, stateReason: index % 2 === 0 ? value : 'not_managed' },
      })),
      ...{ total: 200, now },
    }),
    'several lost, to an administrator': manyLostMessage({
      rows: ending(value, 10),
      total: 200,
      now,
      insteadOfSpace: true,
    }),
    'failing many, to an administrator': failingMessage({
      rows: ending(value, 10),
      total: 200,
      since: failedSince,
      now,
      insteadOfSpace: true,
    }),
    'warning of many, to an administrator': warningMessage({
      rows: ending(value, 10),
      total: 200,
      bands,
      now,
      insteadOfSpace: true,
    }),
    'failing one': failingMessage({ rows: ending(value, 1), total: 1, since: failedSince, now }),
    'failing one that was refreshed meanwhile': failingMessage({
      rows: ending(value, 1),
      total: 1,
      since: new Map(),
      now,
    }),
    'failing many': failingMessage({ rows: ending(value, 10), total: 200, since: failedSince, now }),
    'nothing connected': nothingConnectedMessage,
    'warning of one': warningMessage({ rows: ending(value, 1), total: 1, bands: [{ days: 3, count: 1 }], now }),
    'warning of many': warningMessage({ rows: ending(value, 10), total: 200, bands, now }),
    'warning of many that have expired': warningMessage({
      rows: ending(value, 10),
      total: 200,
      bands: [{ days: 0, count: 200 }],
      now,
    }),
    'warning of many, a grant that holds others first': warningMessage({
      rows: ending(value, 10).map((row, index) =>
        index > 1 ? row : { ...row, ...(index === 0 ? { served: 1001 } : { heldByApp: 1001 }) },
      ),
      ...{ total: 200, bands, now },
    }),
    'reminder of one': warningMessage({
      rows: ending(value, 1).map((row) => ({ ...row, connection: { ...row.connection, state: 'lost' } })),
      total: 1,
      bands: [{ days: 0, count: 1 }],
      reminders: 1,
      now,
    }),
    'reminder of many, and a warning': warningMessage({
      rows: ending(value, 10),
      total: 200,
      bands: [{ days: 0, count: 120 }, ...bands],
      reminders: 100,
      now,
    }),
    'one well again': wellAgainMessage({ rows: ending(value, 1), total: 1, now }),
    'many well again': wellAgainMessage({ rows: ending(value, 10), total: 200, now }),
    'escalation of one': escalationMessage({ rows: ending(value, 1), total: 1, now }),
    'escalation of many': escalationMessage({ rows: ending(value, 10), total: 200, bands, now }),
    misconfigured: misconfiguredMessage({ code: value }),
    'an API that is switched off': switchedOffMessage({ api: value }),
    'refused together': refusedTogetherMessage({ count: 12, byApp: 0 }),
    'refused together, some of the service app': refusedTogetherMessage({ count: 12, byApp: 5 }),
    'refused together, all of the service app': refusedTogetherMessage({ count: 12, byApp: 12 }),
    'one refreshed': refreshedMessage({ rows: refreshedRows(value, 1), total: 1, now }),
    'many refreshed': refreshedMessage({ rows: refreshedRows(value, 10), total: 200, now }),
    'quiet day': digestMessage({ from: days(-1), to: now, outcomes: {}, standing }),
    'day of trouble': digestMessage({
      from: days(-1),
      to: now,
      outcomes: {
        renewed: 12,
        not_renewed: 3,
        shortened: 4,
        refused: 1,
        unavailable: 40,
        misconfigured: 2,
        odd_refusal: 5,
        refused_together: 6,
        broken: 1,
      },
      standing: { ...standing, failing: 2, lost: 1 },
    }),
    settings: settingsMessage({ chain: settingsChain(value).map((level) => ({ ...level, own: {} })), changeable: [] }),
    'settings of a customer': settingsMessage({
      chain: settingsChain(value, true),
      changeable: Array.from({ length: 6 }, () => settingsChain(value, true)).flat(),
      keysInUse: ['2025', '2026'],
    }),
    'changed settings': settingsMessage({
      chain: settingsChain(value),
      changeable: settingsChain(value),
      savedBy: value,
      touched: 12_345,
    }),
    'settings changed for nobody': settingsMessage({
      chain: settingsChain(value, true),
      changeable: settingsChain(value, true),
      savedBy: value,
      touched: 0,
    }),
    'settings form': settingsForm({ chain: settingsChain(value), organizations: 1, expectedVersion: null }),
    'settings form of nobody': settingsForm({ chain: settingsChain(value), organizations: 0, expectedVersion: null }),
    'settings form of an empty customer': settingsForm({
      chain: settingsChain(value, true),
      organizations: 0,
      expectedVersion: null,
    }),
    'settings to confirm': confirmSettingsMessage({
      chain: settingsChain(value, true),
      values: { warning_days: [20], verbosity: undefined, link_lifetime_hours: 1 },
      differing: SETTING_NAMES,
      touched: 12_345,
      typed: Object.fromEntries([...SETTING_NAMES.map((name) => [name, value]), ['settings', SETTING_NAMES.join(' ')]]),
      expectedVersion: now,
    }),
    'rejected settings form': settingsForm({
      chain: settingsChain(value, true),
      organizations: 12_345,
      expectedVersion: now,
      typed: { warning_days: value, quiet_hours: value, time_zone: value, verbosity: value },
      problems: SETTING_NAMES.map((name) => ({ name, message: `${value} cannot be used.` })),
    }),
    'outrun settings form': settingsForm({
      chain: settingsChain(value),
      organizations: 2,
      expectedVersion: now,
      typed: { warning_days: value, quiet_hours: value, time_zone: value, verbosity: value },
      isConflict: true,
      problems: SETTING_NAMES.map((name) => differingSetting({ chain: settingsChain(value), name })),
    }),
    expiring: expiringMessage({
      rows: ending(value, 10),
      days: 60,
      firstNumber: 11,
      total: 35,
      counts: { lost: 12, expired: 1, coming: 22 },
      nextPage: 3,
      previousPage: 1,
      now,
    }),
    'nothing expires': expiringMessage({
      rows: [],
      days: 30,
      firstNumber: 1,
      total: 0,
      counts: { lost: 0, expired: 0, coming: 0 },
      now,
    }),
    'findings of one': findingsMessage({ impaired: impaired(value, 1), total: 1, restored: [] }),
    'findings of many': findingsMessage({ impaired: impaired(value, 10), total: 200, restored: [value] }),
    restored: findingsMessage({ impaired: [], total: 0, restored: Array.from({ length: 12 }, () => value) }),
    ...customerMessages(value),
    ...partnerMessages(value),
    ...contactCenterMessages(value),
    ...locationMessages(value),
    ...wholesaleMessages(value),
    ...callingMessages(value),
    ...workspaceMessages(value),
    ...peopleMessages(value),
    ...serviceAppMessages(value),
    ...siteMessages(value),
    ...syncMessages(value),
    admins: adminsMessage({
      hanging: { total: 120, onPeople: 41, most: { email: value, count: 3 } },
      admins: Array.from({ length: 12 }, () => value),
      rights: { rows: rightsOf(value, 5), total: 25, previousPage: 1, nextPage: 3 },
      canChange: true,
      grantors: grantors(value, 10),
      total: 35,
      nextPage: 3,
      previousPage: 1,
    }),
    'no grants': adminsMessage({
      admins: [value],
      rights: { rows: [], total: 0 },
      canChange: false,
      grantors: [],
      total: 0,
    }),
    grants: grantsMessage({
      email: value,
      rows: ending(value, 10),
      firstNumber: 11,
      total: 35,
      nextPage: 3,
      previousPage: 1,
      now,
    }),
    'unknown giver': unknownGrantorMessage({ typed: value, nearest: grantors(value, 3) }),
    'unknown giver, like nobody': unknownGrantorMessage({ typed: value, nearest: [] }),
    'missing scopes of one': missingScopesMessage({ rows: lacking(value, 1), total: 1 }),
    'missing scopes of many': missingScopesMessage({ rows: lacking(value, 10), total: 200 }),
    'nothing missing any more': missingScopesMessage({ rows: [], total: 0 }),
    snoozed: snoozedMessage({ organization, by: value, until: days(3), now }),
    ...refusedAnswers(value),
    ...forecastMessages(value),
    ...auditMessages(value),
    acknowledged: acknowledgedMessage({ organization, by: value, hasEnded: false }),
    'acknowledged all': acknowledgedAllMessage({
      by: value,
      answers: (['acknowledge', 'keep', 'refuse'] as const).flatMap((act) =>
        Array.from({ length: 3 }, (_, index) => ({
          organization: { id: `${act}-${index}`, name: value },
          decision: decisions(value)[act],
        })),
      ),
    }),
    'a loss acknowledged': acknowledgedMessage({ organization, by: value, hasEnded: true }),
    'acknowledged before': alreadyAcknowledgedMessage({ organization, by: value, at: days(-3) }),
    'acknowledgement taken back': unacknowledgedMessage({ organization, by: value, hasEnded: false }),
    'acknowledgement of a loss taken back': unacknowledgedMessage({ organization, by: value, hasEnded: true }),
  };
}
