// Whether the service app is offered for an organization, beside a connect link.

import type { Db } from '../../db/database.ts';
import { holdsOthers } from '../../organizations/holds-others.ts';
import type { Organization } from '../../organizations/organization.store.ts';
import { grantThatServes } from '../ways/held-grant.store.ts';
import { whyWayCannot } from '../ways/ways.ts';
import { appName, type OwnAppDeps } from './own-app.ts';
import { findAppOwner } from './owner.store.ts';

/**
 * The app's name; null where none is configured, its owner is not connected, or the record needs what no service app can read. The grant of a record
 * that holds others is a person's.
 */
export async function offeredApp(
  { db, webex, botName }: Pick<OwnAppDeps, 'webex'> & { db: Db; botName: () => string },
  organization: Parameters<typeof holdsOthers>[0] & Pick<Organization, 'wholesale_status'>,
): Promise<string | null> {
  const app = webex.serviceApp;
  if (!app || holdsOthers(organization)) return null;
  if (organization.wholesale_status && whyWayCannot('service_app', 'wholesale') !== undefined) return null;
  const owner = await findAppOwner(db);
  return grantThatServes(owner?.connection) ? appName(app, botName()) : null;
}
