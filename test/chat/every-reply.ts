// Every reply that the views can give, with one value in each place that others write.

import type { Reply } from '../../src/chat/reply.ts';
import { adminsReply, grantsReply, unknownGiverReply } from '../../src/chat/views/admins.ts';
import { chooseReply } from '../../src/chat/views/choose.ts';
import { connectReply, savedReply } from '../../src/chat/views/connect.ts';
import { connectRefusedReply } from '../../src/chat/views/connect-refused.ts';
import { expiringReply, warningReply } from '../../src/chat/views/deadlines.ts';
import { findingsReply } from '../../src/chat/views/findings.ts';
import { greetingReply } from '../../src/chat/views/greeting.ts';
import { helpReply } from '../../src/chat/views/help.ts';
import { listReply } from '../../src/chat/views/list.ts';
import { missingScopesReply } from '../../src/chat/views/missing-scopes.ts';
import type { GrantView } from '../../src/chat/views/organization.ts';
import { organizationReply } from '../../src/chat/views/organization.ts';
import { organizationForm } from '../../src/chat/views/organization-form.ts';
import { lostReply, type RefreshView, refreshReply } from '../../src/chat/views/refresh.ts';
import {
  duplicateReply,
  failureReply,
  notAllowedReply,
  notFoundReply,
  unknownCommandReply,
} from '../../src/chat/views/refusals.ts';
import { resultReply } from '../../src/chat/views/result.ts';
import { progressMarkdown, transactionReply } from '../../src/chat/views/transaction.ts';
import { acknowledgedReply, snoozedReply } from '../../src/chat/views/warning-answers.ts';
import type { Finding } from '../../src/domain/findings.ts';
import { ORGANIZATION_FIELDS } from '../../src/domain/organization-fields.ts';
import type { StepView, TransactionView } from '../../src/domain/transaction-words.ts';

export const now = new Date('2026-11-23T12:00:00Z');
export const organizationId = '7d4c1f7e-6a0e-4a55-9d0b-0e7a2f7d3a11';
const url = 'https://hubkeeper.example.com/connect/Zm9v_YmFy-_x_-0123456789abcdefghijklmnopqrs';
export const pageUrl = 'https://hubkeeper.example.com/transactions/12?key=mid0.Zm9v_YmFy-_x_-0123456789';

const days = (count: number) => new Date(now.getTime() + count * 24 * 60 * 60 * 1000);

export function connectionOf(email: string, refreshDays = 90): GrantView {
  return {
    accessTokenExpiresAt: days(14),
    refreshTokenExpiresAt: days(refreshDays),
    connectedAt: now,
    authorizedEmail: email,
    byPartner: true,
    state: 'connected',
    scopes: [email, 'spark:people_read'],
    refreshDueAt: days(7),
    probedAt: days(-0.5),
    findings: [],
  };
}

export function transactionOf(value: string): TransactionView {
  const step = (name: string, status: StepView['status'], message: string | null): StepView => ({
    name,
    status,
    message,
  });
  return {
    id: 12,
    action: 'connect',
    organizationId,
    organizationName: value,
    requestedBy: value,
    status: 'fail',
    message: value,
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
  };
}

const ending = (value: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `${organizationId}-${index}`,
    name: value,
    connection: { ...connectionOf(value, index * 3 + 2), acknowledgedBy: index % 2 === 0 ? null : value },
  }));

const findings = (value: string): Finding[] => [
  { kind: 'read_refused', feature: 'wholesale', code: value, route: 'GET /wholesale/customers', trackingId: value },
  { kind: 'organization_gone' },
  { kind: 'wrong_region', found: value },
];

const impaired = (value: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `${organizationId}-${index}`,
    name: value,
    base_url_setting: index % 2 === 0 ? null : value,
    connection: { ...connectionOf(value), findings: findings(value) },
  }));

