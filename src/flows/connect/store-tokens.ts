// Third step: the verified grant becomes the organization's connection, in place of any earlier one.

import { saveConnection } from '../../db/connections.ts';
import { setHomeSpace } from '../../db/organizations.ts';
import { endOpenRefresh } from '../../db/refreshes.ts';
import { tokenPlace } from '../../db/sealed-places.ts';
import { settingsOf } from '../../db/settings.ts';
import { savePending } from '../../db/transactions.ts';
import { replacedWords } from '../../domain/refresh-words.ts';
import { refreshDueAt } from '../../domain/tokens.ts';
import { openPending } from './pending.ts';
import type { StepDeps, StepInput, StepResult } from './step.ts';
import { grantLost } from './words.ts';

/** Stores the grant, and from then on tells the space that asked for it what happens to the organization. */
export async function storeTokens(deps: StepDeps, { transaction, organization }: StepInput): Promise<StepResult> {
  const grant = openPending(deps, transaction);
  if (grant?.kind !== 'grant' || grant.authorizedBy === undefined) return grantLost;
  const { authorizedBy } = grant;
  const rules = await settingsOf(deps.db, transaction.roomId);
  const seal = (column: 'access_token' | 'refresh_token', token: string) =>
    deps.sealer.seal(token, tokenPlace(column, organization.id));
  return {
    outcome: 'done',
    message: 'The tokens are stored, encrypted.',
    save: async (tx) => {
      const now = deps.clock.now();
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
      await setHomeSpace(tx, { organizationId: organization.id, roomId: transaction.roomId });
      await savePending(tx, transaction.id, null);
    },
  };
}
