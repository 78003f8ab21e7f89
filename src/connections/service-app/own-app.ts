// Asks Webex for the tokens of an organization that has authorized our service app, with the grant of the app's owner.

import type { OwnServiceApp, WebexAccess } from '../../config.ts';
import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Organization } from '../../organizations/organization.store.ts';
import type { WebexClient } from '../../webex/client.ts';
import type { WebexRefused } from '../../webex/errors.ts';
import type { Grant } from '../../webex/grant.ts';
import { bringsTokens } from '../../webex/scopes.ts';
import { askServiceAppTokens, type NoTokens } from '../../webex/service-app.ts';
import type { LiveConnection } from '../connection.store.ts';
import { mayRead } from '../scopes.ts';
import { grantThatServes } from '../ways/held-grant.store.ts';
import { type GrantDeps, withGrant } from '../ways/with-grant.ts';
import { findAppOwner } from './owner.store.ts';

type OwnerDeps = GrantDeps & { db: Db };

export interface OwnAppDeps extends OwnerDeps {
  clock: Clock;
  webex: Pick<WebexAccess, 'serviceApp'>;
}

/** Webex with the grant of the app's owner; undefined where that grant is lost, or was never given. */
export async function asAppOwner({
  db,
  ...deps
}: OwnerDeps): Promise<{ webex: WebexClient; connection: LiveConnection } | undefined> {
  const owner = await findAppOwner(db);
  const connection = grantThatServes(owner?.connection);
  if (!owner || !connection) return undefined;
  const { organization } = owner;
  return { webex: withGrant(deps, { organization, source: connection }), connection };
}

/** The record that owns it; undefined where none does. */
export const ownerOfApp = async (db: Db): Promise<Organization | undefined> => (await findAppOwner(db))?.organization;

/** `no_app`: none is configured. `no_owner`: its owner's record is not connected, or its grant brings no tokens. */
export type WhyNoTokens = NoTokens | 'no_app' | 'no_owner';

/** @throws WebexUnavailable */
export async function askOwnTokens(
  deps: OwnAppDeps,
  { account_number: webexOrgId }: { account_number: string },
): Promise<{ grant: Grant } | { refused: WhyNoTokens; error?: WebexRefused }> {
  const app = deps.webex.serviceApp;
  if (!app) return { refused: 'no_app' };
  const owner = await asAppOwner(deps);
  // Webex would answer 403, as where the organization has not authorized the app.
  if (!owner || !mayRead(owner.connection.scopes, bringsTokens)) return { refused: 'no_owner' };
  const { clientId, clientSecret } = app;
  return askServiceAppTokens(
    { owner: owner.webex, clock: deps.clock },
    { app: { clientId, clientSecret }, webexOrgId },
  );
}

/** Its name in Control Hub. */
export const appName = ({ name }: OwnServiceApp, botName: string): string => name ?? botName;
