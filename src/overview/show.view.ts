// What `show` answers: one organization's record, its connection, what was synced, and its last transaction.

import { button, emphasized } from '../chat/buttons.ts';
import { type Fact, fact, shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message, section } from '../chat/message.ts';
import {
  type CareView,
  type ConnectionView,
  connectionInShort,
  connectionMark,
  connectVerb,
  deadlineFacts,
  grantorWords,
  isAlive,
} from '../connections/connection-words.ts';
import { troublesIn, unansweredIn } from '../connections/probe/findings.ts';
import { findingHint, findingWords, unansweredWords } from '../connections/probe/findings.view.ts';
import { describeScope, missingScopes, neededScopes } from '../connections/scopes.ts';
import type { syncs } from '../directory/directory.schema.ts';
import { counted, shorten } from '../lib/text.ts';
import { deadlineWords, instantWords, nextDeadlineWords, sinceDeadlineWords, sinceWords } from '../lib/time-words.ts';
import { fieldWords, ORGANIZATION_FIELDS } from '../organizations/organization-fields.ts';
import type { organizations } from '../organizations/organizations.schema.ts';
import { statusWords } from '../transactions/transaction-words.ts';
import type { transactions } from '../transactions/transactions.schema.ts';

/** The record as people see it: of the sealed proxies, only whether they are set. */
export type OrganizationView = Omit<
  typeof organizations.$inferSelect,
  'searchName' | 'account_number' | 'customerId' | 'roomId' | 'createdBy' | 'createdAt' | 'updatedAt'
>;

export type SyncView = Pick<typeof syncs.$inferSelect, 'kind' | 'total' | 'syncedAt'>;

export type LastTransactionView = Pick<
  typeof transactions.$inferSelect,
  'id' | 'action' | 'status' | 'message' | 'submittedAt'
>;

/** A connection with the scopes that Webex granted, and the time of its last check. */
export type GrantView = ConnectionView &
  CareView & { readonly scopes: readonly string[]; readonly probedAt: Date | null };

const VALUE_MAX_CHARACTERS = 120;
const NOTES_MAX_CHARACTERS = 400;

/** The record, its connection with both deadlines, what was synced when, and the last transaction. */
export function organizationMessage(view: {
  readonly organization: OrganizationView;
  readonly connection: GrantView | null;
  /** How many other organizations the same person authorized. */
  readonly othersOfGrantor: number;
  readonly syncs: readonly SyncView[];
  readonly lastTransaction: LastTransactionView | null;
  readonly now: Date;
}): CardMessage {
  const { organization, connection, othersOfGrantor, now } = view;
  const about = { organization_id: organization.id };
  const verb = connectVerb(connection);
  const syncOf = (kind: SyncView['kind']) => view.syncs.find((sync) => sync.kind === kind);
  const connect = button(verb, 'connect', about);
  return message({
    title: shownName(organization.name),
    blocks: [
      section(`${connectionMark(connection, now)} ${connectionInShort(connection, now)}`, [
        ...connectionFacts(connection, othersOfGrantor, now),
        ...checkFacts(organization, connection, now),
        ...scopeFacts(organization, connection),
        syncFact('Roles', syncOf('roles'), now),
        syncFact('Licenses', syncOf('licenses'), now),
        fact('Last transaction', lastWords(view.lastTransaction, now)),
      ]),
      section('Record', recordFacts(organization)),
    ],
    buttons: [
      connection !== null && isAlive(connection, now) ? connect : emphasized(connect),
      button('Edit', 'edit', about),
      othersOfGrantor === 0 ? null : button('All of this person', 'admins', { grantor_of: organization.id }),
      button('List organizations', 'list'),
    ],
    typed: md`Type **connect** with its name for a link that ${verb.toLowerCase()}s it, **edit** to change its record.`,
  });
}

