// What an edited record means for its connection.

import type { RecordHooks } from '../organizations/record-hooks.ts';
import { isInProgress } from '../transactions/transaction.store.ts';
import { connectAction } from './connect/connect-rules.ts';
import { findConnection } from './connection.store.ts';
import { type NotifyScopesDeps, notifyMissingScopes } from './notify-missing-scopes.ts';
import { probeAgain } from './probe/probe.store.ts';

/** A connection binds the record's number. An edited record is probed at once, and its space is notified of missing scopes. */
export const connectionRecordHooks: RecordHooks<NotifyScopesDeps> = {
  async bindsNumber(tx, organizationId) {
    if (await findConnection(tx, organizationId)) return 'connection';
    return (await isInProgress(tx, { organizationId, action: connectAction })) ? 'transaction' : undefined;
  },
  edited: probeAgain,
  featuresChanged: (deps, organizationId) => notifyMissingScopes(deps, { organizationId }),
};
