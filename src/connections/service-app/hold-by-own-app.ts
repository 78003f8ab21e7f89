// Stores that our own service app holds an organization: with tokens that were proven by a read of it.

import type { Db } from '../../db/database.ts';
import type { Sealer } from '../../db/seal/seal.ts';
import { tokenPlace } from '../../db/seal/sealed-places.ts';
import { minuteMs } from '../../lib/durations.ts';
import type { Grant } from '../../webex/grant.ts';
import { refreshDueAt } from '../refresh/refresh-rules.ts';
import { type Held, type HoldDeps, storeHeld } from '../ways/store-held.ts';
import { neverEndsAt } from '../ways/ways.ts';

/** Where Webex does not say how long an access token lives, the shortest that it is known to give. */
const shortestMs = 60 * minuteMs;

/** The record is locked. */
export function holdByOwnApp(
  tx: Db,
  { sealer, ...deps }: HoldDeps & { sealer: Sealer },
  { grant, ...held }: Held & { grant: Grant & { refreshToken: string } },
): Promise<void> {
  const { obtainedAt, scopes = [] } = grant;
  const seal = (column: 'access_token' | 'refresh_token', token: string) =>
    sealer.seal(token, tokenPlace(column, held.organization.id));
  return storeHeld(tx, deps, {
    ...held,
    connectionOf: (_now, rules) => ({
      accessToken: seal('access_token', grant.accessToken),
      refreshToken: seal('refresh_token', grant.refreshToken),
      accessTokenExpiresAt: grant.accessTokenExpiresAt ?? new Date(obtainedAt.getTime() + shortestMs),
      refreshTokenExpiresAt: neverEndsAt,
      obtainedAt,
      scopes: [...scopes],
      way: 'service_app',
      byPartner: false,
      refreshDueAt: refreshDueAt(grant, rules, Math.random()),
    }),
    after: { way: 'service_app', scopes },
  });
}
