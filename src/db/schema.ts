// Every table, once: rows, queries and migrations are derived from here. Times are timestamptz; sealed columns hold only what db/seal made.

import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { ProbeNote } from '../connections/probe/findings.ts';
import type { OwnSettings } from '../settings/settings.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/**
 * The record of a customer's Webex organization. Columns that a person fills in carry the field names of the record that
 * the form, the export and the import share, in TypeScript too, so that no mapping stands between them.
 */
export const organizations = pgTable(
  'organizations',
  {
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    wholesale_status: boolean('wholesale_status').notNull(),
    webex_contact_center: boolean('webex_contact_center').notNull(),
    base_url_setting: text('base_url_setting'),
    /** The UUID that Control Hub shows, lower case; organizations are compared by it alone. */
    account_number_external: uuid('account_number_external').notNull(),
    /** The same organization as the API's base64 id. */
    account_number: text('account_number').notNull(),
    account_email: text('account_email'),
    default_calling_behaviour: text('default_calling_behaviour'),
    email_domain: text('email_domain'),
    dirsync_enabled: boolean('dirsync_enabled').notNull(),
    notes: text('notes'),
    /** Sealed. */
    http_proxy: text('http_proxy'),
    /** Sealed. */
    https_proxy: text('https_proxy'),
    sync: boolean('sync').notNull(),
    /** The space that is told what happens to it: where it was added, or connected last. */
    roomId: text('room_id').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    uniqueIndex('organizations_account_number_external').on(table.account_number_external),
    index('organizations_room').on(table.roomId),
    index('organizations_name').on(sql`lower(${table.name})`, table.id),
  ],
);

/** The grant that an administrator gave for an organization; at most one each. */
export const connections = pgTable(
  'connections',
  {
    organizationId: uuid('organization_id')
      .primaryKey()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** Sealed. */
    accessToken: text('access_token').notNull(),
    /** Sealed. */
    refreshToken: text('refresh_token').notNull(),
    accessTokenExpiresAt: instant('access_token_expires_at').notNull(),
    refreshTokenExpiresAt: instant('refresh_token_expires_at').notNull(),
    obtainedAt: instant('obtained_at').notNull(),
    scopes: text('scopes').array().notNull(),
    /** Who gave the grant, as Webex's people/me said. */
    authorizedPersonId: text('authorized_person_id').notNull(),
    authorizedEmail: text('authorized_email').notNull(),
    /** True where a partner's administrator, not one of the organization itself, gave it. */
    byPartner: boolean('by_partner').notNull(),
    connectedAt: instant('connected_at').notNull(),
    /** `failing`: Webex could not be asked; it is tried again. `lost`: Webex refused the grant, and a person must connect again. */
    state: text('state', { enum: ['connected', 'failing', 'lost'] })
      .notNull()
      .default('connected'),
    /** Why it is failing or lost, as a code. */
    stateReason: text('state_reason'),
    /** Refreshes that failed in a row. */
    failures: integer('failures').notNull().default(0),
    /** When to refresh, or to try again. */
    refreshDueAt: instant('refresh_due_at').notNull(),
    /** Whoever refreshes it holds it until then. */
    refreshLeasedUntil: instant('refresh_held_until'),
    /** The lowest threshold, in days, that the space was warned of for the present deadline. */
    warnedDays: integer('warned_days'),
    /** When the next warning is due; null where all have been given. */
    warnAt: instant('warn_at'),
    /** Until when somebody put the warnings off; null where nobody did. */
    snoozedUntil: instant('snoozed_until'),
    /** Who said that they take care of the present deadline, and when. */
    acknowledgedBy: text('acknowledged_by'),
    acknowledgedAt: instant('acknowledged_at'),
    /** When the provider's administrators are told, unless somebody takes care by then; null where that is done or switched off. */
    escalateAt: instant('escalate_at'),
    /** Of a failing connection: when the space is told that its access token comes to its end; null where that is told. */
    failingWarnAt: instant('failing_warn_at'),
    /** Of a lost connection: when the space was told. */
    lostNotifiedAt: instant('lost_told_at'),
    /** When Webex is to be asked for a sign of life next; whoever asks moves it first, so that nobody else does. */
    probeDueAt: instant('probe_due_at').notNull().default(sql`now()`),
    /** When Webex last took the grant, as far as it answered for more than that. */
    probedAt: instant('probed_at'),
    /** What that found wrong, and what it brought no answer for; empty where all is well. */
    findings: jsonb('findings').$type<ProbeNote[]>().notNull().default([]),
    /** The needed scopes that this grant lacks, as far as the space was told of them. */
    notifiedMissingScopes: text('told_missing_scopes').array().notNull().default([]),
  },
  (table) => [
    // By organization too: a look goes on behind the last one of many that are due at the same instant.
    index('connections_refresh_due').on(table.refreshDueAt, table.organizationId).where(sql`${table.state} <> 'lost'`),
    index('connections_warn').on(table.warnAt).where(sql`${table.state} <> 'lost'`),
    index('connections_escalate').on(table.escalateAt).where(sql`${table.state} <> 'lost'`),
    index('connections_failing_warn').on(table.failingWarnAt).where(sql`${table.state} = 'failing'`),
    index('connections_lost').on(table.organizationId).where(sql`${table.state} = 'lost'`),
    index('connections_probe_due').on(table.probeDueAt).where(sql`${table.state} <> 'lost'`),
    index('connections_deadline').on(table.refreshTokenExpiresAt),
    index('connections_person').on(table.authorizedPersonId),
    index('connections_giver').on(sql`lower(${table.authorizedEmail})`),
  ],
);

