// Third step: the verified grant becomes the organization's connection, in place of any earlier one.

import { tokenPlace } from '../../../db/seal/sealed-places.ts';
import { lockOrganization, setHomeSpace } from '../../../organizations/organization.store.ts';
import { settingsOf } from '../../../settings/settings.store.ts';
import { savePending } from '../../../transactions/transaction.store.ts';
import type { StepResult } from '../../../transactions/workflow.ts';
import { saveConnection } from '../../connection.store.ts';
import { endOpenRefresh } from '../../refresh/refresh.store.ts';
import { refreshDueAt } from '../../refresh/refresh-rules.ts';
import { replacedWords } from '../../refresh/refresh-words.ts';
import { openPending } from './pending.ts';
import type { StepDeps, StepInput } from './step.ts';
import { grantLost } from './words.ts';

/** Stores the connection. From then on the space that asked for it, or the organization's group space, is notified of it. */
export async function storeTokens(deps: StepDeps, { transaction, organization }: StepInput): Promise<StepResult> {
  const grant = openPending(deps, transaction);
  if (grant?.kind !== 'grant' || grant.authorizedBy === undefined) return grantLost;
  const { authorizedBy } = grant;
  const seal = (column: 'access_token' | 'refresh_token', token: string) =>
    deps.sealer.seal(token, tokenPlace(column, organization.id));
  return {
    outcome: 'done',
    message: 'The tokens are stored, encrypted.',
    save: async (tx) => {
      const now = deps.clock.now();
      await lockOrganization(tx, organization.id);
      const homeRoomId = await setHomeSpace(tx, { organizationId: organization.id, roomId: transaction.roomId });
      // Of the space that is warned, which need not be the one that asked for the link.
      const rules = await settingsOf(tx, homeRoomId);
      const connection = {
        organizationId: organization.id,
        accessToken: seal('access_token', grant.accessToken),
        refreshToken: seal('refresh_token', grant.refreshToken),
        accessTokenExpiresAt: grant.accessTokenExpiresAt,
        refreshTokenExpiresAt: grant.refreshTokenExpiresAt,
        obtainedAt: grant.obtainedAt,
        scopes: grant.scopes,
        authorizedPersonId: authorizedBy.personId,
        authorizedEmail: authorizedBy.email,
        byPartner: authorizedBy.byPartner,
        connectedAt: now,
        refreshDueAt: refreshDueAt(grant, rules, Math.random()),
      };
      await saveConnection(tx, connection, rules);
      await endOpenRefresh(tx, { organizationId: organization.id, message: replacedWords, now });
      await savePending(tx, transaction.id, null);
    },
  };
}
