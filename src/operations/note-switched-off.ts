// Notifies the administrators that Cisco has switched an API off: once for each API, however many organizations meet it.

import { clearFlag, setFlagOnce } from '../db/flags.ts';
import type { InFlight } from '../lib/in-flight.ts';
import { administratorsOf, claimAndEnqueue, type NotifyDeps } from '../notices/claim-and-enqueue.ts';
import type { WebexCall } from '../webex/call.ts';
import { switchedOffNotice } from './switched-off.notice.ts';

export interface SwitchedOffDeps extends NotifyDeps {
  /** E-mails of those who are notified. */
  admins: readonly string[];
  inFlight: InFlight;
}

/** Watches the calls of one process. An API that answers again may be switched off anew, and is told again. */
export function createSwitchedOffWatch(deps: SwitchedOffDeps): (call: WebexCall) => void {
  /** The APIs that this process has seen switched off: there are as many as routes. */
  const seen = new Set<string>();

  async function notify(api: string): Promise<void> {
    const { clock, log } = deps;
    await claimAndEnqueue(deps, administratorsOf(deps), async (tx) => {
      if (!(await setFlagOnce(tx, { name: flagOf(api), value: api, now: clock.now() }))) return undefined;
      log.error({ route: api, status: 410 }, 'Cisco has switched this API off: update Hubkeeper');
      return switchedOffNotice.of({ api });
    });
  }

  return ({ method, route, outcome, switchedOff = false }) => {
    const api = `${method} ${route}`;
    const isBack = outcome === 'ok' && seen.delete(api);
    const isNew = switchedOff && !seen.has(api);
    if (!isBack && !isNew) return;
    if (isNew) seen.add(api);
    const noted = deps.inFlight.follow(isNew ? notify(api) : clearFlag(deps.db, flagOf(api)));
    noted.catch((error: unknown) => {
      // The next call of it tries again.
      if (isNew) seen.delete(api);
      deps.log.error({ err: error, route: api }, 'an API that was switched off could not be noted');
    });
  };
}

const flagOf = (api: string): string => `switched_off ${api}`;