/** What became of each refresh: the journal by which a deadline can be explained. */
export const refreshes = pgTable(
  'refreshes',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    at: instant('at').notNull(),
    /** Why it was made. */
    reason: text('reason', { enum: ['due', 'asked', 'probed'] }).notNull(),
    /** The transaction that it was a try of. */
    transactionId: bigint('transaction_id', { mode: 'number' }),
    outcome: text('outcome', {
      enum: [
        'renewed',
        'not_renewed',
        'shortened',
        'same_token',
        'refused',
        'unavailable',
        'misconfigured',
        'odd_refusal',
      ],
    }).notNull(),
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

/** One-time ways to give a grant. Neither the link's token nor the OAuth state stands here, only their SHA-256. */
export const connectLinks = pgTable(
  'connect_links',
  {
    id: uuid('id').primaryKey(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    tokenHash: text('token_hash').notNull(),
    stateHash: text('state_hash').notNull(),
    /** PKCE code verifier, sealed; erased when the link is taken. */
    codeVerifier: text('code_verifier'),
    scopes: text('scopes').array().notNull(),
    askedBy: text('asked_by').notNull(),
    roomId: text('room_id').notNull(),
    parentMessageId: text('parent_message_id'),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    redeemedAt: instant('taken_at'),
  },
  (table) => [
    uniqueIndex('connect_links_token_hash').on(table.tokenHash),
    uniqueIndex('connect_links_state_hash').on(table.stateHash),
    index('connect_links_organization').on(table.organizationId),
  ],
);

/** A workflow with steps, progress and a result. Outlives its organization, whose name it keeps. */
export const transactions = pgTable(
  'transactions',
  {
    /** Also the number that people type: `transaction 12`. */
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    action: text('action', { enum: ['connect', 'refresh'] }).notNull(),
    organizationId: uuid('organization_id').references(() => organizations.id, { onDelete: 'set null' }),
    organizationName: text('organization_name').notNull(),
    requestedBy: text('requested_by').notNull(),
    roomId: text('room_id').notNull(),
    parentMessageId: text('parent_message_id'),
    status: text('status', { enum: ['queued', 'in_progress', 'success', 'fail'] }).notNull(),
    /** Why it failed, as a code; `message` says it in words. */
    reason: text('reason'),
    message: text('message'),
    /** What a person can do about a failure. */
    hint: text('cure'),
    /** What the steps hand on to each other, sealed (an authorization code, then a grant); erased when the transaction ends. */
    pending: text('pending'),
    /** How often the message that shows the progress was edited, and the SHA-256 of its text: the text holds the page's secret link. */
    progressEdits: integer('progress_edits').notNull().default(0),
    progressTextHash: text('progress_text_hash'),
    /** Until when somebody is editing that message. */
    progressLeasedUntil: instant('progress_held_until'),
    /** Who asked for its end before its last step, and when. */
    cancelRequestedBy: text('cancel_requested_by'),
    cancelRequestedAt: instant('cancel_requested_at'),
    /** The transaction that this one runs again. */
    replayOf: bigint('replay_of', { mode: 'number' }),
    submittedAt: instant('submitted_at').notNull(),
    startedAt: instant('started_at'),
    completedAt: instant('completed_at'),
  },
  (table) => [
    index('transactions_organization').on(table.organizationId, table.id),
    index('transactions_open').on(table.id).where(sql`${table.completedAt} is null`),
    index('transactions_failed').on(table.id).where(sql`${table.status} = 'fail'`),
    // One refresh of an organization is one transaction, however many tries it takes.
    uniqueIndex('transactions_open_refresh')
      .on(table.organizationId)
      .where(sql`${table.action} = 'refresh' and ${table.completedAt} is null`),
  ],
);

/** What happened to a transaction beside its steps: tries that failed, a wish to end it, a process that died. */
export const transactionLog = pgTable(
  'transaction_log',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    transactionId: bigint('transaction_id', { mode: 'number' })
      .notNull()
      .references(() => transactions.id, { onDelete: 'cascade' }),
    at: instant('at').notNull(),
    message: text('message').notNull(),
  },
  (table) => [index('transaction_log_transaction').on(table.transactionId, table.id)],
);

export const transactionSteps = pgTable(
  'transaction_steps',
  {
    transactionId: bigint('transaction_id', { mode: 'number' })
      .notNull()
      .references(() => transactions.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    name: text('name').notNull(),
    /** How often the step was begun: whoever began it last may finish it. */
    attempt: integer('attempt').notNull().default(0),
    status: text('status', { enum: ['waiting', 'running', 'done', 'failed', 'skipped'] }).notNull(),
    message: text('message'),
    startedAt: instant('started_at'),
    completedAt: instant('completed_at'),
  },
  (table) => [primaryKey({ columns: [table.transactionId, table.position] })],
);

export const roles = pgTable(
  'roles',
  {
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    webexId: text('webex_id').notNull(),
    name: text('name').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.webexId] })],
);

