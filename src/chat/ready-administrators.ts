// At each start: whoever is no administrator any more is forgotten, and whoever is new is looked up at Webex, before anybody can pose as one.

import type { Db } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import type { InFlight } from '../lib/in-flight.ts';
import type { Log } from '../log.ts';
import type { WebexClient } from '../webex/client.ts';
import { findAdministrator, forgetAdministratorsBut, pinAdministrator } from './administrator.store.ts';
import { personBehind } from './person-behind.ts';

interface Deps {
  db: Db;
  bot: WebexClient;
  clock: Clock;
  log: Log;
  /** E-mails of the provider's administrators. */
  admins: readonly string[];
  botOrgId: () => string;
  inFlight: InFlight;
  shutdownSignal: AbortSignal;
}

/** Does not wait for Webex: whoever cannot be looked up now is pinned at first sight. */
export async function readyAdministrators(deps: Deps): Promise<void> {
  await forgetAdministratorsBut(deps.db, { emails: deps.admins, now: deps.clock.now() });
  const pinning = deps.inFlight.follow(pinAll(deps));
  pinning.catch((error: unknown) => {
    if (!deps.shutdownSignal.aborted) deps.log.warn({ err: error }, 'the administrators could not be looked up');
  });
}

async function pinAll({ db, bot, clock, admins, botOrgId, shutdownSignal }: Deps): Promise<void> {
  for (const email of admins) {
    if (await findAdministrator(db, email)) continue;
    const person = await personBehind(bot.until(shutdownSignal), { email, botOrgId: botOrgId() });
    if (typeof person === 'string') continue;
    await pinAdministrator(db, { email, personId: person.id, webexOrgId: person.orgId, firstSeenAt: clock.now() });
  }
}
