// The tables of connections: one for each organization, the journal of refreshes, and connect links.

import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../db/columns.ts';
import { organizations } from '../organizations/organizations.schema.ts';
import { CONNECTION_STATES } from './connection-state.ts';
import type { ProbeNote } from './probe/findings.ts';
import { REFRESH_OUTCOMES, REFRESH_REASONS } from './refresh/refresh-rules.ts';
import { LINK_PURPOSES } from './tokens/token-rules.ts';
import { WAYS } from './ways/ways.ts';

/** The columns of a connection, in use or not. */
const connectionColumns = () => ({
  /** Sealed. */
  accessToken: text('access_token'),
  /** Sealed. Both tokens are null where those of a lost connection were erased. */
  refreshToken: text('refresh_token'),
  accessTokenExpiresAt: instant('access_token_expires_at').notNull(),
  refreshTokenExpiresAt: instant('refresh_token_expires_at').notNull(),
  obtainedAt: instant('obtained_at').notNull(),
  scopes: text('scopes').array().notNull(),
  /** How it is held. */
  way: text('way', { enum: WAYS }).notNull().default('consent'),
  /** By `partner`: the record whose grant serves this organization. It has no tokens of its own then. */
  viaOrganizationId: uuid('via_organization_id'),
  /** What holds it where the present way ends; `fallbackViaOrganizationId` names the record of the partner. */
  fallbackWay: text('fallback_way', { enum: WAYS }),
  fallbackViaOrganizationId: uuid('fallback_via_organization_id'),
  /** Of a lost connection: why its fall-back did not take over, as a code; null where that was not tried yet. Of one that stands: why it would not. */
  fallbackRefusal: text('fallback_refusal'),
  /** By `service_app`: the client id of the customer's own app, and its secret, sealed. Both null: the app is ours. */
  appClientId: text('app_client_id'),
  appClientSecret: text('app_client_secret'),
  /** The grantor, as Webex's people/me named them. Null where no person's consent holds it. */
  authorizedPersonId: text('authorized_person_id'),
  authorizedEmail: text('authorized_email'),
  /** True where the grantor is a partner's administrator, not one of the organization itself. */
  byPartner: boolean('by_partner').notNull(),
  connectedAt: instant('connected_at').notNull(),
  state: text('state', { enum: CONNECTION_STATES }).notNull().default('connected'),
  /** Why it is failing or lost, as a code. */
  stateReason: text('state_reason'),
  /** When Webex first refused the present refresh token; null where it never did. */
  refusedAt: instant('refused_at'),
  /** Refreshes that failed in a row. */
  failures: integer('failures').notNull().default(0),
  /** When to refresh, or to try again. */
  refreshDueAt: instant('refresh_due_at').notNull(),
  /** Leased for a refresh until then. */
  refreshLeasedUntil: instant('refresh_held_until'),
  /** The lowest threshold, in days, that the space was warned of for the present deadline. */
  warnedDays: integer('warned_days'),
  /** When the next warning is due; null where all have been given. */
  warnAt: instant('warn_at'),
  /** Until when the warnings are snoozed; null where they are not. */
  snoozedUntil: instant('snoozed_until'),
  /** Who acknowledged the present deadline, and when. */
  acknowledgedBy: text('acknowledged_by'),
  acknowledgedAt: instant('acknowledged_at'),
  /** When the escalation is due, unless somebody acknowledges before; null where it was sent or is switched off. */
  escalateAt: instant('escalate_at'),
  /** When the present deadline was escalated; null where it was not. */
  escalatedAt: instant('escalated_at'),
  /** Of a failing connection: when the space is notified; null where it was. */
  failingWarnAt: instant('failing_warn_at'),
  /** Of a lost or expired connection: when the space was notified, or reminded, last. */
  lostNotifiedAt: instant('lost_told_at'),
  /** When the next probe is due. Whoever claims the probe moves this first. */
  probeDueAt: instant('probe_due_at').notNull().default(sql`now()`),
  /** When the last probe was answered. */
  probedAt: instant('probed_at'),
  /** What that probe found wrong, and what got no answer; empty where all is well. */
  findings: jsonb('findings').$type<ProbeNote[]>().notNull().default([]),
  /** The needed scopes that this grant lacks and that the space was notified of. */
  notifiedMissingScopes: text('told_missing_scopes').array().notNull().default([]),
});