export const licenses = pgTable(
  'licenses',
  {
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    webexId: text('webex_id').notNull(),
    name: text('name').notNull(),
    /** As Webex counts: 0 or a negative number can mean "no limit". */
    totalUnits: integer('total_units').notNull(),
    consumedUnits: integer('consumed_units').notNull(),
    consumedByUsers: integer('consumed_by_users'),
    consumedByWorkspaces: integer('consumed_by_workspaces'),
    subscriptionId: text('subscription_id'),
    siteUrl: text('site_url'),
    siteType: text('site_type'),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.webexId] })],
);

/** When each kind of data was last read from Webex, and how much of it there was. */
export const syncs = pgTable(
  'syncs',
  {
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: ['roles', 'licenses'] }).notNull(),
    total: integer('total').notNull(),
    syncedAt: instant('synced_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.kind] })],
);

/** Every webhook event, saved before it is answered with 200, so that each is handled once. */
export const inboxEvents = pgTable(
  'inbox_events',
  {
    /** `resource/event/id of the thing`: the same for a redelivery. */
    id: text('id').primaryKey(),
    resource: text('resource').notNull(),
    event: text('event').notNull(),
    resourceId: text('resource_id').notNull(),
    actorId: text('actor_id'),
    /** Whom the thing belongs to: a message's writer, a membership's member. */
    personId: text('person_id'),
    roomId: text('room_id'),
    receivedAt: instant('received_at').notNull(),
    /** Whoever handles the event holds it until then; past it, anybody may take it over. */
    leasedUntil: instant('held_until').notNull(),
    attempts: integer('attempts').notNull().default(0),
    handledAt: instant('handled_at'),
    outcome: text('outcome'),
  },
  (table) => [
    index('inbox_events_unhandled').on(table.leasedUntil).where(sql`${table.handledAt} is null`),
    index('inbox_events_received').on(table.receivedAt),
  ],
);

