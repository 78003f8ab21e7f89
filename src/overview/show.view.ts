// What `show` answers: one organization's record, its connection, what was synced, and its last transaction.

import { actionSets, emphasized, submitButton } from '../chat/buttons.ts';
import { reply } from '../chat/compose.ts';
import { type Fact, factLines, shownName } from '../chat/facts.ts';
import { lines, md, paragraphs } from '../chat/markdown.ts';
import { renderCard } from '../chat/render.ts';
import type { Reply } from '../chat/reply.ts';
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
import { deadlineWords, distanceWords, instantWords } from '../lib/time-words.ts';
import { fieldWords, ORGANIZATION_FIELDS } from '../organizations/organization-fields.ts';
import type { organizations } from '../organizations/organizations.schema.ts';
import { statusWords } from '../transactions/transaction-words.ts';
import type { transactions } from '../transactions/transactions.schema.ts';

/** The record as people see it: of the sealed proxies, only whether they are set. */
export type OrganizationView = Omit<
  typeof organizations.$inferSelect,
  'account_number' | 'roomId' | 'createdBy' | 'createdAt' | 'updatedAt'
>;

export type SyncView = Pick<typeof syncs.$inferSelect, 'kind' | 'total' | 'syncedAt'>;

export type LastTransactionView = Pick<
  typeof transactions.$inferSelect,
  'id' | 'action' | 'status' | 'message' | 'submittedAt'
>;

/** A connection with the scopes that Webex granted, and when Webex last gave a proof of life. */
export type GrantView = ConnectionView &
  CareView & { readonly scopes: readonly string[]; readonly probedAt: Date | null };

interface Section {
  readonly title: string;
  readonly facts: readonly Fact[];
}

const VALUE_MAX_CHARACTERS = 120;
const NOTES_MAX_CHARACTERS = 400;

/** The record, its connection with both deadlines, what was synced when, and the last transaction. */
export function organizationReply(view: {
  readonly organization: OrganizationView;
  readonly connection: GrantView | null;
  /** How many other organizations hang on the grants of the same person. */
  readonly othersOfGrantor: number;
  readonly syncs: readonly SyncView[];
  readonly lastTransaction: LastTransactionView | null;
  readonly now: Date;
}): Reply {
  const { organization, connection, othersOfGrantor, now } = view;
  const title = shownName(organization.name);
  const sections: Section[] = [
    {
      title: `${connectionMark(connection, now)} ${connectionInShort(connection, now)}`,
      facts: [
        ...connectionFacts(connection, othersOfGrantor, now),
        ...proofFacts(organization, connection, now),
        ...scopeFacts(organization, connection),
        ...syncFacts(view.syncs, now),
        ...lastFacts(view.lastTransaction, now),
      ],
    },
    { title: 'Record', facts: recordFacts(organization) },
  ];
  const verb = connectVerb(connection);
  const connect = submitButton(verb, { action: 'connect', organization_id: organization.id });
  return reply(
    paragraphs([
      md`**${title}**`,
      ...sections.map((section) => lines([md`**${section.title}**`, factLines(section.facts)])),
      md`Type **connect** with its name for a link that ${verb.toLowerCase()}s it, **edit** to change its record.`,
    ]),
    renderCard('organization', {
      title,
      color: 'default',
      sections,
      actionSets: actionSets([
        connection !== null && isAlive(connection, now) ? connect : emphasized(connect),
        submitButton('Edit', { action: 'edit', organization_id: organization.id }),
        ...(othersOfGrantor === 0
          ? []
          : [submitButton('All of this person', { action: 'admins', grantor_of: organization.id })]),
        submitButton('List organizations', { action: 'list' }),
      ]),
    }),
  );
}

function connectionFacts(connection: GrantView | null, othersOfGrantor: number, now: Date): Fact[] {
  if (connection === null) return [{ title: 'Connection', value: 'An administrator has yet to open a connect link.' }];
  return [
    ...deadlineFacts(connection, now),
    {
      title: 'Next refresh',
      value: connection.state === 'lost' ? 'None: connect it again' : deadlineWords(connection.refreshDueAt, now),
    },
    { title: 'Connected by', value: `${grantorWords(connection)}${othersWords(othersOfGrantor)}` },
    { title: 'Connected', value: instantWords(connection.connectedAt) },
    ...careFacts(connection, now),
  ];
}

