// How many access tokens of an account live at a time: the oldest one dies with the next.

import type { Authorization, World } from '../world.ts';

/** Of one person and one integration. */
export const mostAccessTokens = 750;

/** The tokens of each account, the oldest first: a world may hold those of thousands, and is not searched for each. */
const known = new WeakMap<World, Map<string, string[]>>();

/** Ends the oldest access tokens of an account that has just got one more. */
export function endOldest(world: World, issued: Authorization): void {
  const accounts = known.get(world) ?? accountsOf(world, issued);
  known.set(world, accounts);
  const key = accountOf(issued);
  const tokens = accounts.get(key) ?? [];
  accounts.set(key, tokens);
  tokens.push(issued.token);
  if (tokens.length <= mostAccessTokens) return;
  // Some may be dead already.
  const living = tokens.filter((token) => world.authorizations.has(token));
  for (const token of living.slice(0, -mostAccessTokens)) world.authorizations.delete(token);
  accounts.set(key, living.slice(-mostAccessTokens));
}

const accountOf = ({ personId, clientId }: Authorization): string => `${personId} ${clientId}`;

/** All but the one that was just issued. */
function accountsOf({ authorizations }: World, issued: Authorization): Map<string, string[]> {
  const accounts = new Map<string, string[]>();
  for (const row of authorizations.values()) {
    if (row.type !== 'access' || row.clientId === undefined || row.token === issued.token) continue;
    const tokens = accounts.get(accountOf(row));
    if (tokens) tokens.push(row.token);
    else accounts.set(accountOf(row), [row.token]);
  }
  return accounts;
}