/** What we owe a space: a row before it is a message, unique by its key, with the id of the message it became. */
export const notices = pgTable(
  'notices',
  {
    id: uuid('id').primaryKey(),
    key: text('key').notNull(),
    kind: text('kind').notNull(),
    organizationId: uuid('organization_id').references(() => organizations.id, { onDelete: 'set null' }),
    /** The space; null where it is owed to a person. */
    roomId: text('room_id'),
    /** The e-mail of the person whom it is owed to, in the space of that person and the bot alone; null where it is owed to a space. */
    toPersonEmail: text('to_person_email'),
    parentMessageId: text('parent_message_id'),
    /** The message that goes away once this one stands, such as a form that was saved. */
    replacesMessageId: text('replaces_message_id'),
    payload: jsonb('payload').notNull(),
    createdAt: instant('created_at').notNull(),
    /** How often its posting was begun: whoever began it last posts it. */
    attempts: integer('attempts').notNull().default(0),
    /** Where the message may stand although nobody knows its id: since when at the earliest, and the hash of its text. */
    lookupSince: instant('sought_since'),
    lookupHash: text('sought_hash'),
    deliveredAt: instant('delivered_at'),
    messageId: text('message_id'),
    /** Why it will never be delivered, where Webex refused it for good. */
    undeliverable: text('undeliverable'),
  },
  (table) => [
    check('notices_addressee', sql`(${table.roomId} is null) <> (${table.toPersonEmail} is null)`),
    uniqueIndex('notices_key').on(table.key),
    index('notices_organization').on(table.organizationId),
    index('notices_waiting')
      .on(table.createdAt)
      .where(sql`${table.deliveredAt} is null and ${table.undeliverable} is null`),
  ],
);

/** A Webex space that the bot is or was in. */
export const spaces = pgTable('spaces', {
  roomId: text('room_id').primaryKey(),
  type: text('type', { enum: ['direct', 'group'] }).notNull(),
  title: text('title'),
  joinedAt: instant('joined_at').notNull(),
  leftAt: instant('left_at'),
  /** The page of organizations last shown here, and the number of its first: what a typed number means. */
  lastList: jsonb('last_list').$type<{ firstNumber: number; organizationIds: string[] }>(),
  /** The last entry of the journal of refreshes that the space was told of, where it is told of each. */
  notifiedRefreshId: bigint('told_refresh_id', { mode: 'number' }),
  /** Up to when the space's last daily digest reaches. */
  digestedAt: instant('digested_at'),
});

/** What a level of the hierarchy has decided for itself; what is not in `values` it inherits. */
export const settings = pgTable(
  'settings',
  {
    level: text('level', { enum: ['provider', 'space'] }).notNull(),
    /** The space's room id; empty for the provider. */
    subject: text('subject').notNull(),
    values: jsonb('values').$type<OwnSettings>().notNull(),
    updatedBy: text('updated_by').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.level, table.subject] })],
);

/** Facts of which the whole installation has one each, such as what an upgrade has already been told of. */
export const flags = pgTable('flags', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
  setAt: instant('set_at').notNull(),
});

/** Who is behind a person id, so that a card click costs no people look-up. */
export const people = pgTable('people', {
  personId: text('person_id').primaryKey(),
  email: text('email').notNull(),
  displayName: text('display_name'),
  seenAt: instant('seen_at').notNull(),
});