/** The connection of an organization; at most one each. */
export const connections = pgTable(
  'connections',
  {
    organizationId: uuid('organization_id')
      .primaryKey()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** The node of its organization. Kept by triggers on both tables, so that what stands at a node is counted by an index; null only while it is inserted. */
    customerId: uuid('organization_customer_id'),
    ...connectionColumns(),
  },
  (table) => [
    // By organization too: many can be due at the same instant, and the next page starts behind the last one read.
    index('connections_refresh_due').on(table.refreshDueAt, table.organizationId).where(sql`${table.state} <> 'lost'`),
    index('connections_warn').on(table.warnAt).where(sql`${table.state} <> 'lost'`),
    index('connections_escalate').on(table.escalateAt).where(sql`${table.state} <> 'lost'`),
    index('connections_failing_warn').on(table.failingWarnAt).where(sql`${table.state} = 'failing'`),
    index('connections_lost').on(table.organizationId).where(sql`${table.state} = 'lost'`),
    index('connections_refused').on(table.refusedAt).where(sql`${table.refusedAt} is not null`),
    index('connections_probe_due').on(table.probeDueAt).where(sql`${table.state} <> 'lost'`),
    index('connections_deadline').on(table.refreshTokenExpiresAt),
    index('connections_urgency').on(sql`(${table.state} <> 'lost')`, table.refreshTokenExpiresAt, table.organizationId),
    // What is counted at a node, or at all, is counted along one of these. Each holds all that a count asks for, so that no connection is read.
    index('connections_ahead')
      .on(table.refreshTokenExpiresAt, table.organizationId)
      .where(sql`${table.state} <> 'lost'`),
    index('connections_failing')
      .on(table.refreshTokenExpiresAt, table.organizationId)
      .where(sql`${table.state} = 'failing'`),
    index('connections_ahead_of_customer')
      .on(table.customerId, table.refreshTokenExpiresAt)
      .where(sql`${table.state} <> 'lost'`),
    index('connections_failing_of_customer')
      .on(table.customerId, table.refreshTokenExpiresAt)
      .where(sql`${table.state} = 'failing'`),
    index('connections_lost_of_customer').on(table.customerId).where(sql`${table.state} = 'lost'`),
    index('connections_person').on(table.authorizedPersonId),
    index('connections_via')
      .on(table.viaOrganizationId, table.organizationId)
      .where(sql`${table.viaOrganizationId} is not null`),
    index('connections_of_own_app')
      .on(table.organizationId)
      .where(sql`${table.way} = 'service_app' and ${table.appClientId} is null`),
    index('connections_giver').on(sql`lower(${table.authorizedEmail})`),
  ],
);

/** How many connections hang on each person's consent. Kept by triggers on connections: nobody reads all of those to find on whom the most do. */
export const grantCounts = pgTable(
  'grant_counts',
  {
    /** The e-mail of whoever consented, in lower case. */
    email: text('email').primaryKey(),
    connections: integer('connections').notNull(),
  },
  (table) => [index('grant_counts_most').on(table.connections.desc(), table.email)],
);

/** Why a connection was taken out of use. */
export const WITHDRAWALS = ['deleted', 'disconnected'] as const;

/**
 * Connections that were taken out of use, with their tokens as they were sealed for the table of connections. No schedule reads this table: the tokens are
 * used once more, to revoke the grant at Webex.
 */
export const withdrawnConnections = pgTable(
  'withdrawn_connections',
  {
    id: uuid('id').primaryKey(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** With its organization, which an undo brings back with it; or by `disconnect`. */
    why: text('why', { enum: WITHDRAWALS }).notNull(),
    withdrawnBy: text('withdrawn_by').notNull(),
    withdrawnAt: instant('withdrawn_at').notNull(),
    /** The space that reads what became of the grant. */
    noticeRoomId: text('notice_room_id').notNull(),
    ...connectionColumns(),
  },
  (table) => [
    index('withdrawn_connections_organization').on(table.organizationId),
    index('withdrawn_connections_person').on(table.authorizedPersonId),
  ],
);

/** The journal of refreshes: it explains every deadline. */
export const refreshes = pgTable(
  'refreshes',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    at: instant('at').notNull(),
    /** Why it was made. */
    reason: text('reason', { enum: REFRESH_REASONS }).notNull(),
    /** The transaction that it was a try of. */
    transactionId: bigint('transaction_id', { mode: 'number' }),
    outcome: text('outcome', { enum: REFRESH_OUTCOMES }).notNull(),
    /** The refresh token's deadline before and after. */
    oldDeadlineAt: instant('old_deadline_at').notNull(),
    newDeadlineAt: instant('new_deadline_at').notNull(),
    accessTokenExpiresAt: instant('access_token_expires_at').notNull(),
    /** The beginning of the SHA-256 of the tokens, by which two entries can be compared; never the tokens. */
    accessTokenFingerprint: text('access_token_fingerprint').notNull(),
    refreshTokenFingerprint: text('refresh_token_fingerprint').notNull(),
    /** Webex's code and tracking id where it failed. */
    code: text('code'),
    trackingId: text('tracking_id'),
  },
  (table) => [
    index('refreshes_organization').on(table.organizationId, table.id),
    index('refreshes_transaction').on(table.transactionId),
    index('refreshes_at').on(table.at),
  ],
);

/** One-time connect links. Of the link's token and the OAuth state only the SHA-256 is stored. */
export const connectLinks = pgTable(
  'connect_links',
  {
    id: uuid('id').primaryKey(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    tokenHash: text('token_hash').notNull(),
    stateHash: text('state_hash').notNull(),
    /** What it leads to. */
    purpose: text('purpose', { enum: LINK_PURPOSES }).notNull().default('consent'),
    /** PKCE code verifier, sealed; erased when the link is redeemed. Null where it leads to the page for tokens. */
    codeVerifier: text('code_verifier'),
    /** Why the tokens that were entered last came to nothing: a code. Of what was entered nothing is kept. */
    refusal: text('refusal'),
    scopes: text('scopes').array().notNull(),
    askedBy: text('asked_by').notNull(),
    roomId: text('room_id').notNull(),
    parentMessageId: text('parent_message_id'),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    redeemedAt: instant('taken_at'),
    /** How often it was redeemed. A code that Webex refuses gives the link back, a few times. */
    redemptions: integer('redemptions').notNull().default(0),
    /** The transaction that began when it was last redeemed. */
    transactionId: bigint('transaction_id', { mode: 'number' }),
    /** When it was revoked, or another link connected the organization. */
    endedAt: instant('ended_at'),
  },
  (table) => [
    uniqueIndex('connect_links_token_hash').on(table.tokenHash),
    uniqueIndex('connect_links_state_hash').on(table.stateHash),
    index('connect_links_organization').on(table.organizationId),
    index('connect_links_transaction').on(table.transactionId),
  ],
);