function connectionFacts(connection: GrantView | null, othersOfGrantor: number, now: Date): (Fact | null)[] {
  if (connection === null)
    return [{ title: 'Connection', value: 'None yet: an administrator must open a connect link.' }];
  const { acknowledgedBy, acknowledgedAt, snoozedUntil } = connection;
  const since = acknowledgedAt === null ? '' : `, ${instantWords(acknowledgedAt)}`;
  const isSnoozed = snoozedUntil !== null && snoozedUntil > now;
  return [
    ...deadlineFacts(connection, now),
    {
      title: 'Next refresh',
      value: connection.state === 'lost' ? 'None: connect it again' : nextDeadlineWords(connection.refreshDueAt, now),
    },
    { title: 'Authorized by', value: `${grantorWords(connection)}${othersWords(othersOfGrantor)}` },
    { title: 'Connected', value: instantWords(connection.connectedAt) },
    fact('Acknowledged by', acknowledgedBy === null ? null : `${shownName(acknowledgedBy)}${since}`),
    fact('Snoozed until', isSnoozed ? deadlineWords(snoozedUntil, now) : null),
  ];
}

const othersWords = (count: number): string =>
  count === 0 ? '' : `, who also authorized ${counted(count, 'other organization')}`;

/** When the connection was last checked, and what Webex refused then. */
function checkFacts(organization: OrganizationView, connection: GrantView | null, now: Date): Fact[] {
  if (connection === null || connection.state === 'lost') return [];
  const { probedAt } = connection;
  if (probedAt === null) return [{ title: 'Last check', value: 'None yet' }];
  const findings = troublesIn(connection.findings);
  const unanswered = unansweredIn(connection.findings);
  const works = unanswered.length === 0 ? 'everything works' : 'what answered works';
  const result = findings.length === 0 ? works : 'not everything works';
  return [
    { title: 'Last check', value: `${sinceDeadlineWords(probedAt, now)}: ${result}` },
    ...findings.map((finding) => ({
      title: '⚠️ Does not work',
      value: shorten(`${findingWords(finding, organization)}. ${findingHint(finding)}`, NOTES_MAX_CHARACTERS),
    })),
    ...unanswered.map((one) => ({ title: 'Not known', value: unansweredWords(one) })),
  ];
}

/** Scopes that the record needs and the grant lacks, and the other way round. Nothing where Webex did not say what it granted. */
function scopeFacts(organization: OrganizationView, connection: GrantView | null): (Fact | null)[] {
  if (connection === null || connection.scopes.length === 0) return [];
  const needed = neededScopes(organization);
  const missing = missingScopes(connection.scopes, needed).map(describeScope).join('; to ');
  const superfluous = missingScopes(needed, connection.scopes).join(', ');
  const lacking = `To ${missing}. A full administrator must reconnect to permit it.`;
  return [
    fact('⚠️ Not permitted', missing && shorten(lacking, NOTES_MAX_CHARACTERS)),
    fact('Permitted, not needed', shorten(superfluous, NOTES_MAX_CHARACTERS)),
  ];
}

function syncFact(title: string, sync: SyncView | undefined, now: Date): Fact {
  const value = sync === undefined ? 'Not synced yet' : `${sync.total}, synced ${sinceWords(sync.syncedAt, now)}`;
  return { title, value };
}

function lastWords(last: LastTransactionView | null, now: Date): string | null {
  if (last === null) return null;
  const message = last.message === null ? '' : `: ${shorten(last.message, VALUE_MAX_CHARACTERS)}`;
  return `${last.id}, ${sinceDeadlineWords(last.submittedAt, now)}, ${statusWords[last.status]}${message}`;
}

/** What is set, under the labels of the form; the Webex number and the toggles always. */
function recordFacts(organization: OrganizationView): (Fact | null)[] {
  return ORGANIZATION_FIELDS.map(({ name, label, kind }) => {
    const value = organization[name];
    if (name === 'name' || value === null) return null;
    const max = kind === 'notes' ? NOTES_MAX_CHARACTERS : VALUE_MAX_CHARACTERS;
    return { title: label, value: shorten(fieldWords(name, value), max) };
  });
}