function careFacts({ acknowledgedBy, acknowledgedAt, snoozedUntil }: CareView, now: Date): Fact[] {
  const since = acknowledgedAt === null ? '' : `, since ${instantWords(acknowledgedAt)}`;
  return [
    ...(acknowledgedBy === null ? [] : [{ title: 'Taken care of by', value: `${shownName(acknowledgedBy)}${since}` }]),
    ...(snoozedUntil === null || snoozedUntil <= now
      ? []
      : [{ title: 'Warnings put off until', value: deadlineWords(snoozedUntil, now) }]),
  ];
}

const othersWords = (count: number): string =>
  count === 0 ? '' : `, on whom ${counted(count, 'other organization')} ${count === 1 ? 'hangs' : 'hang'} too`;

/** When Webex last showed that the grant lives, and what it refused then. */
function proofFacts(organization: OrganizationView, connection: GrantView | null, now: Date): Fact[] {
  if (connection === null || connection.state === 'lost') return [];
  const { probedAt } = connection;
  if (probedAt === null) return [{ title: 'Last proof of life', value: 'None yet' }];
  const findings = troublesIn(connection.findings);
  const unanswered = unansweredIn(connection.findings);
  const works = unanswered.length === 0 ? 'everything works' : 'what answered works';
  const result = findings.length === 0 ? works : 'not everything works';
  return [
    { title: 'Last proof of life', value: `${deadlineWords(probedAt, now)}: ${result}` },
    ...findings.map((finding) => ({
      title: '⚠️ Does not work',
      value: shorten(`${findingWords(finding, organization)}. ${findingHint(finding)}`, NOTES_MAX_CHARACTERS),
    })),
    ...unanswered.map((one) => ({ title: 'Not known', value: unansweredWords(one) })),
  ];
}

/** What the grant allows, against what the record needs: said only where they differ, and where Webex told what it granted. */
function scopeFacts(organization: OrganizationView, connection: GrantView | null): Fact[] {
  if (connection === null || connection.scopes.length === 0) return [];
  const needed = neededScopes(organization);
  const missing = missingScopes(connection.scopes, needed);
  const superfluous = missingScopes(needed, connection.scopes);
  return [
    ...(missing.length === 0
      ? []
      : [
          {
            title: '⚠️ Not permitted',
            value: `To ${missing.map(describeScope).join('; to ')}. A full administrator must reconnect to permit it.`,
          },
        ]),
    ...(superfluous.length === 0 ? [] : [{ title: 'Permitted, not needed', value: superfluous.join(', ') }]),
  ].map(({ title, value }) => ({ title, value: shorten(value, NOTES_MAX_CHARACTERS) }));
}

function syncFacts(all: readonly SyncView[], now: Date): Fact[] {
  return (['roles', 'licenses'] as const).map((kind) => {
    const sync = all.find((candidate) => candidate.kind === kind);
    return {
      title: kind === 'roles' ? 'Roles' : 'Licenses',
      value: sync === undefined ? 'Not synced yet' : `${sync.total}, synced ${distanceWords(sync.syncedAt, now)}`,
    };
  });
}

function lastFacts(last: LastTransactionView | null, now: Date): Fact[] {
  if (last === null) return [];
  const message = last.message === null ? '' : `: ${shorten(last.message, VALUE_MAX_CHARACTERS)}`;
  const status = `${statusWords[last.status]}${message}`;
  return [{ title: 'Last transaction', value: `${last.id}, ${deadlineWords(last.submittedAt, now)}, ${status}` }];
}

/** What is set, under the labels of the form; the Webex number and the toggles always. */
function recordFacts(organization: OrganizationView): Fact[] {
  return ORGANIZATION_FIELDS.flatMap(({ name, label, kind }) => {
    const value = organization[name];
    if (name === 'name' || value === null) return [];
    const max = kind === 'notes' ? NOTES_MAX_CHARACTERS : VALUE_MAX_CHARACTERS;
    return [{ title: label, value: shorten(fieldWords(name, value), max) }];
  });
}