const lacking = (value: string, count: number) =>
  Array.from({ length: count }, () => ({
    id: organizationId,
    name: value,
    authorizedEmail: value,
    missing: ['spark-admin:wholesale_customers_read', value],
  }));

const givers = (value: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ email: value, count: 3 * index + 1, lost: index, organizationId }));

function refreshReplies(value: string): Record<string, Reply> {
  const organization = { id: organizationId, name: value };
  const tokens = { accessTokenExpiresAt: days(14), refreshTokenExpiresAt: days(90) };
  const results: RefreshView[] = [
    { outcome: 'renewed', gainedMs: 7 * 24 * 60 * 60_000, ...tokens },
    { outcome: 'not_renewed', ...tokens },
    { outcome: 'same_token', ...tokens },
    { outcome: 'refused', code: value },
    { outcome: 'unavailable', nextTryAt: days(0.01), error: { trackingId: value } },
    { outcome: 'misconfigured', nextTryAt: days(0.01), code: value },
    { outcome: 'replaced' },
    ...(['held', 'not_due', 'lost', 'not_connected'] as const).map((reason) => ({ outcome: 'left', reason }) as const),
  ];
  return Object.fromEntries(
    results.map((result) => [
      `refresh ${result.outcome}${'reason' in result ? ` ${result.reason}` : ''}`,
      refreshReply({ organization, result, now }),
    ]),
  );
}

