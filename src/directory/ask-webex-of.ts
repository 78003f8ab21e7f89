// Asks Webex about an organization with its grant, while somebody waits for the answer.

import { findConnection } from '../connections/connection.store.ts';
import { mayRead } from '../connections/scopes.ts';
import { findHeldGrant, heldGrantOf } from '../connections/ways/held-grant.store.ts';
import { type GrantDeps, withGrant } from '../connections/ways/with-grant.ts';
import type { Db } from '../db/database.ts';
import type { Organization } from '../organizations/organization.store.ts';
import type { WebexClient } from '../webex/client.ts';
import type { AnyKind } from './kind.ts';
import { readable, type Unreadable } from './sync/sync-rules.ts';

export interface AskDeps extends GrantDeps {
  db: Db;
}

/**
 * What Webex answered, or why it could not be asked: the grant must allow to read these kinds of data.
 * @throws WebexRefused, WebexUnavailable
 */
export async function askWebexOf<Result>(
  { db, ...deps }: AskDeps,
  {
    organization,
    kinds,
    ask,
  }: {
    organization: Organization;
    kinds: readonly AnyKind[];
    ask: (webex: WebexClient) => Promise<Result>;
  },
): Promise<{ answer: Result } | { why: Unreadable }> {
  const connection = await findConnection(db, organization.id);
  const held = connection && (await heldGrantOf(db, connection));
  const found = readable(held ? { ...held, way: held.connection.way } : connection, kinds, organization);
  if ('why' in found) return found;
  if (!held) return { why: 'not_connected' };
  return { answer: await ask(withGrant(deps, { organization, source: held.source })) };
}

/** The same of what is no kind of directory data: the grant must hold this scope. @throws WebexRefused, WebexUnavailable */
export async function askWithScope<Result>(
  { db, ...deps }: AskDeps,
  {
    organization,
    scope,
    ask,
  }: { organization: Organization; scope: string; ask: (webex: WebexClient) => Promise<Result> },
): Promise<{ answer: Result } | { why: 'not_connected' | 'lost' | 'not_granted' }> {
  const held = await findHeldGrant(db, organization.id);
  if (!held) return { why: 'not_connected' };
  if (held.state === 'lost') return { why: 'lost' };
  if (!mayRead(held.scopes, scope)) return { why: 'not_granted' };
  return { answer: await ask(withGrant(deps, { organization, source: held.source })) };
}
