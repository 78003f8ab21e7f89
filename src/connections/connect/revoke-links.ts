// Ends an organization's connect links by hand. Its connection stays as it is.

import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import { endConnectLinks } from './link.store.ts';

/** Returns how many links could have been used. A consent that is under way goes on, but its link is not given back. */
export function revokeLinks(
  { db, clock }: { db: Db; clock: Clock },
  { organizationId }: { organizationId: string },
): Promise<number> {
  return db.transaction((tx) => endConnectLinks(tx, { organizationId, now: clock.now() }));
}