/** By the name of the view; `value` stands wherever a person or Webex wrote something. */
export function everyReply(value: string): Record<string, Reply> {
  const organization = { id: organizationId, name: value };
  const record = {
    ...organization,
    wholesale_status: true,
    webex_contact_center: true,
    base_url_setting: value,
    account_number_external: '000fd0e4-83ef-d398-be23-d06998580fed',
    account_email: value,
    default_calling_behaviour: value,
    email_domain: value,
    dirsync_enabled: false,
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
  const link = { organizationName: value, url, expiresAt: days(1), adminEmail: value, now };
  const rows = Array.from({ length: 10 }, (_, index) => ({
    id: `${organizationId}-${index}`,
    name: value,
    account_number_external: `000fd0e4-83ef-d398-be23-d0699858${String(index).padStart(4, '0')}`,
    connection: index % 2 === 0 ? null : connectionOf(value, index * 10 - 30),
  }));
  const commands = Array.from({ length: 28 }, () => ({
    name: 'show',
    usage: 'show <organization>',
    summary: 'Show an organization’s record, its connection, what was synced, and its last transaction.',
  }));
  const ended = { transactionId: 12, pageUrl, organization };
  const success = {
    ...ended,
    outcome: 'success' as const,
    rolesCount: 12,
    licenses: Array.from({ length: 200 }, () => ({ name: value, totalUnits: 50, consumedUnits: 12 })),
    ...connectionOf(value),
  };
  const fail = { ...ended, outcome: 'fail' as const, what: value, cure: value, trackingId: value };
  return {
    help: helpReply({ commands, isGroup: true, botName: value }),
    greeting: greetingReply({ isGroup: true, botName: value }),
    'greeting in a direct space': greetingReply({ isGroup: false, botName: value }),
    form: organizationForm({ mode: 'add' }),
    'rejected form': organizationForm({
      mode: 'add',
      values: Object.fromEntries(ORGANIZATION_FIELDS.map(({ name }) => [name, value])),
      problems: ORGANIZATION_FIELDS.map(({ name, label }) => ({ field: name, message: `${label} is wrong: mend it.` })),
    }),
    organization: organizationReply({
      organization: record,
      connection: connectionOf(value),
      othersOfGiver: 3,
      syncs,
      lastTransaction,
      now,
    }),
    'impaired organization': organizationReply({
      organization: record,
      connection: { ...connectionOf(value), findings: findings(value) },
      othersOfGiver: 1,
      syncs,
      lastTransaction,
      now,
    }),
    'expired organization': organizationReply({
      organization: record,
      connection: connectionOf(value, -1),
      othersOfGiver: 0,
      syncs: [],
      lastTransaction: null,
      now,
    }),
    'unconnected organization': organizationReply({
      organization: { ...record, notes: null, account_email: null },
      connection: null,
      othersOfGiver: 0,
      syncs: [],
      lastTransaction: null,
      now,
    }),
    list: listReply({ rows, firstNumber: 11, total: 35, nextPage: 3, previousPage: 1, now }),
    'empty list': listReply({ rows: [], firstNumber: 1, total: 0, now }),
    'page past the end': listReply({ rows: [], firstNumber: 41, total: 35, previousPage: 4, now }),
    choose: chooseReply({
      command: 'show',
      typed: value,
      matches: rows,
      hasMore: true,
    }),
    'not found': notFoundReply({ typed: value }),
    'unknown command': unknownCommandReply({ typed: value, nearest: ['show', 'list'] }),
    'not allowed': notAllowedReply(),
    failure: failureReply({ what: value, cure: value, trackingId: value }),
    duplicate: duplicateReply({ existing: organization }),
    connect: connectReply(link),
    saved: savedReply(link),
    'access denied': connectRefusedReply({ organization, error: 'access_denied' }),
    'another refusal': connectRefusedReply({ organization, error: value }),
    progress: { markdown: progressMarkdown(transactionOf(value), pageUrl) },
    transaction: transactionReply(transactionOf(value), now),
    success: resultReply(success, now),
    'success without sync': resultReply({ ...success, rolesCount: null, licenses: null }, now),
    fail: resultReply({ ...fail, wrongOrganization: false }, now),
    'connected, but not synced': resultReply({ ...fail, wrongOrganization: false, isConnected: true }, now),
    'wrong organization': resultReply({ ...fail, cure: null, wrongOrganization: true }, now),
    ...refreshReplies(value),
    lost: lostReply({ organization, code: 'invalid_grant' }),
    'lost for another reason': lostReply({ organization, code: value }),
    'warning of one': warningReply({ rows: ending(value, 1), total: 1, now }),
    'warning of many': warningReply({ rows: ending(value, 10), total: 200, now }),
    expiring: expiringReply({
      rows: ending(value, 10),
      days: 60,
      firstNumber: 11,
      total: 35,
      nextPage: 3,
      previousPage: 1,
      now,
    }),
    'nothing expires': expiringReply({ rows: [], days: 30, firstNumber: 1, total: 0, now }),
    'findings of one': findingsReply({ impaired: impaired(value, 1), total: 1, restored: [] }),
    'findings of many': findingsReply({ impaired: impaired(value, 10), total: 200, restored: [value] }),
    restored: findingsReply({ impaired: [], total: 0, restored: Array.from({ length: 12 }, () => value) }),
    admins: adminsReply({
      admins: Array.from({ length: 12 }, () => value),
      givers: givers(value, 10),
      total: 35,
      nextPage: 3,
      previousPage: 1,
    }),
    'no grants': adminsReply({ admins: [value], givers: [], total: 0 }),
    grants: grantsReply({
      email: value,
      rows: ending(value, 10),
      firstNumber: 11,
      total: 35,
      nextPage: 3,
      previousPage: 1,
      now,
    }),
    'unknown giver': unknownGiverReply({ typed: value, nearest: givers(value, 3) }),
    'unknown giver, like nobody': unknownGiverReply({ typed: value, nearest: [] }),
    'missing scopes of one': missingScopesReply({ rows: lacking(value, 1), total: 1 }),
    'missing scopes of many': missingScopesReply({ rows: lacking(value, 10), total: 200 }),
    'nothing missing any more': missingScopesReply({ rows: [], total: 0 }),
    snoozed: snoozedReply({ organization, by: value, until: days(3), now }),
    'not snoozed': snoozedReply({ organization, by: value, until: null, now }),
    acknowledged: acknowledgedReply({ organization, by: value }),
  };
}
