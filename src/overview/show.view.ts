// What `show` answers: one organization's whole record in sections, its connection, and buttons for what is likely next.

import { type Button, button, emphasized } from '../chat/buttons.ts';
import { type Fact, fact, shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { connectionInShort, connectionMark, connectVerb, isAlive } from '../connections/connection-words.ts';
import { servedWords } from '../connections/named-connections.view.ts';
import type { SettingsOfScopes } from '../connections/scopes.ts';
import { rulesOfWay } from '../connections/ways/ways.ts';
import type { syncs } from '../directory/directory.schema.ts';
import { directoryKinds } from '../directory/kinds.ts';
import { isOf } from '../directory/sync/sync-rules.ts';
import { shorten } from '../lib/text.ts';
import { sinceDeadlineWords, sinceWords } from '../lib/time-words.ts';
import { statusWords } from '../transactions/transaction-words.ts';
import type { transactions } from '../transactions/transactions.schema.ts';
import { attentionFacts, type GrantView, tokensSection } from './show-connection.view.ts';
import {
  accountBlock,
  callingSection,
  type NotifiedView,
  noteBlock,
  notSetFact,
  type OrganizationView,
  proxySection,
  servicesSection,
  syncSection,
} from './show-record.view.ts';

export type SyncView = Pick<typeof syncs.$inferSelect, 'kind' | 'total' | 'syncedAt'>;

export type LastTransactionView = Pick<
  typeof transactions.$inferSelect,
  'id' | 'action' | 'status' | 'message' | 'submittedAt'
>;

const WHY_MAX_CHARACTERS = 120;

interface ShowView {
  readonly organization: OrganizationView;
  /** The settings that count for it. */
  readonly settings: SettingsOfScopes;
  /** The names of the nodes above it, from above down. */
  readonly customer: readonly string[];
  /** The space that is notified of it. */
  readonly notified: NotifiedView | undefined;
  readonly labels: readonly string[];
  readonly connection: GrantView | null;
  /** How many other organizations the same person authorized. */
  readonly othersOfGrantor: number;
  /** How many organizations hang on its grant, of a partner or of the service app's owner. */
  readonly onGrant?: { readonly served: number; readonly heldByApp: number } | undefined;
  readonly syncs: readonly SyncView[];
  readonly lastTransaction: LastTransactionView | null;
  /** Whether the reader may change it: the buttons for that are there. */
  readonly mayChange: boolean;
  readonly now: Date;
}

/** What needs attention first, then the record in sections. */
export function organizationMessage(view: ShowView): CardMessage {
  const { organization, settings, connection, mayChange, now } = view;
  const record = { ...organization, settings };
  return message({
    mark: connectionMark(connection, now),
    title: shownName(organization.name),
    lead: `${connectionInShort(connection, now)}.`,
    texts: [servedWords([{ name: organization.name, ...view.onGrant }])],
    facts: attentionFacts(record, connection, now),
    blocks: [
      accountBlock(organization, view),
      callingSection(organization),
      tokensSection(record, view),
      servicesSection(organization),
      syncSection(
        organization,
        directoryKinds.filter((one) => isOf(one, organization)).map(({ kind, title }) => syncFact(title, view, kind)),
      ),
      proxySection(organization),
      noteBlock(organization),
      {
        kind: 'facts',
        facts: [notSetFact(organization), fact('Last transaction', lastWords(view.lastTransaction, now))].filter(
          (one) => one !== null,
        ),
      },
    ],
    buttons: [...(mayChange ? changeButtons(view) : []), ...relatedButtons(view)],
    typed: mayChange
      ? md`Type **connect** with its name for a link that ${connectVerb(connection).toLowerCase()}s it, **edit** to change its record.`
      : undefined,
  });
}

/** What is likely next, the most likely first. */
function changeButtons({ organization, connection, now }: ShowView): Button[] {
  const about = { organization_id: organization.id };
  const connect = button(connectVerb(connection), 'connect', about);
  const edit = button('Edit', 'edit', about);
  if (connection === null || !isAlive(connection, now)) return [emphasized(connect), edit];
  const sync = button('Sync', 'sync', about);
  if (!rulesOfWay(connection.way).hasTokens) return [connect, edit, sync];
  const refresh = button('Refresh', 'refresh', about);
  return [connection.state === 'failing' ? emphasized(refresh) : refresh, connect, edit, sync];
}

/** The lists that go with it, and the way out at the end. */
function relatedButtons({ organization, othersOfGrantor, syncs, mayChange }: ShowView): (Button | null)[] {
  const about = { organization_id: organization.id };
  const hasRead = (sought: string) => syncs.some(({ kind }) => kind === sought);
  return [
    button('Transactions', 'transactions', about),
    button('Schedules', 'schedules', about),
    button('Changes', 'changes', about),
    button('Audit', 'audit', about),
    ...directoryKinds
      .filter((kind) => isOf(kind, organization) && (kind.feature !== undefined || hasRead(kind.kind)))
      .map(({ title, shownBy }) => button(title, shownBy, about)),
    hasRead('locations') ? button('Sites', 'sites', about) : null,
    mayChange && organization.default_calling_behaviour !== null ? button('Calling behaviour', 'calling', about) : null,
    organization.email_domain === null ? null : button('Workspaces', 'workspaces', about),
    othersOfGrantor === 0 ? null : button('All of this person', 'admins', { grantor_of: organization.id }),
    mayChange ? button('Delete', 'delete', about) : null,
  ];
}

function syncFact(title: string, { syncs: all, now }: ShowView, kind: SyncView['kind']): Fact {
  const sync = all.find((one) => one.kind === kind);
  const value = sync === undefined ? 'Not synced yet' : `${sync.total}, synced ${sinceWords(sync.syncedAt, now)}`;
  return { title, value };
}

function lastWords(last: LastTransactionView | null, now: Date): string | null {
  if (last === null) return null;
  const why = last.message === null ? '' : `: ${shorten(last.message, WHY_MAX_CHARACTERS)}`;
  return `${last.id}, ${sinceDeadlineWords(last.submittedAt, now)}, ${statusWords[last.status]}${why}`;
}
