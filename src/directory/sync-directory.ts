// Fourth and fifth step: reads the organization's roles and licenses and keeps what Webex says now.

import type { StepDeps, StepInput, StepResult } from '../connections/connect/steps/step.ts';
import { inShort, newLinkHint } from '../connections/connect/steps/words.ts';
import { findConnection } from '../connections/connection.store.ts';
import { tokenPlace } from '../db/seal/sealed-places.ts';
import { counted } from '../lib/text.ts';
import { organizationProxy } from '../organizations/organization-proxy.ts';
import type { WebexClient } from '../webex/client.ts';
import { listLicenses, listRoles } from '../webex/directory.ts';
import { WebexRefused } from '../webex/errors.ts';
import { replaceLicenses, replaceRoles } from './directory.store.ts';

export const syncRoles = (deps: StepDeps, input: StepInput): Promise<StepResult> =>
  sync(deps, input, 'roles', async (webex) => {
    const roles = await listRoles(webex);
    return {
      outcome: 'done',
      message: counted(roles.length, 'role'),
      save: async (tx) => {
        await replaceRoles(tx, {
          organizationId: input.organization.id,
          roles: roles.map((role) => ({ webexId: role.id, name: role.name })),
          now: deps.clock.now(),
        });
      },
    };
  });

export const syncLicenses = (deps: StepDeps, input: StepInput): Promise<StepResult> =>
  sync(deps, input, 'licenses', async (webex) => {
    const licenses = await listLicenses(webex, input.organization.account_number);
    return {
      outcome: 'done',
      message: counted(licenses.length, 'license'),
      save: async (tx) => {
        await replaceLicenses(tx, {
          organizationId: input.organization.id,
          licenses: licenses.map(({ id, ...license }) => ({
            webexId: id,
            name: license.name,
            totalUnits: license.totalUnits,
            consumedUnits: license.consumedUnits,
            consumedByUsers: license.consumedByUsers ?? null,
            consumedByWorkspaces: license.consumedByWorkspaces ?? null,
            subscriptionId: license.subscriptionId ?? null,
            siteUrl: license.siteUrl ?? null,
            siteType: license.siteType ?? null,
          })),
          now: deps.clock.now(),
        });
      },
    };
  });

/** A refusal fails the step and not the connection, which stands already: the other sync still runs. */
async function sync(
  deps: StepDeps,
  { organization }: StepInput,
  what: 'roles' | 'licenses',
  read: (webex: WebexClient) => Promise<StepResult>,
): Promise<StepResult> {
  if (!organization.sync) return { outcome: 'skipped', message: 'The record says not to sync.' };
  const connection = await findConnection(deps.db, organization.id);
  if (!connection) {
    return {
      outcome: 'failed',
      fatal: true,
      reason: 'not_connected',
      message: `${organization.name} is not connected any more.`,
      hint: newLinkHint,
    };
  }
  const accessToken = deps.sealer.open(connection.accessToken, tokenPlace('access_token', organization.id));
  try {
    return await read(deps.connectAs(accessToken, organizationProxy(deps.sealer, organization)));
  } catch (error) {
    if (!(error instanceof WebexRefused)) throw error;
    return {
      outcome: 'failed',
      fatal: false,
      reason: error.code,
      message: `${organization.name} is connected, but Webex refused to list its ${what} (${inShort(error)}).`,
      hint: `${connection.authorizedEmail} may lack the rights: ask a full administrator of ${organization.name} to connect again.`,
    };
  }
}
