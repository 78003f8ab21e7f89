// Messages of several connections, from what is true when they are delivered, which may be hours after they were queued.

import type { Message } from '../chat/message.ts';
import type { Named } from '../chat/named.ts';
import type { Addressee } from '../chat/place.ts';
import type { Db } from '../db/database.ts';
import { everything } from '../db/scope.ts';
import type { Clock } from '../lib/clock.ts';
import { deletedMessage } from '../organizations/deleted.view.ts';
import { type Connection, connectionsOf } from './connection.store.ts';
import { type ConnectionSummary, hangingOn, type NamedConnection } from './named-connections.view.ts';
import { countOnGrants } from './ways/on-grants.store.ts';
import { wellAgainMessage } from './well-again.view.ts';

export interface SummaryDeps {
  db: Db;
  clock: Clock;
}

export interface Found extends ConnectionSummary {
  readonly rows: readonly (NamedConnection & { readonly connection: Connection })[];
}

/** Whether the notice still applies to a connection. */
export type IsNews = (connection: Connection, now: Date) => boolean;

/**
 * Leaves out deleted organizations, and those to which the notice no longer applies. Where it applies to none of the named ones, the message says that they are
 * well again.
 */
export async function renderSummary(
  { db, clock }: SummaryDeps,
  { organizationIds, total }: Named,
  isNews: IsNews,
  view: (summary: Found) => Message | Promise<Message>,
): Promise<Message> {
  const now = clock.now();
  const onGrants = await countOnGrants(db, { ids: organizationIds, scope: everything });
  const named = (await connectionsOf(db, organizationIds))
    .map(({ organization, connection }) => ({ ...organization, ...onGrants.get(organization.id), connection }))
    // Those on which most hangs come first.
    .sort((a, b) => hangingOn(b) - hangingOn(a));
  if (named.length === 0) return deletedMessage;
  const rows = named.filter(({ connection }) => isNews(connection, now));
  if (rows.length === 0) {
    return wellAgainMessage({ rows: named, total: total - (organizationIds.length - named.length), now });
  }
  return view({ rows, total: total - (organizationIds.length - rows.length), now });
}

/** Whether a person reads it instead of the space. */
export const ofSpace = (addressee: Addressee) => ({ insteadOfSpace: !('roomId' in addressee) });
