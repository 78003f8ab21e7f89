// Asks Webex about an organization with its grant, while somebody waits for the answer.

import type { ConnectAs } from '../connections/connect/steps/step.ts';
import { findConnection, hasTokens } from '../connections/connection.store.ts';
import type { Db } from '../db/database.ts';
import type { Sealer } from '../db/seal/seal.ts';
import { tokenPlace } from '../db/seal/sealed-places.ts';
import type { Organization } from '../organizations/organization.store.ts';
import { organizationProxy } from '../organizations/organization-proxy.ts';
import type { WebexClient } from '../webex/client.ts';
import type { AnyKind } from './kind.ts';
import { readable, type Unreadable } from './sync/sync-rules.ts';

export interface AskDeps {
  db: Db;
  sealer: Sealer;
  connectAs: ConnectAs;
}

/**
 * What Webex answered, or why it could not be asked: the grant must allow to read these kinds of data.
 * @throws WebexRefused, WebexUnavailable
 */
export async function askWebexOf<Result>(
  { db, sealer, connectAs }: AskDeps,
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
  const found = readable(connection, kinds, organization);
  if ('why' in found) return found;
  if (!connection || !hasTokens(connection)) return { why: 'not_connected' };
  return { answer: await ask(withGrant({ sealer, connectAs }, { organization, accessToken: connection.accessToken })) };
}

/** Webex with the grant of an organization, through its proxy. `accessToken`: as it is sealed. `baseUrl`: that of the REST API by default. */
export const withGrant = (
  { sealer, connectAs }: Omit<AskDeps, 'db'>,
  { organization, accessToken, baseUrl }: { organization: Organization; accessToken: string; baseUrl?: string },
): WebexClient =>
  connectAs(
    sealer.open(accessToken, tokenPlace('access_token', organization.id)),
    organizationProxy(sealer, organization),
    baseUrl,
  );
